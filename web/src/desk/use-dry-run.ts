import { useEffect, useRef, useState } from 'preact/hooks';
import { RequestError, sendJson, unreachable, type Sending } from '../api/request.js';
import type { Filed, Problem } from '../api/shapes.js';

/** Typing settles before the service is asked, in ms. */
const settleMs = 300;

/** What the service says that a filing would change. */
export type DryRun =
  | { readonly phase: 'none' }
  /** `last` is what it said of an earlier state, no longer right for certain. */
  | { readonly phase: 'asking'; readonly last: Filed | null }
  | { readonly phase: 'answered'; readonly of: string; readonly answer: Filed }
  | { readonly phase: 'refused'; readonly of: string; readonly problem: Problem };

interface DryRunAsked {
  /** `null` while there is nothing to ask. */
  readonly sending: Sending | null;
  readonly key: string | null;
  /** Changes with the tally: what was said of an earlier one counts no more. */
  readonly version: string;
}

const signatureOf = (sending: Sending): string => JSON.stringify(sending);

export const dryRunOf = (sending: Sending): Sending => {
  const { idempotencyKey: _, ...rest } = sending;
  return { ...rest, path: `${sending.path}${sending.path.includes('?') ? '&' : '?'}dryRun=true` };
};

export interface DryRunUse {
  /** Never of another filing or tally than the present one, but for `last`. */
  readonly run: DryRun;
  /** Asks at once. Rejects where the service refuses or is away. */
  readonly now: (sending: Sending) => Promise<Filed>;
}

/** Asks the service what a filing would change, once typing settles; a question that is out of date is taken back. */
export function useDryRun({ sending, key, version }: DryRunAsked): DryRunUse {
  const [run, setRun] = useState<DryRun>({ phase: 'none' });
  const last = useRef<Filed | null>(null);
  const of = sending === null ? null : `${version} ${signatureOf(sending)}`;

  useEffect(() => {
    if (sending === null || of === null) {
      last.current = null;
      setRun({ phase: 'none' });
      return undefined;
    }
    const asking = new AbortController();
    setRun({ phase: 'asking', last: last.current });
    const ask = async (): Promise<void> => {
      try {
        const answer = await sendJson<Filed>(dryRunOf(sending), { key, signal: asking.signal });
        last.current = answer;
        setRun({ phase: 'answered', of, answer });
      } catch (error) {
        if (asking.signal.aborted) return;
        setRun({ phase: 'refused', of, problem: error instanceof RequestError ? error.problem : unreachable });
      }
    };
    const timer = setTimeout(() => void ask(), settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [of, key]);

  const current: DryRun =
    of === null
      ? { phase: 'none' }
      : run.phase === 'asking' || ('of' in run && run.of === of)
        ? run
        : // The draft is newer than what is known of it, for the blink before the effect above runs.
          { phase: 'asking', last: last.current };
  const now = (asked: Sending): Promise<Filed> => sendJson<Filed>(dryRunOf(asked), { key });
  return { run: current, now };
}
