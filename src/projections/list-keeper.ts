import { auditTime, concatMap, Subject, type Subscription } from 'rxjs';
import { type Checkpoint, type EventLog, LogUnavailableError, type Position } from '../log/event-log.js';
import { absorbIncident } from './absorb-incident.js';
import { type Backoff, backoffMs } from './backoff.js';
import type { IncidentCache } from './incident-cache.js';
import type { IncidentList, ListCheckpoint, ListState } from './incident-list.js';
import { type IncidentRow, rowOfLoaded } from './incident-row.js';
import { catchUpList } from './list-catch-up.js';
import type { Notice } from './notice.js';
import { ProgressNotices } from './progress-notices.js';
import { stopsAll } from './stops-all.js';

/** Changed rows of the list are written at most so often, in ms. What a crash takes is made again at the start. */
const listWriteMs = 500;
/** Incidents whose rows wait to be written before they are written at once. */
const dirtyMax = 1_000;
/** How long a failed catch-up of the list waits before it starts again. */
const catchUpAgain: Backoff = { firstMs: 1_000, mostMs: 60_000 };
/** Rows of an old list that are deleted in one go, so that others have the event loop in between. */
const sweptRowsMax = 500;

export interface ListKeeperDeps {
  readonly log: EventLog;
  readonly cache: IncidentCache;
  readonly list: IncidentList;
  readonly random: () => number;
  readonly onNotice: (notice: Notice) => void;
  /** Position up to which everything that changes rows was brought here (`markDirty`). */
  readonly position: () => Position;
}

/**
 * Keeps the list of incidents: brings it from its checkpoint to the log's head at the start, writes the rows of
 * incidents that change, and makes it anew on demand, beside the one that is shown. None of that holds up a feed.
 */
export class ListKeeper {
  readonly #dirty = new Set<string>();
  readonly #dirtied = new Subject<void>();
  readonly #stop = new AbortController();
  #timed: Subscription | null = null;
  #writing: Promise<void> = Promise.resolve();
  #catchingUp: Promise<void> = Promise.resolve();
  /** What the catch-up failed with last; it begins again, and whoever needs its end is told. */
  #failure: unknown = null;
  readonly #failed = Promise.withResolvers<void>();
  #ready = false;
  #position: Position = 0n;
  #rebuilding: Promise<void> | null = null;
  #rebuiltTo: Position = 0n;

  constructor(private readonly deps: ListKeeperDeps) {}

  /** Begins; the list may be catching up when it resolves. */
  async start(): Promise<void> {
    const { log, list } = this.deps;
    const resumed = await list.resume(log);
    this.#position = resumed?.position ?? 0n;
    this.#timed = this.#dirtied
      .pipe(
        auditTime(listWriteMs),
        concatMap(() => this.flush()),
      )
      .subscribe();
    this.#catchingUp = this.#catchUp(resumed, list.poisoned()).then(() => this.#sweep());
  }

  /** Whether the list covers the log up to what is brought on live from there. */
  get isReady(): boolean {
    return this.#ready;
  }

  /** Up to where the list covers the log, while it is not ready. */
  get position(): Position {
    return this.#position;
  }

  /** How far a rebuild has come; 0 while there is none. */
  get rebuiltTo(): Position {
    return this.#rebuiltTo;
  }

  /** Resolves when the first catch-up is over. */
  caughtUp(): Promise<void> {
    return this.#catchingUp;
  }

  /** Waits until the list is ready, no longer than given (ms); `false` where it is not. */
  async readyWithin(timeoutMs: number): Promise<boolean> {
    if (this.#ready) return true;
    const late = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs).unref());
    await Promise.race([this.#catchingUp, late]);
    return this.#ready;
  }

  /** Notes that an incident's row has to be written. */
  markDirty(slug: string): void {
    this.#dirty.add(slug);
    this.#dirtied.next();
  }

  /** Whether so many rows wait that they have to be written before more come. */
  get isFull(): boolean {
    return this.#dirty.size >= dirtyMax;
  }

  /** Writes the rows of incidents that changed, now. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Brings one incident's row up to date, its headline's revision number included. */
  async refresh(slug: string): Promise<IncidentRow | null> {
    const row = await this.#rowOf(slug);
    if (row !== null) this.deps.list.write([row], this.#state(null));
    return row;
  }

  /**
   * Makes the list anew from the first event on, while everything goes on; it is shown once it is whole. One at a time:
   * who asks meanwhile waits. Where it fails the list stays as it was.
   * @throws LogUnavailableError, LogRefusedError
   */
  rebuild(): Promise<void> {
    this.#rebuilding ??= this.#rebuild().finally(() => {
      this.#rebuilding = null;
      this.#rebuiltTo = 0n;
    });
    return this.#rebuilding;
  }

  async close(): Promise<void> {
    this.#timed?.unsubscribe();
    this.#stop.abort();
    await this.#catchingUp;
    // Who asked for it was told.
    await this.#rebuilding?.catch(() => undefined);
    await this.flush();
    this.deps.list.close();
  }

  async #write(): Promise<void> {
    const { log, list, position } = this.deps;
    if (this.#dirty.size === 0) return;
    const slugs = [...this.#dirty];
    this.#dirty.clear();
    const upTo = position();
    try {
      const rows: IncidentRow[] = [];
      for (const slug of slugs) {
        const row = await this.#rowOf(slug);
        if (row !== null) rows.push(row);
      }
      list.write(rows, this.#state(this.#ready ? await log.checkpointAt(upTo) : null));
    } catch (error) {
      for (const slug of slugs) this.#dirty.add(slug);
      this.#notice('warn', 'The list of incidents could not be written', error);
    }
  }

  async #rowOf(slug: string): Promise<IncidentRow | null> {
    try {
      return await this.deps.cache.glance(slug, rowOfLoaded);
    } catch (error) {
      if (await stopsAll(error, this.deps.log)) throw error;
      this.#notice('error', `No row in the list for incident ${slug}`, error);
      return null;
    }
  }

  /** From a checkpoint to the head, again until it succeeds or all ends. */
  async #catchUp(after: Checkpoint | null, poisoned: readonly string[]): Promise<void> {
    const { list, random } = this.deps;
    for (let attempt = 1; !this.#stop.signal.aborted; attempt += 1)
      try {
        const reached = await this.#read('The list of incidents catches up', after, {
          write: (rows, checkpoint) => list.write(rows, this.#state(checkpoint)),
          onProgress: (position) => {
            this.#position = position;
          },
        });
        for (const slug of poisoned) await this.#absorbed(slug);
        if (this.#stop.signal.aborted) return;
        this.#position = reached?.position ?? 0n;
        this.#ready = true;
        return;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#failure = error;
        this.#failed.resolve();
        this.#notice('warn', 'The list of incidents could not catch up', error);
        await this.#pause(backoffMs(catchUpAgain, attempt, random));
      }
  }

  async #rebuild(): Promise<void> {
    const { list } = this.deps;
    await Promise.race([this.#catchingUp, this.#failed.promise]);
    if (this.#stop.signal.aborted) throw this.#ending();
    if (!this.#ready) throw this.#failure;
    list.beginRebuild();
    try {
      await this.#read('The list of incidents is made anew', null, {
        write: (rows) => list.writeRebuilt(rows, this.#state(null)),
        onProgress: (position) => {
          this.#rebuiltTo = position;
        },
      });
      if (this.#stop.signal.aborted) throw this.#ending();
      list.showRebuilt();
    } finally {
      list.abandonRebuild();
      await this.#sweep();
    }
  }

  async #read(
    what: string,
    after: Checkpoint | null,
    sink: {
      readonly write: (rows: readonly IncidentRow[], reached: ListCheckpoint | null) => void;
      readonly onProgress: (position: Position) => void;
    },
  ): Promise<Checkpoint | null> {
    const { log, onNotice } = this.deps;
    const progress = new ProgressNotices(what, after?.position ?? 0n, await log.head(), onNotice);
    const reached = await catchUpList(
      {
        log,
        write: sink.write,
        rowFromStream: (slug) => this.#absorbed(slug),
        onProgress: (position) => {
          sink.onProgress(position);
          progress.at(position);
        },
        signal: this.#stop.signal,
      },
      after,
    );
    progress.done();
    return reached;
  }

  async #absorbed(slug: string): Promise<IncidentRow | null> {
    const { log, cache } = this.deps;
    try {
      const { row, stale } = await absorbIncident(log, slug);
      if (stale === null) cache.poisoned.delete(slug);
      else cache.poisoned.set(slug, stale);
      return row;
    } catch (error) {
      if (await stopsAll(error, this.deps.log)) throw error;
      this.#notice('error', `No row in the list for incident ${slug}`, error);
      return null;
    }
  }

  /** Deletes what was shown before, or was never shown. */
  async #sweep(): Promise<void> {
    try {
      while (!this.#stop.signal.aborted && this.deps.list.sweep(sweptRowsMax))
        await new Promise((resolve) => setImmediate(resolve));
    } catch (error) {
      this.#notice('warn', 'Old rows of the list of incidents could not be deleted', error);
    }
  }

  #state(checkpoint: ListCheckpoint | null): ListState {
    const { log, cache } = this.deps;
    return { epoch: log.epoch, checkpoint, poisoned: cache.poisoned };
  }

  #ending(): LogUnavailableError {
    return new LogUnavailableError('The service ends: the list of incidents stays as it was', false);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #notice(level: Notice['level'], message: string, error?: unknown): void {
    this.deps.onNotice({ level, message, error });
  }
}
