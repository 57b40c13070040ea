import { type EventLog, LogUnavailableError } from '../log/event-log.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import { incidentTag } from '../projections/version-tags.js';
import { answeredBefore } from './answered-before.js';
import type { FilingJob, Planned } from './batch.js';
import { answerOf, statusOf } from './filing-answer.js';
import { isOfIncident } from './needed-version.js';
import { type Done, unavailable } from './outcome.js';
import type { RecentAnswers } from './recent-answers.js';
import { answerAgain } from './repeat-answer.js';
import type { UnchangedAnswers } from './unchanged-answers.js';

export interface AnswerDeps {
  readonly log: EventLog;
  readonly answers: RecentAnswers;
  readonly unchanged: UnchangedAnswers;
}

/** Answers all of a batch, now that it is on disk. */
export const settleBatch = (incident: LoadedIncident, planned: readonly Planned[], deps: AnswerDeps): void => {
  const { slug, epoch, positionOf } = incident;
  const doneOf = new Map<Planned, Done>();
  const first = planned.find((each) => each.kind === 'filing');
  // Filings of one append are neighbours; others may have come after them.
  let filing = incident.filings.findLastIndex((mark) => mark.filing === first?.job.ids.filingId);
  for (const each of planned) {
    const { job } = each;
    if (each.kind === 'answer') job.resolve(each.answer(incident));
    else if (each.kind === 'unchanged') void answerUnchanged(slug, job, each.answer(incident), deps);
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
      remember(slug, job, done, deps);
      job.resolve(done);
    }
  }
};

/** What has nothing to store is answered once the answer itself is on disk, for a repeat of its key. */
const answerUnchanged = async (slug: string, job: FilingJob, done: Done, deps: AnswerDeps): Promise<void> => {
  const { idempotency, dryRun } = job.request;
  if (idempotency === null || dryRun) {
    job.resolve(done);
    return;
  }
  try {
    const { bodyHash } = idempotency;
    const kept = await deps.unchanged.keep(job.ids, { bodyHash, done });
    const outcome = kept.done === done ? done : answeredBefore(idempotency, kept);
    if (outcome.kind === 'done') remember(slug, job, outcome, deps);
    job.resolve(outcome);
  } catch (error) {
    if (error instanceof LogUnavailableError) job.resolve(unavailable('logAway', error.message));
    else job.reject(error);
  }
};

const remember = (slug: string, job: FilingJob, done: Done, { answers }: AnswerDeps): void => {
  const { idempotency } = job.request;
  if (idempotency === null || job.scopedKey === null) return;
  answers.set(slug, job.scopedKey, { bodyHash: idempotency.bodyHash, done });
};

/** A repeat of what is in the log: from memory, or from the events up to it. Nobody waits for it. */
export const answerFromLog = async (
  slug: string,
  job: FilingJob,
  filingId: string,
  deps: AnswerDeps,
): Promise<void> => {
  const known = deps.answers.get(slug, job.scopedKey ?? '');
  if (known !== undefined) {
    job.resolve({ ...known.done, replayed: true });
    return;
  }
  try {
    const answer = await answerAgain(deps.log, slug, filingId);
    if (answer === null) throw new Error(`filing ${filingId} is not in the stream of ${slug}`);
    const done: Done = { kind: 'done', status: statusOf(job.command), ...answer, etag: null, replayed: true };
    remember(slug, job, done, deps);
    job.resolve(done);
  } catch (error) {
    if (error instanceof LogUnavailableError) job.resolve(unavailable('logAway', error.message));
    else job.reject(error);
  }
};
