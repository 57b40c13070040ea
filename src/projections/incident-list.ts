import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { rulesVersion } from '../domain/vocabulary.js';
import type { Checkpoint, EventLog, Position } from '../log/event-log.js';
import { type IncidentRow, searchForm } from './incident-row.js';
import { openViews } from './views-store.js';
import type { Stale } from './wire.js';

/** Up to where the list covers the log. The event's id proves that the log is still the one that was read. */
export interface ListCheckpoint extends Checkpoint {
  readonly eventId: string;
}

export interface ListQuery {
  /** Words to be found in slug, title or place. */
  readonly q?: string | undefined;
  /** Exclusive, in the order asked for: the `opened` of the last incident before. */
  readonly after?: Position | undefined;
  readonly limit: number;
  readonly order: 'asc' | 'desc';
}

const name = 'incidents';

/**
 * The list of incidents with their headlines, kept in a file so that a start need not fold every incident. Its rows and
 * its checkpoint change in one transaction. Rows may be newer than the checkpoint, never older: who starts from the
 * checkpoint makes the later ones again, the same.
 */
export class IncidentList {
  readonly #db: DatabaseSync;
  readonly #upsert: StatementSync;
  readonly #checkpoint: StatementSync;
  readonly #poison: StatementSync;
  #generation: bigint;

  constructor(options: { readonly directory: string; readonly onDiscarded?: (reason: string) => void }) {
    this.#db = openViews(options.directory, options.onDiscarded ?? (() => undefined));
    // A row of an earlier generation gives way to whatever a rebuild says; in one generation the newer row stays.
    this.#upsert = this.#db.prepare(
      `INSERT INTO incidents (slug, opened, position, search, incident, headline, complete, generation)
       VALUES (:slug, :opened, :position, :search, :incident, :headline, :complete, :generation)
       ON CONFLICT (slug) DO UPDATE SET opened = excluded.opened, position = excluded.position,
         search = excluded.search, incident = excluded.incident, headline = excluded.headline,
         complete = excluded.complete, generation = excluded.generation
       WHERE excluded.generation > generation OR excluded.position > position
         OR (excluded.position = position AND excluded.complete >= complete)`,
    );
    this.#checkpoint = this.#db.prepare(
      'INSERT OR REPLACE INTO checkpoints (name, epoch, rules, position, token, event_id) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#poison = this.#db.prepare('INSERT INTO poisoned (slug, stale) VALUES (?, ?)');
    const newest = this.#db.prepare('SELECT coalesce(max(generation), 0) AS newest FROM incidents');
    newest.setReadBigInts(true);
    this.#generation = newest.get()?.['newest'] as bigint;
  }

  /**
   * The checkpoint to go on from; `null` where the list has to be made from the first event on: it is new, of another
   * log, of other rules, or the log does not hold the event that it ends with. A list of another log or of other rules
   * is emptied at once, rather than shown.
   */
  async resume(log: EventLog): Promise<Checkpoint | null> {
    const read = this.#db.prepare('SELECT epoch, rules, position, token, event_id FROM checkpoints WHERE name = ?');
    read.setReadBigInts(true);
    const row = read.get(name);
    if (row !== undefined && row['epoch'] === log.epoch && row['rules'] === rulesVersion) {
      const position = row['position'] as bigint;
      const found = await log.checkpointAt(position);
      if (found !== null && found.eventId === row['event_id']) return { position, token: String(row['token']) };
    }
    this.#db.exec('BEGIN; DELETE FROM incidents; DELETE FROM poisoned; DELETE FROM checkpoints; COMMIT');
    return null;
  }

  /** A rebuild begins: rows made from now on replace those from before, and an interrupted rebuild starts over. */
  beginRebuild(): void {
    this.#generation += 1n;
    this.#db.prepare('DELETE FROM checkpoints WHERE name = ?').run(name);
  }

  /** A rebuild is complete: what it did not find again is gone. */
  endRebuild(): void {
    this.#db.prepare('DELETE FROM incidents WHERE generation < ?').run(this.#generation);
  }

  /**
   * Writes rows and, where given, the checkpoint up to which all of the list is now made, in one transaction.
   * @param poisoned the incidents that stand still, all of them: a start from the checkpoint would not meet them again
   */
  write(
    rows: readonly IncidentRow[],
    epoch: string,
    checkpoint: ListCheckpoint | null,
    poisoned: ReadonlyMap<string, Stale>,
  ): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const row of rows)
        this.#upsert.run({
          slug: row.slug,
          opened: row.opened,
          position: row.position,
          search: row.search,
          incident: row.incident,
          headline: row.headline,
          complete: row.complete ? 1 : 0,
          generation: this.#generation,
        });
      this.#db.exec('DELETE FROM poisoned');
      for (const [slug, stale] of poisoned) this.#poison.run(slug, JSON.stringify(stale));
      if (checkpoint !== null)
        this.#checkpoint.run(name, epoch, rulesVersion, checkpoint.position, checkpoint.token, checkpoint.eventId);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** One page of the list, in the order in which the incidents were opened. */
  page({ q, after, limit, order }: ListQuery): { readonly rows: readonly IncidentRow[]; readonly hasMore: boolean } {
    const words = searchForm(q ?? '')
      .split(/\s+/u)
      .filter((word) => word !== '');
    const statement = this.#db.prepare(
      `SELECT slug, opened, position, search, incident, headline, complete FROM incidents
       WHERE opened ${order === 'asc' ? '>' : '<'} ? ${words.map(() => 'AND instr(search, ?) > 0').join(' ')}
       ORDER BY opened ${order === 'asc' ? 'ASC' : 'DESC'} LIMIT ?`,
    );
    statement.setReadBigInts(true);
    const from = after ?? (order === 'asc' ? -1n : 2n ** 63n - 1n);
    const rows = statement.all(from, ...words, limit + 1).map((row): IncidentRow => ({
      slug: String(row['slug']),
      opened: row['opened'] as bigint,
      position: row['position'] as bigint,
      search: String(row['search']),
      incident: String(row['incident']),
      headline: row['headline'] === null ? null : String(row['headline']),
      complete: row['complete'] === 1n,
    }));
    return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
  }

  /** Slugs of all incidents, or of those whose last event comes after a position; in the order of opening. */
  slugs(after: Position = -1n): string[] {
    return this.#db
      .prepare('SELECT slug FROM incidents WHERE position > ? ORDER BY opened')
      .all(after)
      .map((row) => String(row['slug']));
  }

  /** Slugs of the incidents that stood still when the list was last written. */
  poisoned(): string[] {
    return this.#db
      .prepare('SELECT slug FROM poisoned')
      .all()
      .map((row) => String(row['slug']));
  }

  close(): void {
    this.#db.close();
  }
}
