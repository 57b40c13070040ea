import type { Estimate } from '../../src/domain/tally/shapes.js';
import { rulesVersion } from '../../src/domain/vocabulary.js';
import type { FeedReader } from '../../src/projections/feed-session.js';
import type { FrameOnWire, TallyOnWire } from '../../src/projections/wire.js';

export interface FeedEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: unknown;
}

/** A connection that keeps what it is sent; `stalled` ones take bytes and send nothing on. */
export class FakeReader implements FeedReader {
  readonly chunks: Buffer[] = [];
  closed = false;
  stalled = false;
  #unsent = 0;
  #drained: (() => void)[] = [];

  constructor(private readonly onBytes: (bytes: Buffer) => void = () => undefined) {}

  write(bytes: Buffer): boolean {
    if (this.closed) return false;
    this.chunks.push(bytes);
    if (this.stalled) this.#unsent += bytes.length;
    else this.onBytes(bytes);
    return !this.stalled;
  }

  unsentBytes(): number {
    return this.#unsent;
  }

  drained(): Promise<void> {
    if (this.#unsent === 0 || this.closed) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** All that was taken is sent. */
  flow(): void {
    this.stalled = false;
    this.#unsent = 0;
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  close(): void {
    this.closed = true;
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  get events(): FeedEvent[] {
    return parseEvents(this.text);
  }
}

export const parseEvents = (text: string): FeedEvent[] =>
  text
    .split('\n\n')
    .filter((block) => /^data: /mu.test(block))
    .map((block) => {
      const member = (name: string): string | null =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trimStart() ?? null;
      return { event: member('event') ?? 'message', id: member('id'), data: JSON.parse(member('data') ?? 'null') };
    });

/**
 * What a dashboard does with a feed, and nothing more: takes snapshots, puts frames on them, and remembers the last id.
 * Says so where a frame comes twice, or without a snapshot under it.
 */
export class FeedClient {
  readonly tallies = new Map<string, TallyOnWire>();
  readonly complaints: string[] = [];
  readonly resets: string[] = [];
  lastEventId: string | null = null;
  snapshots = 0;
  frames = 0;

  constructor(private readonly epoch: string) {}

  take({ event, id, data }: FeedEvent): void {
    if (event === 'snapshot') {
      const tally = data as TallyOnWire;
      this.snapshots += 1;
      this.tallies.set(tally.incident, tally);
    } else if (event === 'reset') {
      this.resets.push((data as { reason: string }).reason);
      this.tallies.clear();
    } else if (event === 'revision') this.#frame(data as FrameOnWire);
    else this.complaints.push(`event ${event}: ${JSON.stringify(data)}`);
    if (id !== null) this.lastEventId = id;
  }

  tallyJson(slug: string): string {
    return JSON.stringify(this.tallies.get(slug) ?? null);
  }

  #frame(frame: FrameOnWire): void {
    this.frames += 1;
    const known = this.tallies.get(frame.incident);
    if (known !== undefined && BigInt(frame.position) <= BigInt(known.position))
      this.complaints.push(`${frame.incident} ${frame.position} came at ${known.position}`);
    if (known === undefined && frame.method === undefined)
      this.complaints.push(`${frame.incident} ${frame.position} came without a snapshot`);
    const cells = new Map<string, Estimate>((known?.cells ?? []).map((each) => [each.cell, each]));
    for (const cell of frame.removed ?? []) cells.delete(cell);
    for (const each of frame.cells) cells.set(each.cell, each);
    this.tallies.set(frame.incident, {
      incident: frame.incident,
      epoch: this.epoch,
      position: frame.position,
      method: frame.method ?? known?.method ?? '',
      lexicon: frame.lexicon ?? known?.lexicon ?? '',
      rules: known?.rules ?? rulesVersion,
      stale: null,
      cells: [...cells.values()].sort((a, b) => (a.cell < b.cell ? -1 : 1)),
      contradictions: frame.contradictions,
    });
  }
}
