import { useEffect, useRef, useState } from 'preact/hooks';
import { FeedClient, type FeedMessage, type FeedState } from './feed-client.js';

export interface Connection {
  readonly state: FeedState;
  /** When the service was last heard, Unix milliseconds; what is shown is right as of then. */
  readonly contactAt: number;
}

export interface FeedUse {
  /** `null` while there is nothing to follow yet. */
  readonly path: string | null;
  readonly key: string | null;
  /** `<epoch>:<position>` of what is shown when the feed starts. Later changes of it do not reconnect. */
  readonly lastEventId: string | null;
  readonly onMessage: (message: FeedMessage) => void;
}

/** Follows a feed for as long as the component is there. */
export function useFeed({ path, key, lastEventId, onMessage }: FeedUse): Connection {
  const [state, setState] = useState<FeedState>({ phase: 'connecting' });
  const [contactAt, setContactAt] = useState(Date.now);
  const take = useRef(onMessage);
  take.current = onMessage;

  useEffect(() => {
    if (path === null) return undefined;
    const client = new FeedClient({
      path,
      key,
      lastEventId,
      onMessage: (message) => {
        take.current(message);
      },
      onState: setState,
      onContact: setContactAt,
    });
    client.start();
    const retry = (): void => {
      if (document.visibilityState === 'visible') client.retryNow();
    };
    const cut = (): void => {
      client.cut();
    };
    globalThis.addEventListener('online', retry);
    globalThis.addEventListener('offline', cut);
    document.addEventListener('visibilitychange', retry);
    return () => {
      globalThis.removeEventListener('online', retry);
      globalThis.removeEventListener('offline', cut);
      document.removeEventListener('visibilitychange', retry);
      client.stop();
    };
  }, [path, key]);

  return { state, contactAt };
}
