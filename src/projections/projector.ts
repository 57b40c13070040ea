import {
  auditTime,
  BehaviorSubject,
  concatMap,
  filter,
  firstValueFrom,
  fromEvent,
  map,
  merge,
  race,
  Subject,
  type Subscription,
  timer,
} from 'rxjs';
import { incidentStreamPrefix } from '../domain/event-codec.js';
import {
  type Checkpoint,
  type EventLog,
  type LogEvent,
  type LogMessage,
  LogRefusedError,
  LogUnavailableError,
  type Position,
} from '../log/event-log.js';
import { absorbIncident } from './absorb-incident.js';
import type { FeedHub } from './feed-hub.js';
import { followLog } from './follow-log.js';
import type { IncidentCache } from './incident-cache.js';
import type { IncidentList } from './incident-list.js';
import { type IncidentRow, rowOfLoaded } from './incident-row.js';
import { catchUpList } from './list-catch-up.js';
import type { Notice } from './notice.js';
import { filingsOf, lastOf, type RecordedFiling, recordedAtOf } from './recorded-filing.js';

/** All of Tollbook's streams: keys too, so that the position reached is the log's own. */
const streamPrefix = 'tollbook-';
/** Changed rows of the list are written at most so often, in ms. What a crash takes is made again at the start. */
export const listWriteMs = 100;
/** Incidents whose rows wait to be written before they are written at once. */
const dirtyMax = 1_000;
/** How long a failed catch-up of the list waits before it starts again, in ms. */
const catchUpAgainMs = 1_000;

export interface ProjectionStatus {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly epoch: string;
  readonly log: 'up' | 'down';
  /** Position of the log's last event. */
  readonly appendedTo: string;
  /** Position up to which feeds and list have everything. */
  readonly projectedTo: string;
  /** Difference of the two; on a log whose positions have gaps an upper bound. */
  readonly lagEvents: number;
  /** Age of the oldest event that is not projected yet; 0 where there is none. */
  readonly lagSeconds: number;
  readonly poisoned: readonly { readonly incident: string; readonly position: string; readonly error: string }[];
}

export type RetryOutcome =
  | { readonly kind: 'recovered' }
  | { readonly kind: 'stillPoisoned'; readonly position: string; readonly error: string }
  | { readonly kind: 'notPoisoned' };

export interface ProjectorDeps {
  readonly log: EventLog;
  readonly cache: IncidentCache;
  readonly list: IncidentList;
  readonly hub: FeedHub;
  readonly clock: () => Date;
  readonly random: () => number;
  readonly onNotice: (notice: Notice) => void;
  /** Events of Tollbook's other streams, in the order of the log. */
  readonly onOther: (event: LogEvent) => void;
}

/**
 * Follows the log and brings what it says to the feeds, to the incidents in memory (filings of other instances) and to
 * the list. The list catches up, or is made anew, beside that, so that neither a start nor a rebuild holds up a feed.
 */
export class Projector {
  readonly #position = new BehaviorSubject<Position>(0n);
  readonly #dirty = new Set<string>();
  readonly #dirtied = new Subject<void>();
  readonly #stop = new AbortController();
  readonly #live: Subscription[] = [];
  readonly #firstCaughtUp = Promise.withResolvers<void>();
  #checkpoint: Checkpoint | null = null;
  #following = false;
  #writing: Promise<void> = Promise.resolve();
  /** The list's own catch-up or rebuild; resolves when the list covers what live brings on from. */
  #listing: Promise<void> = Promise.resolve();
  #listReady = false;
  #listPosition: Position = 0n;
  #rebuilding: Promise<void> | null = null;

  constructor(private readonly deps: ProjectorDeps) {
    this.#firstCaughtUp.promise.catch(() => undefined);
  }

  /** Begins. Resolves once what happens from now on is followed; the list may still be catching up. */
  async start(): Promise<void> {
    const { log, list, cache } = this.deps;
    const head = await log.head();
    const resumed = await list.resume(log);
    this.#checkpoint = head === 0n ? null : await log.checkpointAt(head);
    this.#moveTo(this.#checkpoint?.position ?? 0n);
    this.#listPosition = resumed?.position ?? 0n;
    this.#live.push(
      this.#dirtied
        .pipe(
          auditTime(listWriteMs),
          concatMap(() => this.flush()),
        )
        .subscribe(),
      followLog({
        log,
        streamPrefix,
        after: () => this.#resumeFrom(),
        handle: (message) => this.#handle(message),
        random: this.deps.random,
        onLost: (error, waitMs) => {
          this.#following = false;
          this.#notice('warn', `The log's subscription was lost; again in ${Math.round(waitMs)} ms`, error);
        },
      }).subscribe(() => {
        this.#following = true;
      }),
    );
    this.#listing = this.#catchUp(resumed, list.poisoned());
    void this.#listing.then(async () => {
      if (cache.poisoned.size > 0) this.#notice('warn', `${cache.poisoned.size} incidents stand still`);
      await this.#reach(head);
      this.#firstCaughtUp.resolve();
    });
  }

  /** Resolves when list and feeds have first reached the log's head as it was at the start. */
  caughtUp(): Promise<void> {
    return this.#firstCaughtUp.promise;
  }

  /** Position up to which feeds have everything. */
  get position(): Position {
    return this.#position.value;
  }

  /** Waits for a position to be projected: no longer than given (ms), and `false` where that was not enough. */
  async waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#position.value >= position) return true;
    if (this.#stop.signal.aborted) return false;
    const reached = this.#position.pipe(
      filter((at) => at >= position),
      map(() => true),
    );
    const given = merge(timer(timeoutMs), fromEvent(this.#stop.signal, 'abort')).pipe(map(() => false));
    return firstValueFrom(race(reached, given));
  }

  async status(): Promise<ProjectionStatus> {
    const { log, cache } = this.deps;
    const projectedTo = this.#projectedTo();
    let appendedTo = projectedTo;
    let lagSeconds = 0;
    let up = true;
    try {
      const head = await log.head();
      if (head > appendedTo) appendedTo = head;
      if (head > projectedTo) lagSeconds = await this.#ageOfNext(projectedTo);
    } catch {
      up = false;
    }
    const poisoned = [...cache.poisoned].map(([incident, { position, error }]) => ({ incident, position, error }));
    const healthy = poisoned.length === 0 && this.#listReady && this.#following;
    return {
      status: up ? (healthy ? 'ok' : 'degraded') : 'down',
      epoch: log.epoch,
      log: up ? 'up' : 'down',
      appendedTo: String(appendedTo),
      projectedTo: String(projectedTo),
      lagEvents: Number(appendedTo - projectedTo),
      lagSeconds,
      poisoned,
    };
  }

  /** Reads a poisoned incident again from its stream, as after an upgrade or a repair. */
  async retryPoisoned(slug: string): Promise<RetryOutcome> {
    const { cache, hub } = this.deps;
    if (!cache.poisoned.has(slug)) return { kind: 'notPoisoned' };
    const old = cache.peek(slug);
    if (old !== undefined) {
      await old.enter();
      cache.drop(old);
      old.leave();
    }
    const incident = await cache.load(slug);
    this.#markDirty(slug);
    if (incident !== null && incident.stale !== null)
      return { kind: 'stillPoisoned', position: incident.stale.position, error: incident.stale.error };
    cache.poisoned.delete(slug);
    hub.resync(slug);
    return { kind: 'recovered' };
  }

  /** Makes the list anew from the first event on, while everything goes on. One at a time: who asks meanwhile waits. */
  rebuild(): Promise<void> {
    this.#rebuilding ??= this.#rebuild().finally(() => {
      this.#rebuilding = null;
    });
    return this.#rebuilding;
  }

  /** All incidents with something after a position, in the order of opening; `null` where the list is not ready in time. */
  async slugsAfter(position: Position, timeoutMs: number): Promise<readonly string[] | null> {
    if (!this.#listReady) {
      const late = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs).unref());
      await Promise.race([this.#listing, late]);
      if (!this.#listReady) return null;
    }
    await this.flush();
    return this.deps.list.slugs(position);
  }

  /** Writes the rows of incidents that changed, now. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Brings one incident's row up to date, its headline's revision number included. */
  async refresh(slug: string): Promise<IncidentRow | null> {
    const row = await this.#rowOf(slug);
    if (row !== null) this.deps.list.write([row], this.deps.log.epoch, null, this.deps.cache.poisoned);
    return row;
  }

  async close(): Promise<void> {
    for (const subscription of this.#live) subscription.unsubscribe();
    this.#stop.abort();
    this.#firstCaughtUp.resolve();
    await this.#listing;
    await this.#rebuilding?.catch(() => undefined);
    await this.flush();
    this.deps.list.close();
  }

  #projectedTo(): Position {
    return this.#listReady || this.#listPosition > this.position ? this.position : this.#listPosition;
  }

  async #resumeFrom(): Promise<Checkpoint | null> {
    const at = this.position;
    if (this.#checkpoint !== null && this.#checkpoint.position >= at) return this.#checkpoint;
    if (at === 0n) return null;
    this.#checkpoint = await this.deps.log.checkpointAt(at);
    return this.#checkpoint;
  }

  async #handle(message: LogMessage): Promise<void> {
    if (message.kind !== 'events') {
      this.#checkpoint = message.checkpoint;
      this.#moveTo(message.checkpoint.position);
      return;
    }
    for (const filing of filingsOf(message.events)) {
      if (this.#stop.signal.aborted) return;
      const last = lastOf(filing);
      // Handled before the subscription was lost in the middle of a batch.
      if (last.position <= this.position) continue;
      if (filing.stream.startsWith(incidentStreamPrefix)) await this.#project(filing, last);
      else this.#handOn(filing);
      this.#moveTo(last.position);
    }
  }

  async #project(filing: RecordedFiling, last: LogEvent): Promise<void> {
    const { cache, hub } = this.deps;
    const slug = filing.stream.slice(incidentStreamPrefix.length);
    this.#markDirty(slug);
    try {
      const known = cache.peek(slug);
      const incident =
        known !== undefined && known.recordedCount > Number(last.revision) ? known : await cache.bring(slug, filing);
      if (incident === null || incident.recordedCount <= Number(last.revision)) return;
      const frame = incident.frames.at(last.position);
      if (frame === null) hub.resync(slug);
      else hub.publish(frame);
    } catch (error) {
      if (error instanceof LogUnavailableError || error instanceof LogRefusedError) throw error;
      // Whatever is wrong with one incident stops that incident only.
      this.#poison(slug, last, error);
    }
    if (this.#dirty.size >= dirtyMax) await this.flush();
  }

  #handOn(filing: RecordedFiling): void {
    try {
      for (const event of filing.events) this.deps.onOther(event);
    } catch (error) {
      this.#notice('error', `An event of ${filing.stream} cannot be read`, error);
    }
  }

  #poison(slug: string, event: LogEvent, error: unknown): void {
    const since = recordedAtOf(event);
    this.deps.cache.poisoned.set(slug, {
      position: String(event.position),
      error: error instanceof Error ? error.message : String(error),
      ...(since === null ? {} : { since }),
    });
    this.#notice('error', `Incident ${slug} stands still at position ${event.position}`, error);
  }

  #moveTo(position: Position): void {
    if (position <= this.#position.value) return;
    this.deps.hub.advance(position);
    this.#position.next(position);
  }

  #markDirty(slug: string): void {
    this.#dirty.add(slug);
    this.#dirtied.next();
  }

  async #write(): Promise<void> {
    const { log, list, cache } = this.deps;
    if (this.#dirty.size === 0) return;
    const slugs = [...this.#dirty];
    this.#dirty.clear();
    const upTo = this.position;
    try {
      const rows: IncidentRow[] = [];
      for (const slug of slugs) {
        const row = await this.#rowOf(slug);
        if (row !== null) rows.push(row);
      }
      list.write(rows, log.epoch, this.#listReady ? await log.checkpointAt(upTo) : null, cache.poisoned);
    } catch (error) {
      for (const slug of slugs) this.#dirty.add(slug);
      this.#notice('warn', 'The list of incidents could not be written', error);
    }
  }

  async #rowOf(slug: string): Promise<IncidentRow | null> {
    try {
      return await this.deps.cache.read(slug, rowOfLoaded);
    } catch (error) {
      if (error instanceof LogUnavailableError || error instanceof LogRefusedError) throw error;
      this.#notice('error', `No row in the list for incident ${slug}`, error);
      return null;
    }
  }

  /** From a checkpoint to the head, again until it succeeds or all ends. */
  async #catchUp(after: Checkpoint | null, poisoned: readonly string[]): Promise<void> {
    for (;;) {
      if (this.#stop.signal.aborted) return;
      try {
        const reached = await this.#catchUpOnce(after);
        for (const slug of poisoned) await this.#absorbed(slug);
        if (this.#stop.signal.aborted) return;
        this.#listPosition = reached?.position ?? 0n;
        this.#listReady = true;
        return;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#notice('warn', 'The list of incidents could not catch up', error);
        await new Promise((resolve) => setTimeout(resolve, catchUpAgainMs));
      }
    }
  }

  #catchUpOnce(after: Checkpoint | null): Promise<Checkpoint | null> {
    const { log, list, cache } = this.deps;
    return catchUpList(
      {
        log,
        list,
        rowFromStream: (slug) => this.#absorbed(slug),
        poisoned: cache.poisoned,
        onProgress: (position) => {
          this.#listPosition = position;
        },
        signal: this.#stop.signal,
      },
      after,
    );
  }

  async #absorbed(slug: string): Promise<IncidentRow | null> {
    const { log, cache } = this.deps;
    try {
      const { row, stale } = await absorbIncident(log, slug);
      if (stale === null) cache.poisoned.delete(slug);
      else cache.poisoned.set(slug, stale);
      return row;
    } catch (error) {
      if (error instanceof LogUnavailableError || error instanceof LogRefusedError) throw error;
      this.#notice('error', `No row in the list for incident ${slug}`, error);
      return null;
    }
  }

  async #rebuild(): Promise<void> {
    await this.#listing;
    if (this.#stop.signal.aborted) return;
    this.#listReady = false;
    this.#listPosition = 0n;
    this.deps.list.beginRebuild();
    this.#listing = this.#catchUp(null, []).then(() => {
      if (this.#listReady) this.deps.list.endRebuild();
    });
    await this.#listing;
  }

  /** Age in seconds of the first event after a position. */
  async #ageOfNext(position: Position): Promise<number> {
    const { log, clock } = this.deps;
    const after = position === 0n ? null : await log.checkpointAt(position);
    for await (const [first] of log.readAll({ after, streamPrefix })) {
      const recordedAt = first === undefined ? null : recordedAtOf(first);
      if (recordedAt !== null) return Math.max(0, (clock().getTime() - Date.parse(recordedAt)) / 1000);
    }
    return 0;
  }

  async #reach(position: Position): Promise<void> {
    while (!this.#stop.signal.aborted && !(await this.waitFor(position, catchUpAgainMs))) continue;
  }

  #notice(level: Notice['level'], message: string, error?: unknown): void {
    this.deps.onNotice({ level, message, error });
  }
}
