import { createHash } from 'node:crypto';
import type { NewLogEvent } from '../../src/log/event-log.js';

/** What the processes that are to die report, one JSON text a line. */
export type Report =
  | { readonly kind: 'open'; readonly head: string }
  | {
      readonly kind: 'stored';
      readonly stream: string;
      readonly run: number;
      readonly expected: number;
      readonly positions: readonly number[];
    }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly outcomeUnknown?: boolean }
  | { readonly kind: 'done' };

/** What each event says of its append, so that half an append is seen. */
export interface LoadData {
  readonly run: number;
  readonly expected: number;
  readonly index: number;
  readonly of: number;
}

/** The append of a run to a stream at a revision: 1 to 12 events, now and then large ones, always the same. */
export function loadEvents(run: number, stream: string, expected: number): readonly NewLogEvent[] {
  const seed = digest(`${run} ${stream} ${expected}`);
  const of = 1 + (seed[0]! % 12);
  const padding = 'x'.repeat(seed[1]! < 16 ? 20_000 : seed[1]! * 4);
  return Array.from({ length: of }, (_, index) => {
    const data: LoadData = { run, expected, index, of };
    return { id: uuid(`${run} ${stream} ${expected} ${index}`), type: 'CrashTried.v1', data, meta: { padding } };
  });
}

function uuid(key: string): string {
  return digest(key)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
