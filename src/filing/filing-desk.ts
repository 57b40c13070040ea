import type { Command } from '../domain/commands.js';
import { keyOf } from '../domain/incident-state.js';
import { type EventLog, LogUnavailableError } from '../log/event-log.js';
import type { IncidentCache } from '../projections/incident-cache.js';
import { answeredBefore } from './answered-before.js';
import { type FilingIds, idsOfKey } from './filing-ids.js';
import { IncidentWriter, type WriterDeps } from './incident-writer.js';
import { type FilingRequest, type Outcome, unavailable } from './outcome.js';
import { RecentAnswers } from './recent-answers.js';
import { UnchangedAnswers } from './unchanged-answers.js';

export interface FilingDeskDeps {
  readonly log: EventLog;
  readonly incidents: IncidentCache;
  readonly clock: () => Date;
  readonly newUuid: () => string;
  readonly random: () => number;
}

/** Takes commands; answers once what they come to is on disk. */
export class FilingDesk {
  readonly #writers = new Map<string, IncidentWriter>();
  readonly #deps: WriterDeps;
  /** Decisions under a key, by the id of what they would file. */
  readonly #decisions = new Map<string, Promise<Outcome>>();
  #closing = false;

  constructor(deps: FilingDeskDeps) {
    this.#deps = { ...deps, answers: new RecentAnswers(), unchanged: new UnchangedAnswers(deps) };
  }

  /**
   * Executes a command on an incident.
   * @throws LogRefusedError where the log refuses for good (no space, damaged)
   */
  execute(slug: string, command: Command, request: FilingRequest): Promise<Outcome> {
    if (this.#closing) return Promise.resolve(closing());
    const { desk, idempotency } = request;
    if (idempotency === null || request.dryRun || !mayBeSoAlready(command)) return this.#handOn(slug, command, request);
    const ids = idsOfKey(slug, desk, idempotency.key);
    const { filingId } = ids;
    const before = this.#decisions.get(filingId) ?? Promise.resolve();
    const decision = before
      .catch(() => undefined)
      .then(() => this.#answered(slug, desk, idempotency, ids))
      .then((answered) => answered ?? (this.#closing ? closing() : this.#handOn(slug, command, request)))
      .finally(() => {
        if (this.#decisions.get(filingId) === decision) this.#decisions.delete(filingId);
      });
    this.#decisions.set(filingId, decision);
    return decision;
  }

  #handOn(slug: string, command: Command, request: FilingRequest): Promise<Outcome> {
    let writer = this.#writers.get(slug);
    if (writer === undefined) {
      writer = new IncidentWriter(slug, this.#deps, () => this.#writers.delete(slug));
      this.#writers.set(slug, writer);
    }
    return writer.execute(command, request);
  }

  /**
   * A repeat of what came to nothing finds nothing of it in the incident: only the answer that was kept tells it.
   * @returns `null` where no answer is at hand: the request is then for the incident's writer
   */
  async #answered(
    slug: string,
    desk: string,
    idempotency: NonNullable<FilingRequest['idempotency']>,
    ids: FilingIds,
  ): Promise<Outcome | null> {
    const { answers, unchanged } = this.#deps;
    try {
      const known = answers.get(slug, keyOf(desk, idempotency.key)) ?? (await unchanged.find(ids));
      return known === null ? null : answeredBefore(idempotency, known);
    } catch (error) {
      if (error instanceof LogUnavailableError) return unavailable('logAway', error.message);
      throw error;
    }
  }

  /** Takes no more commands, and resolves when those under way are answered. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#decisions.values());
    await Promise.all([...this.#writers.values()].map((writer) => writer.idle()));
  }
}

const closing = (): Outcome => unavailable('closing', 'The service is about to stop.');

/** A report always has figures to store, and an incident is opened once. */
const mayBeSoAlready = ({ kind }: Command): boolean => kind !== 'fileReport' && kind !== 'openIncident';
