/**
 * What a KurrentDB holds and how it decides appends, without a network: the rules of EventStoreDB 24.6's index writer,
 * as far as appends with and without expectations, deletion and tombstones go.
 */

/** A record with an event in it. `position` is both halves: the server writes no two-step transactions any more. */
export interface StoredRecord {
  readonly position: bigint;
  /** Where the record after it can begin. */
  readonly end: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly createdMs: number;
}

export type ProposedEvent = Pick<StoredRecord, 'id' | 'type' | 'isJson' | 'data' | 'metadata'>;

export type Expectation = bigint | 'any' | 'noStream' | 'streamExists';

/** An append that has arrived whole. */
export interface Append {
  readonly stream: string;
  readonly expectation: Expectation;
  readonly events: readonly ProposedEvent[];
}

export type AppendOutcome =
  /** `revision` -1: stored where there is no stream, by an append of nothing. */
  | { readonly kind: 'stored'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'conflict'; readonly actual: bigint }
  | { readonly kind: 'tombstoned' };

interface Stream {
  readonly records: StoredRecord[];
  /** Earlier events are gone: the stream was deleted, perhaps written again since. */
  firstKept: bigint;
  tombstoned: boolean;
}

/** Bytes that a record takes besides its stream's name, type, data and metadata. */
const recordOverheadBytes = 94n;

export class FakeStore {
  readonly records: StoredRecord[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #waiting = new Set<() => void>();
  /** Where the next record begins. */
  #end = 0n;

  /** A new store is not empty: the server writes of itself first. */
  constructor() {
    for (const stream of ['$$$stats-fake', '$settings', '$users'])
      this.append(stream, 'any', [systemEvent('$ServerWrote')]);
  }

  /** Position of the last event. */
  get lastPosition(): bigint {
    return this.records.at(-1)?.position ?? -1n;
  }

  append(stream: string, expectation: Expectation, events: readonly ProposedEvent[]): AppendOutcome {
    const held = this.#streams.get(stream);
    if (held?.tombstoned === true) return { kind: 'tombstoned' };
    const last = BigInt(held?.records.length ?? 0) - 1n;
    const conflict: AppendOutcome = { kind: 'conflict', actual: last };
    if (expectation === 'streamExists' && isDeleted(held)) return { kind: 'tombstoned' };
    if (expectation === 'streamExists' && last < 0n) return conflict;
    if (expectation === 'any' || expectation === 'streamExists') {
      const known = repeatOfAny(held, events);
      if (known === 'partly') return conflict;
      return known ?? this.#store(stream, last, events);
    }
    const expected = expectation === 'noStream' ? -1n : expectation;
    if (expected > last) return conflict;
    if (expected === last) return this.#store(stream, last, events);
    const repeated = repeatOfExact(held, expected, events);
    if (repeated !== null) return repeated;
    const isNew = events.length > 0 && held?.records[Number(expected + 1n)]?.id !== events[0]?.id;
    return expectation === 'noStream' && isDeleted(held) && isNew ? this.#store(stream, last, events) : conflict;
  }

  /** Its events are not read any more, its numbers are not given again. */
  delete(stream: string, expectation: Expectation): AppendOutcome {
    return this.#endStream(stream, expectation, (held) => {
      held.firstKept = BigInt(held.records.length);
      this.append(`$$${stream}`, 'any', [systemEvent('$metadata')]);
    });
  }

  /** For ever. */
  tombstone(stream: string, expectation: Expectation): AppendOutcome {
    return this.#endStream(stream, expectation, (held) => {
      held.tombstoned = true;
      this.#end += recordOverheadBytes;
    });
  }

  /** `null`: no such stream, or a deleted one. */
  stream(name: string): { readonly records: readonly StoredRecord[]; readonly tombstoned: boolean } | null {
    const held = this.#streams.get(name);
    if (held === undefined) return null;
    if (held.tombstoned) return { records: [], tombstoned: true };
    if (isDeleted(held)) return null;
    return { records: held.records.slice(Number(held.firstKept)), tombstoned: false };
  }

  /** Index in `records` of the first record at or after a position. */
  indexFrom(position: bigint): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.records[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a record, also the one to come, begins there. */
  isStartOfRecord(position: bigint): boolean {
    return position >= this.#end || this.records[this.indexFrom(position)]?.position === position || position === 0n;
  }

  /** Calls back once, at the next append. Returns how to stop waiting. */
  onceAppended(listener: () => void): () => void {
    this.#waiting.add(listener);
    return () => this.#waiting.delete(listener);
  }

  #store(stream: string, last: bigint, events: readonly ProposedEvent[]): AppendOutcome {
    const position = this.#end;
    if (events.length === 0) {
      // Nothing is stored, and yet the log moves on.
      this.#end += recordOverheadBytes + bytesOf(stream);
      return { kind: 'stored', revision: last, position };
    }
    let held = this.#streams.get(stream);
    if (held === undefined) this.#streams.set(stream, (held = { records: [], firstKept: 0n, tombstoned: false }));
    const createdMs = Date.now();
    for (const event of events) {
      const size = bytesOf(stream) + bytesOf(event.type) + BigInt(event.data.length + event.metadata.length);
      const begin = this.#end;
      this.#end = begin + recordOverheadBytes + size;
      const revision = BigInt(held.records.length);
      const record = { ...event, position: begin, end: this.#end, stream, revision, createdMs };
      held.records.push(record);
      this.records.push(record);
    }
    for (const listener of this.#waiting) {
      this.#waiting.delete(listener);
      listener();
    }
    return { kind: 'stored', revision: last + BigInt(events.length), position: this.lastPosition };
  }

  #endStream(stream: string, expectation: Expectation, end: (held: Stream) => void): AppendOutcome {
    const held = this.#streams.get(stream);
    if (held?.tombstoned === true) return { kind: 'tombstoned' };
    const last = BigInt(held?.records.length ?? 0) - 1n;
    const expected = expectation === 'noStream' ? -1n : expectation;
    if (typeof expected === 'bigint' ? expected !== last : expected === 'streamExists' && last < 0n)
      return { kind: 'conflict', actual: last };
    const ended = held ?? { records: [], firstKept: 0n, tombstoned: false };
    this.#streams.set(stream, ended);
    end(ended);
    return { kind: 'stored', revision: last, position: this.lastPosition };
  }
}

const isDeleted = (held: Stream | undefined): boolean =>
  held !== undefined && held.records.length > 0 && held.firstKept === BigInt(held.records.length);

/** The same ids at the same revision are a repeat; what is in the events is not looked at. */
const repeatOfExact = (
  held: Stream | undefined,
  expected: bigint,
  events: readonly ProposedEvent[],
): AppendOutcome | null => {
  if (events.length === 0) return null;
  const first = Number(expected + 1n);
  const there = held?.records.slice(first, first + events.length) ?? [];
  const last = there.at(-1);
  if (last === undefined || there.length < events.length || there.some(({ id }, index) => id !== events[index]?.id))
    return null;
  return { kind: 'stored', revision: last.revision, position: last.position };
};

/** Without an exact revision the server goes by the ids it remembers (here: all; there: as many as 8 MiB hold). */
const repeatOfAny = (held: Stream | undefined, events: readonly ProposedEvent[]): AppendOutcome | 'partly' | null => {
  const found = events.map(({ id }) => held?.records.findLast((record) => record.id === id));
  if (found[0] === undefined) return null;
  const last = found.at(-1);
  if (last === undefined || found.includes(undefined)) return 'partly';
  return { kind: 'stored', revision: last.revision, position: last.position };
};

const systemEvent = (type: string): ProposedEvent => ({
  id: crypto.randomUUID(),
  type,
  isJson: true,
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});

const bytesOf = (text: string): bigint => BigInt(Buffer.byteLength(text));
