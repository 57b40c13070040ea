import type { Command } from '../domain/commands.js';
import type { EventLog } from '../log/event-log.js';
import type { IncidentCache } from '../projections/incident-cache.js';
import { IncidentWriter, type WriterDeps } from './incident-writer.js';
import { type FilingRequest, type Outcome, unavailable } from './outcome.js';
import { RecentAnswers } from './recent-answers.js';

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
  #closing = false;

  constructor(deps: FilingDeskDeps) {
    this.#deps = { ...deps, answers: new RecentAnswers() };
  }

  /**
   * Executes a command on an incident.
   * @throws LogRefusedError where the log refuses for good (no space, damaged)
   */
  execute(slug: string, command: Command, request: FilingRequest): Promise<Outcome> {
    if (this.#closing) return Promise.resolve(unavailable('closing', 'The service is about to stop.'));
    let writer = this.#writers.get(slug);
    if (writer === undefined) {
      writer = new IncidentWriter(slug, this.#deps, () => this.#writers.delete(slug));
      this.#writers.set(slug, writer);
    }
    return writer.execute(command, request);
  }

  /** Takes no more commands, and resolves when those under way are answered. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#writers.values()].map((writer) => writer.idle()));
  }
}
