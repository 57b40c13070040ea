import type { EventMeta } from './events.js';

/**
 * What is kept of a filing: one record for all its events. Every filing of an incident in memory has one, so it holds
 * what is asked for later and nothing else that its events carry.
 */
export interface FilingRecord {
  readonly filing: string;
  readonly recordedAt: string;
  readonly desk: string;
  readonly person: string | null;
  /** Of the request, where it came with an idempotency key; else `''`. */
  readonly bodyHash: string;
  /** `seq` of its last event so far. */
  lastSeq: number;
}

/** What was filed under an idempotency key: by desk, by key. Two levels, so that no text is put together to look. */
export type FilingsByKey = Map<string, Map<string, FilingRecord>>;

/** The filing of an event: that of the event before, or a new one. */
export const filingOfEvent = (lastFiling: FilingRecord | null, meta: EventMeta, seq: number): FilingRecord => {
  if (lastFiling !== null && lastFiling.filing === meta.filing) {
    lastFiling.lastSeq = seq;
    return lastFiling;
  }
  const { filing, recordedAt, desk, person } = meta;
  return { filing, recordedAt, desk, person, bodyHash: meta.bodyHash ?? '', lastSeq: seq };
};

/** What a desk filed under an idempotency key. */
export const filedUnder = (keys: FilingsByKey, desk: string, key: string): FilingRecord | undefined =>
  keys.get(desk)?.get(key);

export const noteKey = (keys: FilingsByKey, key: string, record: FilingRecord): void => {
  const known = keys.get(record.desk);
  if (known === undefined) keys.set(record.desk, new Map([[key, record]]));
  else known.set(key, record);
};
