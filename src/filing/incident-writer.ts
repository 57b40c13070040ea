import type { Command } from '../domain/commands.js';
import { decide } from '../domain/decide/decide.js';
import { encodeEvent, streamOf } from '../domain/event-codec.js';
import type { FiledEvent } from '../domain/events.js';
import { keyOf } from '../domain/incident-state.js';
import type { Refusal } from '../domain/refusal.js';
import { tryFiling } from '../domain/tally/ledger.js';
import { warningsOf } from '../domain/warnings/warnings.js';
import {
  appendBytesMax,
  type EventLog,
  LogUnavailableError,
  type NewLogEvent,
  NO_STREAM,
  type StreamRevision,
} from '../log/event-log.js';
import type { IncidentCache } from '../projections/incident-cache.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import { cellTag, incidentTag, mayAmend, mayPin } from '../projections/version-tags.js';
import { appendWithRetry } from './append-with-retry.js';
import { answerOf, type FoldedFiling, shownOf, statusOf, unchangedAnswer } from './filing-answer.js';
import { type FilingIds, idsOfKey, newIds } from './filing-ids.js';
import { type Done, type FilingRequest, type Outcome, unavailable } from './outcome.js';
import type { RecentAnswer, RecentAnswers } from './recent-answers.js';
import { answerAgain } from './repeat-answer.js';
import type { UnchangedAnswers } from './unchanged-answers.js';

/** Requests that wait for one incident; past it, who comes is sent away. */
export const waitingMax = 1_000;
/** Filings stored in one append. */
const filingsInBatchMax = 256;
/** How long one batch may be worked on before it is appended, in ms: the event loop has others to serve. */
const planMsMax = 10;
/** How often a request is decided again because somebody else wrote to its stream. */
const conflictsMax = 30;

/** How long is waited for what a conflict was with, and between two looks, in ms. */
const catchUpMsMax = 2_000;
const catchUpAgainMs = 5;

export interface WriterDeps {
  readonly log: EventLog;
  readonly incidents: IncidentCache;
  readonly answers: RecentAnswers;
  readonly unchanged: UnchangedAnswers;
  readonly clock: () => Date;
  readonly newUuid: () => string;
  readonly random: () => number;
}

interface Job {
  readonly command: Command;
  readonly request: FilingRequest;
  readonly ids: FilingIds;
  /** Under which the incident remembers the request, where it has an idempotency key. */
  readonly scopedKey: string | null;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  conflicts: number;
}

/** What became of a job in a batch. Nothing is answered before the batch is on disk: it rests on what came before. */
type Planned =
  | { readonly kind: 'filing'; readonly job: Job; readonly folded: FoldedFiling; readonly cellTag: string | null }
  | { readonly kind: 'answer'; readonly job: Job; readonly answer: (incident: LoadedIncident) => Outcome }
  /** All is so already. */
  | { readonly kind: 'unchanged'; readonly job: Job; readonly answer: (incident: LoadedIncident) => Done }
  /** A repeat of a filing of the same batch. */
  | { readonly kind: 'repeat'; readonly job: Job; readonly of: Planned }
  /** A repeat of a filing in the log. */
  | { readonly kind: 'again'; readonly job: Job; readonly filingId: string }
  | { readonly kind: 'failed'; readonly job: Job; readonly error: unknown };

/** What a request comes to, to be folded and stored. */
interface Decided {
  readonly kind: 'decided';
  readonly events: readonly FiledEvent[];
  /** Each event as the log keeps it. */
  readonly texts: readonly string[];
  readonly bytes: number;
}

interface Batch {
  readonly planned: Planned[];
  readonly events: NewLogEvent[];
  /** Set where the ledger may be folded half: nothing of the batch is stored. */
  broken: boolean;
}

/**
 * The one writer of one incident in this process. It takes what waits, decides one request after the other on the
 * ledger in memory, and stores what comes of it in one append; meanwhile others come to wait. Incidents do not wait for
 * each other.
 */
export class IncidentWriter {
  #waiting: Job[] = [];
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
      const batch = this.#plan(incident);
      again = batch.planned.filter((planned) => planned.kind === 'again');
      await this.#store(incident, batch, loaded === null);
    } finally {
      incident.leave();
    }
    for (const { job, filingId } of again) void this.#answerAgain(job, filingId);
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

  #plan(incident: LoadedIncident): Batch {
    const batch: Batch = { planned: [], events: [], broken: false };
    const byKey = new Map<string, Planned>();
    const untilMs = performance.now() + planMsMax;
    let bytes = 0;
    while (batch.planned.length < filingsInBatchMax && !batch.broken) {
      const [job] = this.#waiting;
      if (job === undefined || (batch.planned.length > 0 && performance.now() > untilMs)) break;
      let planned: Planned | Decided;
      try {
        planned = this.#consider(incident, job, byKey);
      } catch (error) {
        planned = { kind: 'failed', job, error };
      }
      if (planned.kind === 'decided') {
        const { events, texts } = planned;
        // Whole filings only: this one begins the next batch.
        if (bytes > 0 && bytes + planned.bytes > appendBytesMax) break;
        bytes += planned.bytes;
        planned = this.#fold(incident, job, events);
        if (planned.kind === 'failed') batch.broken = true;
        else
          for (const [place, event] of events.entries())
            batch.events.push({ id: event.id, ...encodeEvent(event), text: texts[place] });
        if (job.scopedKey !== null) byKey.set(job.scopedKey, planned);
      }
      this.#waiting.shift();
      batch.planned.push(planned);
    }
    return batch;
  }

  /** Decides one request on the ledger as it stands: the events of a filing, or what else there is to answer. */
  #consider(incident: LoadedIncident, job: Job, byKey: ReadonlyMap<string, Planned>): Planned | Decided {
    const { command, request, ids, scopedKey } = job;
    const { state } = incident.ledger;
    const { idempotency, desk, person, correlationId } = request;
    if (idempotency !== null && scopedKey !== null) {
      const record = state.keys.get(scopedKey);
      if (record !== undefined) {
        if (record.bodyHash !== idempotency.bodyHash) return refused(job, keyReused(idempotency.key));
        const same = byKey.get(scopedKey);
        return same === undefined ? { kind: 'again', job, filingId: record.filing } : { kind: 'repeat', job, of: same };
      }
      const known = this.deps.answers.get(this.slug, scopedKey);
      if (known !== undefined) return { kind: 'answer', job, answer: () => answeredBefore(idempotency, known) };
    }
    const decision = decide(state, command, {
      now: this.deps.clock().toISOString(),
      newId: ids.eventId,
      filingId: ids.filingId,
      ledger: incident.ledger,
      meta: {
        desk,
        person,
        correlationId,
        ...(idempotency === null ? {} : { key: idempotency.key, bodyHash: idempotency.bodyHash }),
      },
    });
    if (decision.kind === 'refused') return refused(job, decision.refusal);
    const stale = versionRefusal(incident, command, request.ifMatch);
    if (stale !== null) return refused(job, stale);
    if (decision.kind === 'unchanged') {
      const shown = shownOf(state);
      const tag = tagAfter(incident, command);
      return {
        kind: 'unchanged',
        job,
        answer: ({ position, epoch }) => {
          const answer = unchangedAnswer(command, decision.subject, shown, position);
          const etag = isOfIncident(command) ? incidentTag(epoch, position) : tag;
          return { kind: 'done', status: statusOf(command), ...answer, etag, replayed: false };
        },
      };
    }
    if (!request.dryRun) {
      const { events, texts, bytes } = decision;
      return { kind: 'decided', events, texts, bytes };
    }
    const { events } = decision;
    const folded = tryFiling(incident.ledger, events, (changes): FoldedFiling => {
      const warnings = warningsOf(events, incident.ledger);
      return { events, changes, warnings, shown: shownOf(state) };
    });
    return {
      kind: 'answer',
      job,
      answer: ({ epoch, position, positionOf }) => ({
        kind: 'done',
        status: statusOf(command),
        ...answerOf(folded, { epoch, position, positionOf }),
        etag: null,
        replayed: false,
      }),
    };
  }

  /** Folds before it is stored: an event that cannot be folded never gets into the log. */
  #fold(incident: LoadedIncident, job: Job, events: readonly FiledEvent[]): Planned {
    try {
      const changes = incident.apply(events, this.deps.log.isShared);
      const warnings = warningsOf(events, incident.ledger);
      const folded = { events, changes, warnings, shown: shownOf(incident.ledger.state) };
      return { kind: 'filing', job, folded, cellTag: tagAfter(incident, job.command) };
    } catch (error) {
      return { kind: 'failed', job, error };
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
      this.#settle(incident, batch.planned);
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
        this.#settle(incident, batch.planned);
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
    const jobs: Job[] = [];
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
    const found = error.outcomeUnknown ? await this.#foundInStream(planned) : null;
    if (found === 'others') {
      // Nothing of this batch can be stored any more: something else stands in its place.
      this.#decideAgain(planned);
      return;
    }
    if (found !== null) {
      this.#settle(found, planned);
      return;
    }
    const detail = error.outcomeUnknown
      ? 'The log is away, and it is not known whether the request was stored: repeat it with its Idempotency-Key.'
      : 'The log is away; nothing was stored.';
    for (const each of planned) each.job.resolve(unavailable('logAway', detail));
  }

  /**
   * The incident where all of a batch is in its stream, as it was planned; `others` where another instance has stored
   * the same requests, which got the same ids there, and recorded them at another time.
   */
  async #foundInStream(planned: readonly Planned[]): Promise<LoadedIncident | 'others' | null> {
    try {
      const incident = await this.deps.incidents.load(this.slug);
      if (incident === null) return null;
      const recordedAtMs = new Map(incident.filings.map((mark) => [mark.filing, mark.recordedAtMs]));
      let all = true;
      for (const each of planned) {
        if (each.kind !== 'filing') continue;
        const recorded = recordedAtMs.get(each.job.ids.filingId);
        if (recorded === undefined) all = false;
        else if (recorded !== Date.parse(each.folded.events[0]?.meta.recordedAt ?? '')) return 'others';
      }
      // One append: all of it is there, or none.
      return all ? incident : null;
    } catch {
      return null;
    }
  }

  /** Answers all of a batch, now that it is on disk. */
  #settle(incident: LoadedIncident, planned: readonly Planned[]): void {
    const { epoch, positionOf } = incident;
    const doneOf = new Map<Planned, Done>();
    const first = planned.find((each) => each.kind === 'filing');
    // Filings of one append are neighbours; others may have come after them.
    let filing = incident.filings.findLastIndex((mark) => mark.filing === first?.job.ids.filingId);
    for (const each of planned) {
      const { job } = each;
      if (each.kind === 'answer') job.resolve(each.answer(incident));
      else if (each.kind === 'unchanged') void this.#answerUnchanged(job, each.answer(incident));
      else if (each.kind === 'failed') job.reject(each.error);
      else if (each.kind === 'repeat') {
        const done = doneOf.get(each.of);
        if (done === undefined) job.reject(new Error('a repeat without its first'));
        else job.resolve({ ...done, replayed: true });
      } else if (each.kind === 'filing') {
        const position = BigInt(positionOf(incident.filings[filing]?.lastSeq ?? 0));
        filing += 1;
        const done: Done = {
          kind: 'done',
          status: statusOf(job.command),
          ...answerOf(each.folded, { epoch, position, positionOf }),
          etag: isOfIncident(job.command) ? incidentTag(epoch, position) : each.cellTag,
          replayed: false,
        };
        doneOf.set(each, done);
        this.#remember(job, done);
        job.resolve(done);
      }
    }
  }

  /** What has nothing to store is answered once the answer itself is on disk, for a repeat of its key. */
  async #answerUnchanged(job: Job, done: Done): Promise<void> {
    const { idempotency, dryRun } = job.request;
    if (idempotency === null || dryRun) {
      job.resolve(done);
      return;
    }
    try {
      const { bodyHash } = idempotency;
      const kept = await this.deps.unchanged.keep(job.ids, { bodyHash, done });
      const outcome = kept.done === done ? done : answeredBefore(idempotency, kept);
      if (outcome.kind === 'done') this.#remember(job, outcome);
      job.resolve(outcome);
    } catch (error) {
      if (error instanceof LogUnavailableError) job.resolve(unavailable('logAway', error.message));
      else job.reject(error);
    }
  }

  #remember(job: Job, done: Done): void {
    const { idempotency } = job.request;
    if (idempotency === null || job.scopedKey === null) return;
    this.deps.answers.set(this.slug, job.scopedKey, { bodyHash: idempotency.bodyHash, done });
  }

  /** A repeat of what is in the log: from memory, or from the events up to it. Nobody waits for it. */
  async #answerAgain(job: Job, filingId: string): Promise<void> {
    const known = this.deps.answers.get(this.slug, job.scopedKey ?? '');
    if (known !== undefined) {
      job.resolve({ ...known.done, replayed: true });
      return;
    }
    try {
      const answer = await answerAgain(this.deps.log, this.slug, filingId);
      if (answer === null) throw new Error(`filing ${filingId} is not in the stream of ${this.slug}`);
      const done: Done = { kind: 'done', status: statusOf(job.command), ...answer, etag: null, replayed: true };
      this.#remember(job, done);
      job.resolve(done);
    } catch (error) {
      if (error instanceof LogUnavailableError) job.resolve(unavailable('logAway', error.message));
      else job.reject(error);
    }
  }
}

/** The answer to a request whose key was used: the first one again, or, with another body, a refusal. */
export const answeredBefore = (
  { key, bodyHash }: { readonly key: string; readonly bodyHash: string },
  known: RecentAnswer,
): Outcome =>
  known.bodyHash === bodyHash ? { ...known.done, replayed: true } : { kind: 'refused', refusal: keyReused(key) };

const refused = (job: Job, refusal: Refusal): Planned => ({
  kind: 'answer',
  job,
  answer: () => ({ kind: 'refused', refusal }),
});

const keyReused = (key: string): Refusal => ({
  code: 'idempotency-key-reused',
  detail: `The Idempotency-Key ${JSON.stringify(key)} was used for another request.`,
  errors: [],
});

const isOfIncident = (command: Command): boolean => command.kind === 'openIncident' || command.kind === 'amendIncident';

const tagAfter = (incident: LoadedIncident, command: Command): string | null =>
  command.kind === 'pinEstimate' || command.kind === 'unpinEstimate' ? cellTag(incident, command.cell) : null;

/** Whether a command that needs a version has the present one. Looked at last: what is wrong anyway is said first. */
const versionRefusal = (incident: LoadedIncident, command: Command, ifMatch: string | null): Refusal | null => {
  if (command.kind !== 'amendIncident' && command.kind !== 'pinEstimate' && command.kind !== 'unpinEstimate')
    return null;
  const what = command.kind === 'amendIncident' ? 'incident' : `cell ${command.cell}`;
  if (ifMatch === null)
    return {
      code: 'version-required',
      detail: `Send If-Match with the ETag of the ${what} as you read it.`,
      errors: [],
    };
  const current =
    command.kind === 'amendIncident' ? mayAmend(incident, ifMatch) : mayPin(incident, command.cell, ifMatch);
  return current
    ? null
    : { code: 'stale-version', detail: `The ${what} has changed since you read it; read it again.`, errors: [] };
};
