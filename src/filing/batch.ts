import type { Command } from '../domain/commands.js';
import type { NewLogEvent } from '../log/event-log.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import type { FoldedFiling } from './filing-answer.js';
import type { FilingIds } from './filing-ids.js';
import type { Done, FilingRequest, Outcome } from './outcome.js';

/** A request that waits for its incident, and whoever waits for the request. */
export interface FilingJob {
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
export type Planned =
  | { readonly kind: 'filing'; readonly job: FilingJob; readonly folded: FoldedFiling; readonly cellTag: string | null }
  | { readonly kind: 'answer'; readonly job: FilingJob; readonly answer: (incident: LoadedIncident) => Outcome }
  /** All is so already. */
  | { readonly kind: 'unchanged'; readonly job: FilingJob; readonly answer: (incident: LoadedIncident) => Done }
  /** A repeat of a filing of the same batch. */
  | { readonly kind: 'repeat'; readonly job: FilingJob; readonly of: Planned }
  /** A repeat of a filing in the log. */
  | { readonly kind: 'again'; readonly job: FilingJob; readonly filingId: string }
  | { readonly kind: 'failed'; readonly job: FilingJob; readonly error: unknown };

/** What is stored in one append, and answered once that is on disk. */
export interface Batch {
  readonly planned: Planned[];
  readonly events: NewLogEvent[];
  /** Set where the ledger may be folded half: nothing of the batch is stored. */
  broken: boolean;
}
