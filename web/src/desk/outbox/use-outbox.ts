import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Filed, Problem } from '../../api/shapes.js';
import { browserFilings, memoryFilings, type FilingStore } from './filing-store.js';
import { Outbox } from './outbox.js';
import type { WaitingFiling } from './waiting-filing.js';

const lockName = 'tollbook.outbox';

/** Locks are missing on pages that came without TLS; the filings' keys alone then see to it that each is filed once. */
const oneTabAtATime = async (work: () => Promise<void>): Promise<void> => {
  if ('locks' in navigator) await navigator.locks.request(lockName, work);
  else await work();
};

/** A browser that forbids storage throws already when it is named. */
function storeOfBrowser(): FilingStore {
  try {
    return browserFilings(globalThis.localStorage);
  } catch {
    return memoryFilings();
  }
}

export interface OutboxUse {
  readonly filings: readonly WaitingFiling[];
  /** @returns false where the browser can keep nothing: then it was not filed */
  readonly add: (filing: WaitingFiling) => boolean;
  readonly drop: (id: string) => void;
  readonly flush: () => void;
}

interface OutboxCalls {
  readonly key: string | null;
  readonly desk: string | null;
  /** Whether the service was heard just now: then it is worth trying. */
  readonly live: boolean;
  readonly onFiled: (filing: WaitingFiling, answer: Filed) => void;
  readonly onRefused: (filing: WaitingFiling, problem: Problem) => void;
}

/** The filings of this browser that wait to be sent, those of other incidents among them. */
export function useOutbox(calls: OutboxCalls): OutboxUse {
  const [filings, setFilings] = useState<readonly WaitingFiling[]>([]);
  const latest = useRef(calls);
  latest.current = calls;
  const outbox = useMemo(
    () =>
      new Outbox(
        {
          store: storeOfBrowser(),
          key: () => latest.current.key,
          desk: () => latest.current.desk,
          exclusively: oneTabAtATime,
        },
        {
          onChange: setFilings,
          onFiled: (filing, answer) => {
            latest.current.onFiled(filing, answer);
          },
          onRefused: (filing, problem) => {
            latest.current.onRefused(filing, problem);
          },
        },
      ),
    [],
  );
  const flush = useCallback(() => void outbox.flush(), [outbox]);

  useEffect(() => {
    outbox.start();
    const show = (): void => {
      setFilings(outbox.filings);
    };
    globalThis.addEventListener('online', flush);
    globalThis.addEventListener('storage', show);
    return () => {
      globalThis.removeEventListener('online', flush);
      globalThis.removeEventListener('storage', show);
      outbox.stop();
    };
  }, [outbox, flush]);

  const { key, desk, live } = calls;
  useEffect(() => {
    if (live) flush();
  }, [key, desk, live, flush]);

  const add = useCallback(
    (filing: WaitingFiling): boolean => {
      try {
        outbox.add(filing);
        return true;
      } catch {
        return false;
      }
    },
    [outbox],
  );
  const drop = useCallback(
    (id: string) => {
      outbox.drop(id);
    },
    [outbox],
  );
  return { filings, add, drop, flush };
}
