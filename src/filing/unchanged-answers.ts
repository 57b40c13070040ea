import type { EventLog } from '../log/event-log.js';
import { NO_STREAM } from '../log/event-log.js';
import { appendWithRetry } from './append-with-retry.js';
import type { FilingIds } from './filing-ids.js';
import type { Done } from './outcome.js';
import type { RecentAnswer } from './recent-answers.js';

/*
 * STORED SHAPE, as those of `domain/events.ts`: never rename or reshape, only add a version.
 */
const answerType = 'AnsweredUnchanged.v1';

/** Nothing of an incident: a stream of its own for each answer, so that no incident's history and position move. */
const streamOf = ({ filingId }: FilingIds): string => `tollbook-unchanged-${filingId}`;

export interface UnchangedAnswersDeps {
  readonly log: EventLog;
  readonly clock: () => Date;
  readonly random: () => number;
}

/**
 * What was answered under an idempotency key although all was so already (a second retraction). The incident's stream
 * has nothing of such a request. Were it forgotten, a repeat that comes late would be decided anew, and take out what
 * somebody has reinstated meanwhile.
 */
export class UnchangedAnswers {
  constructor(private readonly deps: UnchangedAnswersDeps) {}

  /** @throws LogUnavailableError */
  async find(ids: FilingIds): Promise<RecentAnswer | null> {
    for await (const [event] of this.deps.log.readStream(streamOf(ids)))
      if (event !== undefined) return answerIn(event);
    return null;
  }

  /**
   * Resolves once the answer is on disk, with the one that stands: where another instance was first, its own.
   * @throws LogUnavailableError, LogRefusedError
   */
  async keep(ids: FilingIds, { bodyHash, done }: RecentAnswer): Promise<RecentAnswer> {
    const { log, clock, random } = this.deps;
    const { status, json, made } = done;
    const event = {
      id: ids.filingId,
      type: answerType,
      data: { bodyHash, status, json, made },
      meta: { recordedAt: clock().toISOString() },
    };
    const result = await appendWithRetry(log, streamOf(ids), NO_STREAM, [event], random);
    return (result.ok ? null : await this.find(ids)) ?? { bodyHash, done };
  }
}

/** @throws Error on what this version cannot read: to pass over it would decide the request once more */
const answerIn = ({ id, type, data }: { id: string; type: string; data: unknown }): RecentAnswer => {
  const { bodyHash, status, json, made } = (data ?? {}) as Readonly<Record<string, unknown>>;
  if (type !== answerType || typeof bodyHash !== 'string' || typeof json !== 'string' || !isStatus(status))
    throw new Error(`the answer ${id} (${type}) cannot be read`);
  const madeOrNull = typeof made === 'string' ? made : null;
  return { bodyHash, done: { kind: 'done', status, json, made: madeOrNull, etag: null, replayed: true } };
};

const isStatus = (value: unknown): value is Done['status'] => value === 200 || value === 201;
