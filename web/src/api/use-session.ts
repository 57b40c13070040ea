import { useEffect, useState } from 'preact/hooks';
import { sessionPath } from './paths.js';
import { getJson } from './request.js';
import type { Session } from './shapes.js';

/** As whom this browser is known to the service; `null` while it has not said so. */
export function useSession(key: string | null): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    const ask = (): void => {
      getJson<Session>(sessionPath, { key, signal: asking.signal }).then(setSession, () => {
        // Asked again once the network is back.
      });
    };
    ask();
    globalThis.addEventListener('online', ask);
    return () => {
      globalThis.removeEventListener('online', ask);
      asking.abort();
    };
  }, [key]);
  return session;
}
