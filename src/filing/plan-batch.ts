import { decide } from '../domain/decide/decide.js';
import { encodeEvent } from '../domain/event-codec.js';
import type { FiledEvent } from '../domain/events.js';
import { filedUnder } from '../domain/filing-records.js';
import type { Refusal } from '../domain/refusal.js';
import { tryFiling } from '../domain/tally/ledger.js';
import { warningsOf } from '../domain/warnings/warnings.js';
import { appendBytesMax, type EventLog } from '../log/event-log.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import { incidentTag } from '../projections/version-tags.js';
import { answeredBefore, keyReused } from './answered-before.js';
import type { Batch, FilingJob, Planned } from './batch.js';
import { answerOf, type FoldedFiling, shownOf, statusOf, unchangedAnswer } from './filing-answer.js';
import { isOfIncident, tagAfter, versionRefusal } from './needed-version.js';
import type { RecentAnswers } from './recent-answers.js';

/** Filings stored in one append. */
const filingsInBatchMax = 256;
/** How long one batch may be worked on before it is appended, in ms: the event loop has others to serve. */
const planMsMax = 10;

export interface PlanDeps {
  readonly log: EventLog;
  readonly answers: RecentAnswers;
  readonly clock: () => Date;
}

/** What a request comes to, to be folded and stored. */
interface Decided {
  readonly kind: 'decided';
  readonly events: readonly FiledEvent[];
  /** Each event as the log keeps it. */
  readonly texts: readonly string[];
  readonly bytes: number;
}

/**
 * Takes requests off those that wait, decides one after the other, each on the ledger as the one before left it, and
 * folds what is to be stored into the ledger, ahead of the disk.
 */
export const planBatch = (incident: LoadedIncident, waiting: FilingJob[], deps: PlanDeps): Batch => {
  const batch: Batch = { planned: [], events: [], broken: false };
  const byKey = new Map<string, Planned>();
  const untilMs = performance.now() + planMsMax;
  let bytes = 0;
  while (batch.planned.length < filingsInBatchMax && !batch.broken) {
    const [job] = waiting;
    if (job === undefined || (batch.planned.length > 0 && performance.now() > untilMs)) break;
    let planned: Planned | Decided;
    try {
      planned = consider(incident, job, byKey, deps);
    } catch (error) {
      planned = { kind: 'failed', job, error };
    }
    if (planned.kind === 'decided') {
      const { events, texts } = planned;
      // Whole filings only: this one begins the next batch.
      if (bytes > 0 && bytes + planned.bytes > appendBytesMax) break;
      bytes += planned.bytes;
      planned = fold(incident, job, events, deps);
      if (planned.kind === 'failed') batch.broken = true;
      else
        for (const [place, event] of events.entries())
          batch.events.push({ id: event.id, ...encodeEvent(event), text: texts[place] });
      if (job.scopedKey !== null) byKey.set(job.scopedKey, planned);
    }
    waiting.shift();
    batch.planned.push(planned);
  }
  return batch;
};

/** Decides one request on the ledger as it stands: the events of a filing, or what else there is to answer. */
const consider = (
  incident: LoadedIncident,
  job: FilingJob,
  byKey: ReadonlyMap<string, Planned>,
  deps: PlanDeps,
): Planned | Decided => {
  const { command, request, ids, scopedKey } = job;
  const { state } = incident.ledger;
  const { idempotency, desk, person, correlationId } = request;
  if (idempotency !== null && scopedKey !== null) {
    const record = filedUnder(state.keys, desk, idempotency.key);
    if (record !== undefined) {
      if (record.bodyHash !== idempotency.bodyHash) return refused(job, keyReused(idempotency.key));
      const same = byKey.get(scopedKey);
      return same === undefined ? { kind: 'again', job, filingId: record.filing } : { kind: 'repeat', job, of: same };
    }
    const known = deps.answers.get(incident.slug, scopedKey);
    if (known !== undefined) return { kind: 'answer', job, answer: () => answeredBefore(idempotency, known) };
  }
  const decision = decide(state, command, {
    now: deps.clock().toISOString(),
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
};

/** Folds before it is stored: an event that cannot be folded never gets into the log. */
const fold = (incident: LoadedIncident, job: FilingJob, events: readonly FiledEvent[], deps: PlanDeps): Planned => {
  try {
    const changes = incident.apply(events, deps.log.isShared);
    const warnings = warningsOf(events, incident.ledger);
    const folded = { events, changes, warnings, shown: shownOf(incident.ledger.state) };
    return { kind: 'filing', job, folded, cellTag: tagAfter(incident, job.command) };
  } catch (error) {
    return { kind: 'failed', job, error };
  }
};

const refused = (job: FilingJob, refusal: Refusal): Planned => ({
  kind: 'answer',
  job,
  answer: () => ({ kind: 'refused', refusal }),
});
