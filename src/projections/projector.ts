import { BehaviorSubject, filter, firstValueFrom, fromEvent, map, merge, race, type Subscription, timer } from 'rxjs';
import { incidentStreamPrefix } from '../domain/event-codec.js';
import { type Checkpoint, type EventLog, type LogEvent, type LogMessage, type Position } from '../log/event-log.js';
import type { FeedHub } from './feed-hub.js';
import { followLog } from './follow-log.js';
import type { IncidentCache } from './incident-cache.js';
import type { IncidentList } from './incident-list.js';
import type { IncidentRow } from './incident-row.js';
import { ListKeeper } from './list-keeper.js';
import type { LoadedIncident } from './loaded-incident.js';
import type { Notice } from './notice.js';
import { filingsOf, lastOf, type RecordedFiling, recordedAtOf } from './recorded-filing.js';
import { stopsAll } from './stops-all.js';

/** All of Tollbook's streams: keys too, so that the position reached is the log's own. */
const streamPrefix = 'tollbook-';
/** How often it is looked whether the end has come, while the log's head of the start is waited for; in ms. */
const endLookMs = 1_000;

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
  readonly #keeper: ListKeeper;
  readonly #stop = new AbortController();
  readonly #live: Subscription[] = [];
  readonly #firstCaughtUp = Promise.withResolvers<void>();
  /** Incidents that stand still and whose readers know. */
  readonly #toldStandstill = new Set<string>();
  #checkpoint: Checkpoint | null = null;
  #following = false;

  constructor(private readonly deps: ProjectorDeps) {
    const { log, cache, list, random, onNotice } = deps;
    this.#keeper = new ListKeeper({ log, cache, list, random, onNotice, position: () => this.position });
    this.#firstCaughtUp.promise.catch(() => undefined);
  }

  /** Begins. Resolves once what happens from now on is followed; the list may still be catching up. */
  async start(): Promise<void> {
    const { log, cache } = this.deps;
    const head = await log.head();
    this.#checkpoint = head === 0n ? null : await log.checkpointAt(head);
    this.#moveTo(this.#checkpoint?.position ?? 0n);
    await this.#keeper.start();
    this.#live.push(
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
    void this.#keeper.caughtUp().then(async () => {
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
    const healthy = poisoned.length === 0 && this.#keeper.isReady && this.#following;
    return {
      status: up ? (healthy ? 'ok' : 'degraded') : 'down',
      epoch: log.epoch,
      log: up ? 'up' : 'down',
      appendedTo: String(appendedTo),
      projectedTo: String(projectedTo),
      lagEvents: log.eventsBetween(projectedTo, appendedTo),
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
    this.#keeper.markDirty(slug);
    if (incident !== null && incident.stale !== null)
      return { kind: 'stillPoisoned', position: incident.stale.position, error: incident.stale.error };
    cache.poisoned.delete(slug);
    this.#toldStandstill.delete(slug);
    hub.resync(slug);
    return { kind: 'recovered' };
  }

  /** Makes the list anew, see `ListKeeper.rebuild`. @throws LogUnavailableError, LogRefusedError */
  rebuild(): Promise<void> {
    return this.#keeper.rebuild();
  }

  /** How far a rebuild has come; 0 while there is none. */
  get rebuiltTo(): Position {
    return this.#keeper.rebuiltTo;
  }

  /** Whether the list shows all incidents; waits for it no longer than given (ms). */
  listReadyWithin(timeoutMs: number): Promise<boolean> {
    return this.#keeper.readyWithin(timeoutMs);
  }

  /** All incidents with something after a position, in the order of opening; `null` where the list is not ready in time. */
  async slugsAfter(position: Position, timeoutMs: number): Promise<readonly string[] | null> {
    if (!(await this.#keeper.readyWithin(timeoutMs))) return null;
    await this.flush();
    return this.deps.list.slugs(position);
  }

  /** Writes the rows of incidents that changed, now. */
  flush(): Promise<void> {
    return this.#keeper.flush();
  }

  /** Brings one incident's row up to date, its headline's revision number included. */
  refresh(slug: string): Promise<IncidentRow | null> {
    return this.#keeper.refresh(slug);
  }

  async close(): Promise<void> {
    for (const subscription of this.#live) subscription.unsubscribe();
    this.#stop.abort();
    this.#firstCaughtUp.resolve();
    await this.#keeper.close();
  }

  #projectedTo(): Position {
    const { isReady, position } = this.#keeper;
    return isReady || position > this.position ? this.position : position;
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
      if (!filing.stream.startsWith(incidentStreamPrefix)) this.#handOn(filing);
      else {
        const slug = filing.stream.slice(incidentStreamPrefix.length);
        this.#keeper.markDirty(slug);
        const known = this.deps.cache.peek(slug);
        // What this instance filed is folded in already: nothing to wait for.
        if (known !== undefined && known.recordedCount > Number(last.revision)) this.#publish(known, last);
        else await this.#bring(slug, filing, last);
        if (this.#keeper.isFull) await this.flush();
      }
      this.#moveTo(last.position);
    }
  }

  async #bring(slug: string, filing: RecordedFiling, last: LogEvent): Promise<void> {
    try {
      const incident = await this.deps.cache.bring(slug, filing);
      if (incident === null) return;
      if (incident.recordedCount > Number(last.revision)) this.#publish(incident, last);
      else this.#tellStandstill(slug);
    } catch (error) {
      if (await stopsAll(error, this.deps.log)) throw error;
      // Whatever is wrong with one incident stops that incident only.
      this.#poison(slug, last, error);
    }
  }

  #publish({ slug, frames }: LoadedIncident, last: LogEvent): void {
    const { hub } = this.deps;
    try {
      const frame = frames.at(last.position);
      if (frame === null) hub.resync(slug);
      else hub.publish(frame);
    } catch (error) {
      this.#poison(slug, last, error);
    }
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
    this.#tellStandstill(slug);
  }

  /** Readers hold numbers that are out of date from now on: they get them again, with `stale` to say so. */
  #tellStandstill(slug: string): void {
    if (this.#toldStandstill.has(slug)) return;
    this.#toldStandstill.add(slug);
    this.deps.hub.resync(slug);
  }

  #moveTo(position: Position): void {
    if (position <= this.#position.value) return;
    this.deps.hub.advance(position);
    this.#position.next(position);
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
    while (!this.#stop.signal.aborted && !(await this.waitFor(position, endLookMs))) continue;
  }

  #notice(level: Notice['level'], message: string, error?: unknown): void {
    this.deps.onNotice({ level, message, error });
  }
}
