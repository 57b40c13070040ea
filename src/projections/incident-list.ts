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

/** What changes with the rows, in the same transaction. */
export interface ListState {
  readonly epoch: string;
  /** Up to where all of the shown list is now made; `null` leaves it where it was. */
  readonly checkpoint: ListCheckpoint | null;
  /** The incidents that stand still, all of them: a start from the checkpoint would not meet them again. */
  readonly poisoned: ReadonlyMap<string, Stale>;
}

const name = 'incidents';

/**
 * The list of incidents with their headlines, kept in a file so that a start need not fold every incident. Its rows and
 * its checkpoint change in one transaction. Rows may be newer than the checkpoint, never older: who starts from the
 * checkpoint makes the later ones again, the same.
 *
 * A rebuild makes the rows of a new generation beside those that are shown, until it is whole; then one transaction
 * shows it. A crash before that leaves the old list as it was.
 */
export class IncidentList {
  readonly #db: DatabaseSync;
  readonly #upsert: StatementSync;
  readonly #checkpoint: StatementSync;
  readonly #poison: StatementSync;
  readonly #sweep: StatementSync;
  #shown: bigint;
  /** The generation that a rebuild is making. */
  #next: bigint | null = null;

  constructor(options: { readonly directory: string; readonly onDiscarded?: (reason: string) => void }) {
    this.#db = openViews(options.directory, options.onDiscarded ?? (() => undefined));
    this.#upsert = this.#db.prepare(
      `INSERT INTO incidents (generation, slug, opened, position, search, incident, headline, complete)
       VALUES (:generation, :slug, :opened, :position, :search, :incident, :headline, :complete)
       ON CONFLICT (generation, slug) DO UPDATE SET opened = excluded.opened, position = excluded.position,
         search = excluded.search, incident = excluded.incident, headline = excluded.headline,
         complete = excluded.complete
       WHERE excluded.position > position OR (excluded.position = position AND excluded.complete >= complete)`,
    );
    this.#checkpoint = this.#db.prepare(
      'INSERT OR REPLACE INTO checkpoints (name, epoch, rules, position, token, event_id) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#poison = this.#db.prepare('INSERT INTO poisoned (slug, stale) VALUES (?, ?)');
    this.#sweep = this.#db.prepare(
      `DELETE FROM incidents WHERE (generation, slug) IN
         (SELECT generation, slug FROM incidents WHERE generation <> ? LIMIT ?)`,
    );
    const shown = this.#db.prepare('SELECT shown FROM generations WHERE name = ?');
    shown.setReadBigInts(true);
    this.#shown = (shown.get(name)?.['shown'] as bigint | undefined) ?? 0n;
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

  /** A rebuild begins: `writeRebuilt` makes rows of a new generation, and `write` keeps both up to date. */
  beginRebuild(): void {
    const next = this.#shown + 1n;
    // Of a rebuild that was broken off.
    this.#db.prepare('DELETE FROM incidents WHERE generation = ?').run(next);
    this.#next = next;
  }

  /** The rebuild is complete: from now on its rows are shown. */
  showRebuilt(): void {
    if (this.#next === null) return;
    this.#db.prepare('INSERT OR REPLACE INTO generations (name, shown) VALUES (?, ?)').run(name, this.#next);
    this.#shown = this.#next;
    this.#next = null;
  }

  /** The rebuild did not come to its end: the list stays as it was. */
  abandonRebuild(): void {
    this.#next = null;
  }

  /** Deletes some rows of generations that nobody sees. @returns whether there may be more */
  sweep(rowsMax: number): boolean {
    if (this.#next !== null) return false;
    return Number(this.#sweep.run(this.#shown, rowsMax).changes) === rowsMax;
  }

  /** Writes rows, where given the checkpoint, and what stands still, in one transaction. */
  write(rows: readonly IncidentRow[], state: ListState): void {
    this.#inTransaction(() => {
      for (const generation of this.#next === null ? [this.#shown] : [this.#shown, this.#next])
        this.#put(generation, rows);
      this.#putState(state);
    });
  }

  /** Writes rows that a rebuild made from the log; they are not shown yet. */
  writeRebuilt(rows: readonly IncidentRow[], { epoch, poisoned }: ListState): void {
    const next = this.#next;
    if (next === null) return;
    this.#inTransaction(() => {
      this.#put(next, rows);
      this.#putState({ epoch, poisoned, checkpoint: null });
    });
  }

  /** One page of the list, in the order in which the incidents were opened. */
  page({ q, after, limit, order }: ListQuery): { readonly rows: readonly IncidentRow[]; readonly hasMore: boolean } {
    const words = searchForm(q ?? '')
      .split(/\s+/u)
      .filter((word) => word !== '');
    const statement = this.#db.prepare(
      `SELECT slug, opened, position, search, incident, headline, complete FROM incidents
       WHERE generation = ? AND opened ${order === 'asc' ? '>' : '<'} ?
         ${words.map(() => 'AND instr(search, ?) > 0').join(' ')}
       ORDER BY opened ${order === 'asc' ? 'ASC' : 'DESC'} LIMIT ?`,
    );
    statement.setReadBigInts(true);
    const from = after ?? (order === 'asc' ? -1n : 2n ** 63n - 1n);
    const rows = statement.all(this.#shown, from, ...words, limit + 1).map((row): IncidentRow => ({
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
      .prepare('SELECT slug FROM incidents WHERE generation = ? AND position > ? ORDER BY opened')
      .all(this.#shown, after)
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

  #put(generation: bigint, rows: readonly IncidentRow[]): void {
    for (const { slug, opened, position, search, incident, headline, complete } of rows)
      this.#upsert.run({
        generation,
        slug,
        opened,
        position,
        search,
        incident,
        headline,
        complete: complete ? 1 : 0,
      });
  }

  #putState({ epoch, checkpoint, poisoned }: ListState): void {
    this.#db.exec('DELETE FROM poisoned');
    for (const [slug, stale] of poisoned) this.#poison.run(slug, JSON.stringify(stale));
    if (checkpoint !== null)
      this.#checkpoint.run(name, epoch, rulesVersion, checkpoint.position, checkpoint.token, checkpoint.eventId);
  }

  #inTransaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      // After an error of the disk SQLite has undone it already.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
