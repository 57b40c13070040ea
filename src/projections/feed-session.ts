import type { Position } from '../log/event-log.js';
import type { Frame } from './frame-history.js';
import type { IncidentCache } from './incident-cache.js';
import { feedId, heartbeatFrame, type ResetReason, resetFrame, retryFrame, sseFrame } from './sse.js';

/** One connection, as the feed sees it: a socket for HTTP, a list for tests. */
export interface FeedReader {
  /** Takes bytes; what it cannot send at once it keeps. */
  write(bytes: Buffer): boolean;
  /** Bytes taken and not yet sent. */
  unsentBytes(): number;
  /** Resolves once (nearly) all is sent, and once the connection is closed. */
  drained(): Promise<void>;
  close(): void;
  /** Whether it may still read: its key may have been revoked, or have expired. Asked with each heartbeat. */
  mayRead?(): boolean;
}

/** What a session needs of the hub that it belongs to. */
export interface FeedSource {
  readonly epoch: string;
  readonly cache: Pick<IncidentCache, 'read'>;
  /** Frames up to this position have all been published. */
  readonly publishedTo: Position;
  /** Calls back, at once or in the same turn in which the frames up to a position have been published. */
  whenPublished(position: Position, callback: () => void): void;
  /** The incidents followed, in order; of all incidents, those with something after a position. */
  slugs(followed: readonly string[] | 'all', after: Position): Promise<readonly string[]>;
  /** Position of the log's last event. */
  head(): Promise<Position>;
  retryMs(): number;
  onError(error: unknown): void;
}

export interface FeedBounds {
  /** Unsent bytes of one reader; past it the connection is closed, and the reader resumes from its last id. */
  readonly unsentBytesMax: number;
  /** Frames that one reader may be sent to resume; more than that is a reset. */
  readonly replayFramesMax: number;
  /** How long the last of several snapshots waits for the feed to reach what the others show, in ms. */
  readonly settleMsMax: number;
}

export type FeedStart =
  | { readonly kind: 'snapshot'; readonly reset: ResetReason | null }
  | { readonly kind: 'replay'; readonly after: Position };

/**
 * One reader of a feed. It takes part in publication from the first moment; what is published while it reads its
 * snapshots or its replay is held against what those cover, so that nothing is missed and nothing comes twice.
 */
export class FeedSession {
  #phase: 'snapshots' | 'replay' | 'live' | 'closed' = 'live';
  /** By incident, the position that its snapshot covers; `null` once all that is published is beyond them. */
  #covered: Map<string, Position> | null = null;
  #coveredMax: Position = 0n;
  /** Incidents whose snapshot is still to come. */
  #awaited = new Set<string>();
  /** Whether it is still being found out which they are. */
  #listing = false;
  #restartWanted = false;
  #queue: Frame[] = [];
  /** Everything up to here has been sent. */
  #sentTo: Position = 0n;
  /** Unsent bytes that are the snapshots' own. */
  #graceBytes = 0;

  constructor(
    private readonly source: FeedSource,
    private readonly reader: FeedReader,
    readonly followed: readonly string[] | 'all',
    private readonly bounds: FeedBounds,
    private readonly onClosed: (session: FeedSession) => void,
  ) {}

  /** Sends what a reader needs first, then goes live. Errors end the connection in a way that makes readers return. */
  async start(start: FeedStart): Promise<void> {
    try {
      if (start.kind === 'snapshot') await this.#snapshots(start.reset);
      else await this.#replay(start.after);
    } catch (error) {
      this.source.onError(error);
      const detail = JSON.stringify({ detail: 'The feed cannot go on now; connect again.' });
      this.#end(sseFrame('error', null, detail));
    }
  }

  /** One frame, as it is published. The same bytes for everybody. */
  deliver(frame: Frame): void {
    if (this.#phase === 'live') {
      if (frame.position <= this.#sentTo) return;
      if (this.#covered !== null) {
        if (frame.position > this.#coveredMax) this.#covered = null;
        else if (frame.position <= (this.#covered.get(frame.incident) ?? 0n)) return;
      }
      this.send(frame.bytes());
      return;
    }
    if (this.#phase === 'snapshots') {
      if (this.#listing) this.#awaited.add(frame.incident);
      if (this.#awaited.has(frame.incident) || frame.position <= (this.#covered?.get(frame.incident) ?? 0n)) return;
      // Without an id: until the last snapshot is sent there is no position from which this reader could resume.
      this.send(sseFrame('revision', null, frame.json()));
      if (frame.position > this.#sentTo) this.#sentTo = frame.position;
    } else if (this.#phase === 'replay') {
      this.#queue.push(frame);
      if (this.#queue.length > this.bounds.replayFramesMax) this.close();
    }
  }

  /** Writes and, where too much is unsent, lets the reader go. */
  send(bytes: Buffer): void {
    if (this.#phase === 'closed') return;
    this.reader.write(bytes);
    if (this.reader.unsentBytes() > this.bounds.unsentBytesMax + this.#graceBytes) this.close();
  }

  /** A heartbeat. Who may no longer read is let go, and told why when it comes back. */
  beat(): void {
    if (this.reader.mayRead?.() === false)
      this.#end(sseFrame('error', null, JSON.stringify({ detail: 'The key of this feed is revoked or expired.' })));
    else this.send(heartbeatFrame);
  }

  /** What the reader has can no longer be brought up to date frame by frame: everything again. */
  restart(): void {
    if (this.#phase === 'live') void this.start({ kind: 'snapshot', reset: 'tooOld' });
    else this.#restartWanted = true;
  }

  /** Asks the reader to come back after a while, and ends. */
  endWithRetry(): void {
    this.#end(Buffer.alloc(0));
  }

  close(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#queue = [];
    this.onClosed(this);
    this.reader.close();
  }

  #end(last: Buffer): void {
    if (this.#phase === 'closed') return;
    this.reader.write(Buffer.concat([last, retryFrame(this.source.retryMs())]));
    this.close();
  }

  get #isClosed(): boolean {
    return this.#phase === 'closed';
  }

  async #snapshots(reset: ResetReason | null): Promise<void> {
    this.#phase = 'snapshots';
    this.#covered = new Map();
    this.#coveredMax = 0n;
    this.#sentTo = 0n;
    this.#queue = [];
    this.#restartWanted = false;
    this.#awaited = new Set();
    this.#listing = true;
    if (reset !== null) this.send(resetFrame(reset));
    const listed = await this.source.slugs(this.followed, -1n);
    if (this.#isClosed) return;
    // What was published while the list was being made may be missing from it. Incidents opened from now on need no
    // snapshot: their first frame opens them.
    for (const slug of listed) this.#awaited.add(slug);
    this.#listing = false;
    const slugs = [...this.#awaited];
    const last = slugs.pop();
    for (const slug of slugs) {
      await this.source.cache.read(slug, (incident) => {
        this.#cover(slug, incident.position);
        this.#awaited.delete(slug);
        this.#initial(sseFrame('snapshot', null, incident.tallyBytes().toString()));
      });
      this.#awaited.delete(slug);
      await this.#paced();
      if (this.#isClosed) return;
    }
    // What the other snapshots cover must have been published, or the last one's id would claim too much or too little.
    if (slugs.length > 0) await this.#published(this.#coveredMax);
    if (this.#isClosed) return;
    if (last === undefined) {
      this.#goLive();
      return;
    }
    const finish = (bytes: Buffer): void => {
      if (this.#phase !== 'snapshots') return;
      // Alone, an incident's snapshot covers all up to its position, published yet or not.
      const id = slugs.length === 0 ? this.#coveredMax : this.#coveredByAll();
      this.#initial(sseFrame('snapshot', feedId(this.source.epoch, id), bytes.toString()));
      this.#sentTo = slugs.length === 0 ? 0n : id;
      this.#goLive();
    };
    let finished: Promise<void> = Promise.resolve();
    await this.source.cache.read(last, (incident) => {
      this.#cover(last, incident.position);
      this.#awaited.delete(last);
      const bytes = incident.tallyBytes();
      if (slugs.length === 0 || incident.position <= this.source.publishedTo) finish(bytes);
      else finished = this.#published(incident.position, () => finish(bytes));
    });
    await finished;
  }

  /** Up to where everything followed is covered by snapshots or was sent. */
  #coveredByAll(): Position {
    const most = this.#coveredMax > this.#sentTo ? this.#coveredMax : this.#sentTo;
    return most < this.source.publishedTo ? most : this.source.publishedTo;
  }

  #cover(slug: string, position: Position): void {
    this.#covered?.set(slug, position);
    if (position > this.#coveredMax) this.#coveredMax = position;
  }

  async #replay(after: Position): Promise<void> {
    this.#phase = 'replay';
    this.#queue = [];
    this.#covered = null;
    this.#sentTo = after;
    if (after > (await this.source.head())) return this.#snapshots('ahead');
    const collected: Frame[] = [];
    for (const slug of await this.source.slugs(this.followed, after)) {
      // Of an incident that stands still no frame tells so: its snapshot does.
      const frames = await this.source.cache.read(slug, ({ stale, frames: kept }) =>
        stale === null ? (kept.after(after) ?? 'tooOld') : 'tooOld',
      );
      if (this.#isClosed) return;
      if (frames === null) continue;
      if (frames === 'tooOld') return this.#snapshots('tooOld');
      for (const frame of frames) collected.push(frame);
      if (collected.length > this.bounds.replayFramesMax) return this.#snapshots('tooOld');
    }
    // An incident in memory may be ahead of what is published; that comes later, in its turn among the others.
    const { publishedTo } = this.source;
    collected.sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
    const found = collected.filter(({ position }) => position <= publishedTo);
    await this.#sendInOrder(merged(found, this.#takeQueue()));
    while (!this.#isClosed && this.#queue.length > 0) await this.#sendInOrder(this.#takeQueue());
    this.#goLive();
  }

  #takeQueue(): Frame[] {
    const queue = this.#queue;
    this.#queue = [];
    return queue;
  }

  async #sendInOrder(frames: readonly Frame[]): Promise<void> {
    for (const frame of frames) {
      if (frame.position <= this.#sentTo) continue;
      this.#initial(frame.bytes());
      this.#sentTo = frame.position;
      if (this.#graceBytes > this.bounds.unsentBytesMax) await this.#paced();
      if (this.#isClosed) return;
    }
  }

  #goLive(): void {
    if (this.#isClosed) return;
    this.#phase = 'live';
    void this.reader.drained().then(() => {
      this.#graceBytes = 0;
    });
    if (this.#restartWanted) this.restart();
  }

  /** Writes what a reader needs first. It may be larger than what a live reader may leave unsent. */
  #initial(bytes: Buffer): void {
    this.#graceBytes += bytes.length;
    this.send(bytes);
  }

  async #paced(): Promise<void> {
    if (this.reader.unsentBytes() <= this.bounds.unsentBytesMax / 2) return;
    await this.reader.drained();
    this.#graceBytes = 0;
  }

  /** Waits for the feed to reach a position, within the bound. `then` runs in the very turn in which it does. */
  #published(position: Position, then: () => void = () => undefined): Promise<void> {
    return new Promise((resolve) => {
      let done = false;
      const go = (): void => {
        if (done) return;
        done = true;
        clearTimeout(timer);
        then();
        resolve();
      };
      const timer = setTimeout(go, this.bounds.settleMsMax).unref();
      this.source.whenPublished(position, go);
    });
  }
}

/** Two lists, each in the order of the log, as one without doubles. */
const merged = (a: readonly Frame[], b: readonly Frame[]): Frame[] => {
  const byPosition = new Map<Position, Frame>();
  for (const frame of a) byPosition.set(frame.position, frame);
  for (const frame of b) byPosition.set(frame.position, frame);
  return [...byPosition.values()].sort((x, y) => (x.position < y.position ? -1 : 1));
};
