import type { Command } from '../domain/commands.js';
import { streamOf } from '../domain/event-codec.js';
import { keyOf } from '../domain/incident-state.js';
import { LogUnavailableError, NO_STREAM, type StreamRevision } from '../log/event-log.js';
import type { IncidentCache } from '../projections/incident-cache.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import { appendWithRetry } from './append-with-retry.js';
import type { Batch, FilingJob, Planned } from './batch.js';
import { idsOfKey, newIds } from './filing-ids.js';
import { type FilingRequest, type Outcome, unavailable } from './outcome.js';
import { planBatch, type PlanDeps } from './plan-batch.js';
import { answerFromLog, type AnswerDeps, settleBatch } from './settle-batch.js';
import { storedAfterAll } from './stored-after-all.js';

/** Requests that wait for one incident; past it, who comes is sent away. */
export const waitingMax = 1_000;
/** How often a request is decided again because somebody else wrote to its stream. */
const conflictsMax = 30;

/** How long is waited for what a conflict was with, and between two looks, in ms. */
const catchUpMsMax = 2_000;
const catchUpAgainMs = 5;

export interface WriterDeps extends PlanDeps, AnswerDeps {
  readonly incidents: IncidentCache;
  readonly newUuid: () => string;
  readonly random: () => number;
}

/**
 * The one writer of one incident in this process. It takes what waits, decides one request after the other on the
 * ledger in memory (`planBatch`), and stores what comes of it in one append; then all of them are answered
 * (`settleBatch`). Meanwhile others come to wait. Incidents do not wait for each other.
 */
export class IncidentWriter {
  #waiting: FilingJob[] = [];
  #running: Promise<void> | null = null;
  /** The last revision of the stream as the last conflict told it. */
  #conflictAt: StreamRevision = NO_STREAM;

  constructor(
    private readonly slug: string,
    private readonly deps: WriterDeps,
    private readonly onIdle: () => void,
  ) {}

  execute(command: Command, request: FilingRequest): Promise<Outcome> {
    if (this.#waiting.length >= waitingMax)
      return Promise.resolve(unavailable('busy', `${waitingMax} requests wait for incident ${this.slug} already.`));
    return new Promise((resolve, reject) => {
      const { idempotency, desk } = request;
      const ids = idempotency === null ? newIds(this.deps.newUuid) : idsOfKey(this.slug, desk, idempotency.key);
      const scopedKey = idempotency === null ? null : keyOf(desk, idempotency.key);
      this.#waiting.push({ command, request, ids, scopedKey, resolve, reject, conflicts: 0 });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // Those who ask in this turn of the event loop share the first batch too.
    await Promise.resolve();
    while (this.#waiting.length > 0)
      try {
        await this.#turn();
      } catch (error) {
        // Nobody was told anything yet; all who wait would meet the same.
        const reason = error instanceof LogUnavailableError ? unavailable('logAway', error.message) : null;
        for (const job of this.#waiting.splice(0))
          if (reason === null) job.reject(error);
          else job.resolve(reason);
      }
    this.#running = null;
    this.onIdle();
  }

  async #turn(): Promise<void> {
    const { incidents } = this.deps;
    const loaded = incidents.peek(this.slug) ?? (await incidents.load(this.slug));
    const incident = loaded ?? incidents.create(this.slug);
    let again: readonly (Planned & { kind: 'again' })[] = [];
    if (!incident.enterNow()) await incident.enter();
    try {
      if (incident.isDropped) return;
      await this.#catchUp(incident);
      if (incident.isDropped) return;
      if (incident.stale !== null) {
        const { position, error } = incident.stale;
        const detail = `Incident ${this.slug} stands still: its event at position ${position} cannot be folded (${error}).`;
        for (const job of this.#waiting.splice(0)) job.resolve(unavailable('poisoned', detail));
        return;
      }
      const batch = planBatch(incident, this.#waiting, this.deps);
      again = batch.planned.filter((planned) => planned.kind === 'again');
      await this.#store(incident, batch, loaded === null);
    } finally {
      incident.leave();
    }
    for (const { job, filingId } of again) void answerFromLog(this.slug, job, filingId, this.deps);
  }

  /**
   * After a conflict there is more in the stream than the subscription has told so far, and a log may tell a conflict
   * with what it shows to readers a moment later only: to decide before that would be another conflict.
   */
  async #catchUp(incident: LoadedIncident): Promise<void> {
    const untilMs = performance.now() + catchUpMsMax;
    for (;;) {
      if (BigInt(incident.recordedCount) > this.#conflictAt || incident.isDropped || incident.stale !== null) return;
      await this.deps.incidents.catchUp(incident);
      if (BigInt(incident.recordedCount) > this.#conflictAt || performance.now() > untilMs) return;
      await new Promise((resolve) => setTimeout(resolve, catchUpAgainMs));
    }
  }

  async #store(incident: LoadedIncident, batch: Batch, isNew: boolean): Promise<void> {
    const { log, incidents, random } = this.deps;
    if (batch.broken) {
      // Only the last one is at fault; the others are decided again on a ledger that is whole.
      incidents.drop(incident);
      const failed = batch.planned.pop();
      if (failed?.kind === 'failed') failed.job.reject(failed.error);
      this.#waiting.unshift(...batch.planned.map(({ job }) => job));
      return;
    }
    if (batch.events.length === 0) {
      settleBatch(incident, batch.planned, this.deps);
      return;
    }
    const expected = BigInt(incident.recordedCount) - 1n;
    try {
      const result = await appendWithRetry(log, streamOf(this.slug), expected, batch.events, random);
      if (result.ok) {
        let at = 0;
        for (const planned of batch.planned) {
          if (planned.kind !== 'filing') continue;
          const { events, changes } = planned.folded;
          incident.commit(events, result.positions.slice(at, at + events.length), changes);
          at += events.length;
        }
        if (isNew) incidents.put(incident);
        settleBatch(incident, batch.planned, this.deps);
        return;
      }
      // Somebody else wrote to the stream: nothing is stored, and all is decided again on what is there now.
      this.#conflictAt = result.actual;
      this.#takeBack(incident);
      this.#decideAgain(batch.planned);
    } catch (error) {
      if (error instanceof LogUnavailableError && !error.outcomeUnknown) this.#takeBack(incident);
      else incidents.drop(incident);
      await this.#afterFailure(batch.planned, error);
    }
  }

  /** Nothing of what was folded in ahead of the disk is stored: the incident goes on as it was before. */
  #takeBack(incident: LoadedIncident): void {
    const { log, incidents } = this.deps;
    if (log.isShared) incident.rollBack();
    else incidents.drop(incident);
  }

  #decideAgain(planned: readonly Planned[]): void {
    const jobs: FilingJob[] = [];
    for (const { job } of planned) {
      job.conflicts += 1;
      if (job.conflicts < conflictsMax) jobs.push(job);
      else job.resolve(unavailable('busy', `Others write to incident ${this.slug} all the time.`));
    }
    this.#waiting.unshift(...jobs);
  }

  /** The log is away. Where it may have stored the batch all the same, the stream tells, if it can be read. */
  async #afterFailure(planned: readonly Planned[], error: unknown): Promise<void> {
    if (!(error instanceof LogUnavailableError)) {
      for (const each of planned) each.job.reject(error);
      return;
    }
    const found = error.outcomeUnknown ? await storedAfterAll(this.deps.incidents, this.slug, planned) : null;
    if (found === 'others') {
      // Nothing of this batch can be stored any more: something else stands in its place.
      this.#decideAgain(planned);
      return;
    }
    if (found !== null) {
      settleBatch(found, planned, this.deps);
      return;
    }
    const detail = error.outcomeUnknown
      ? 'The log is away, and it is not known whether the request was stored: repeat it with its Idempotency-Key.'
      : 'The log is away; nothing was stored.';
    for (const each of planned) each.job.resolve(unavailable('logAway', detail));
  }
}
