import { getHeapStatistics } from 'node:v8';
import { streamOf } from '../domain/event-codec.js';
import { type EventLog, LogUnavailableError } from '../log/event-log.js';
import { foldRecorded } from './fold-recorded.js';
import { loadIncident, staleOf } from './load-incident.js';
import { dropped, LoadedIncident } from './loaded-incident.js';
import { filingsOf, lastOf, PoisonedError, type RecordedFiling } from './recorded-filing.js';
import type { Stale } from './wire.js';

/** How many incidents are kept in memory. */
export const incidentsLoadedMax = 512;
/** Events behind the incidents kept in memory, where there is room for them. */
const eventsLoadedMax = 500_000;
/** What an event of such an incident takes of the heap, in bytes, very roughly: revisions and frames included. */
const eventBytes = 3_500;
/** The part of the heap that these incidents may take; a smaller heap keeps fewer of them. */
const heapPart = 1 / 2;
/** A read waits no longer than this for an append whose outcome is being cleared up, in ms; nearly always some 2 ms. */
const readMsMax = 4_000;
/** How often a read or a recorded filing loads an incident anew because it was dropped meanwhile. */
const loadsMax = 10;

/** The incidents in memory: those used last, within bounds, loaded from their streams when asked for. */
export class IncidentCache {
  /** Incidents that stand still, by slug, with the reason; kept when the incident itself is let go. */
  readonly poisoned = new Map<string, Stale>();
  readonly #loaded = new Map<string, LoadedIncident>();
  readonly #loading = new Map<string, Promise<LoadedIncident | null>>();
  readonly #log: EventLog;
  readonly #incidentsMax: number;
  readonly #eventsMax: number;
  readonly #framesMax: number | undefined;
  #uses = 0;

  constructor(deps: {
    readonly log: EventLog;
    readonly incidentsMax?: number;
    readonly eventsMax?: number;
    readonly framesMax?: number;
  }) {
    this.#log = deps.log;
    this.#framesMax = deps.framesMax;
    this.#incidentsMax = deps.incidentsMax ?? incidentsLoadedMax;
    this.#eventsMax = deps.eventsMax ?? eventsThatFit();
  }

  get epoch(): string {
    return this.#log.epoch;
  }

  get size(): number {
    return this.#loaded.size;
  }

  /** The incident where it is in memory. */
  peek(slug: string): LoadedIncident | undefined {
    const incident = this.#loaded.get(slug);
    if (incident !== undefined) this.#use(incident);
    return incident;
  }

  /**
   * The incident, from memory or from its stream; who asks while it is being loaded waits for the same load.
   * @returns `null` where there is no such incident
   * @throws LogUnavailableError, LogRefusedError
   */
  load(slug: string): Promise<LoadedIncident | null> {
    const incident = this.peek(slug);
    if (incident !== undefined) return Promise.resolve(incident);
    const under = this.#loading.get(slug);
    if (under !== undefined) return under;
    const loading = this.#load(slug).finally(() => this.#loading.delete(slug));
    this.#loading.set(slug, loading);
    return loading;
  }

  /** An incident that is not there yet; it counts once it was opened and put in. */
  create(slug: string): LoadedIncident {
    return new LoadedIncident(slug, this.#log.epoch, this.#framesMax);
  }

  /** Takes in an incident that was just opened. */
  put(incident: LoadedIncident): void {
    this.#use(incident);
    this.#loaded.set(incident.slug, incident);
    this.#evict();
  }

  /** Gives up an incident whose ledger may hold what is not on disk. */
  drop(incident: LoadedIncident): void {
    incident.drop();
    if (this.#loaded.get(incident.slug) === incident) this.#loaded.delete(incident.slug);
  }

  /**
   * Reads an incident when nobody is changing it: only what is on disk is seen. `read` must not wait for anything.
   * @returns `null` where there is no such incident
   * @throws LogUnavailableError where that takes longer than `readMsMax`; LogRefusedError
   */
  async read<T>(slug: string, read: (incident: LoadedIncident) => T): Promise<T | null> {
    const here = this.peek(slug);
    // Nearly always: nothing to wait for.
    if (here !== undefined && !here.isHeld && !here.isDropped) return read(here);
    for (let load = 0; load < loadsMax; load += 1) {
      const incident = await this.load(slug);
      if (incident === null) return null;
      const result = await inTime(incident.settled(read), slug);
      if (result !== dropped) return result;
    }
    throw new LogUnavailableError(`Incident ${slug} could not be loaded ${loadsMax} times in a row`, false);
  }

  /**
   * Reads an incident as `read` does, for whoever looks at many of them once: one that is not in memory is folded for
   * this look alone, and pushes out none that is in use.
   * @returns `null` where there is no such incident
   * @throws LogUnavailableError, LogRefusedError
   */
  async glance<T>(slug: string, read: (incident: LoadedIncident) => T): Promise<T | null> {
    if (this.#loaded.has(slug) || this.#loading.has(slug)) return this.read(slug, read);
    const incident = await loadIncident(this.#log, slug, 0);
    if (incident === null) return null;
    this.#noteStandstill(incident);
    return read(incident);
  }

  /**
   * Brings a recorded filing to its incident, where it is not there yet, as the log's subscription tells of it: it may
   * come from another instance.
   * @returns the incident with the filing folded in, or as it stands where it is poisoned
   */
  async bring(slug: string, filing: RecordedFiling): Promise<LoadedIncident | null> {
    const lastSeq = Number(lastOf(filing).revision);
    for (let load = 0; load < loadsMax; load += 1) {
      const incident = await this.load(slug);
      if (incident === null) return null;
      if (incident.recordedCount > lastSeq) return incident;
      await incident.enter();
      try {
        if (incident.isDropped) continue;
        if (incident.stale !== null || incident.recordedCount > lastSeq) return incident;
        if (incident.recordedCount === Number(filing.events[0].revision)) {
          this.#fold(incident, filing);
          if (!incident.isDropped) return incident;
        } else this.drop(incident);
      } finally {
        incident.leave();
      }
    }
    throw new LogUnavailableError(`Incident ${slug} could not be loaded ${loadsMax} times in a row`, false);
  }

  /**
   * Folds in what others have added to an incident's stream. To be called in one's turn; it may be dropped, or stand
   * still, afterwards.
   * @throws LogUnavailableError, LogRefusedError
   */
  async catchUp(incident: LoadedIncident): Promise<void> {
    for await (const batch of this.#log.readStream(streamOf(incident.slug), BigInt(incident.recordedCount)))
      for (const filing of filingsOf(batch)) {
        if (incident.isDropped || incident.stale !== null) return;
        this.#fold(incident, filing);
      }
  }

  #fold(incident: LoadedIncident, filing: RecordedFiling): void {
    try {
      foldRecorded(incident, filing);
    } catch (error) {
      if (error instanceof PoisonedError) {
        incident.poison(staleOf(error));
        this.poisoned.set(incident.slug, staleOf(error));
        // Folded half, perhaps. The next load folds up to the last good filing and says what is wrong.
      } else this.drop(incident);
    }
  }

  async #load(slug: string): Promise<LoadedIncident | null> {
    const incident = await loadIncident(this.#log, slug, this.#framesMax);
    if (incident === null) return null;
    // Opened here while it was being read: the one that its writer holds is the newer one.
    const opened = this.#loaded.get(slug);
    if (opened !== undefined) return opened;
    this.#noteStandstill(incident);
    this.#use(incident);
    this.#loaded.set(slug, incident);
    this.#evict();
    return incident;
  }

  #noteStandstill({ slug, stale }: LoadedIncident): void {
    if (stale === null) this.poisoned.delete(slug);
    else this.poisoned.set(slug, stale);
  }

  #use(incident: LoadedIncident): void {
    this.#uses += 1;
    incident.lastUse = this.#uses;
  }

  #evict(): void {
    let count = this.#loaded.size;
    let events = 0;
    for (const incident of this.#loaded.values()) events += incident.recordedCount;
    if (count <= this.#incidentsMax && events <= this.#eventsMax) return;
    // Last used, last let go.
    for (const [slug, incident] of [...this.#loaded].sort(([, a], [, b]) => a.lastUse - b.lastUse)) {
      if ((count <= this.#incidentsMax && events <= this.#eventsMax) || count === 1) return;
      // One that is being changed stays: a second copy of it would not know what the first is about to write.
      if (incident.isHeld) continue;
      this.#loaded.delete(slug);
      count -= 1;
      events -= incident.recordedCount;
    }
  }
}

/** @throws LogUnavailableError where it takes longer than a reader waits */
const inTime = async <T>(settled: Promise<T>, slug: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new LogUnavailableError(`It is not known yet whether what was filed to ${slug} last is stored`, false)),
      readMsMax,
    );
  });
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
};

const eventsThatFit = (): number =>
  Math.min(eventsLoadedMax, Math.floor((getHeapStatistics().heap_size_limit * heapPart) / eventBytes));
