import type { FiledEvent } from '../domain/events.js';
import { applyFiling, applyUndoably, createLedger, type Ledger, tallyOf } from '../domain/tally/ledger.js';
import type { Changes } from '../domain/tally/shapes.js';
import type { MethodId } from '../domain/vocabulary.js';
import type { Position } from '../log/event-log.js';
import { Frame, FrameHistory, framesKeptMax } from './frame-history.js';
import { type Stale, tallyOnWire } from './wire.js';

/** Where one filing ends. */
export interface FilingMark {
  readonly filing: string;
  /** Stream revision of its last event. */
  readonly lastSeq: number;
  readonly recordedAtMs: number;
}

export interface TallyOptions {
  readonly method?: MethodId | undefined;
  readonly lang?: string | undefined;
}

/** A tally in so many variants of method and language is kept ready as bytes. */
const tallyVariantsMax = 16;

/** What a read gets instead of an answer where the incident was dropped while it waited: load it again. */
export const dropped = Symbol('dropped');

/**
 * The running fold of one incident in memory, with what only the log knows of it: positions, and the frames that
 * feeds replay. One at a time changes it, between `enter` and `leave`; while somebody does, the ledger may be ahead of
 * the disk, and reads wait.
 */
export class LoadedIncident {
  readonly frames: FrameHistory;
  readonly ledger: Ledger = createLedger();
  readonly filings: FilingMark[] = [];
  /** Set where an event of it cannot be read or folded: the ledger stands at the last good filing before. */
  stale: Stale | null = null;
  /** The number of its last use, of all uses counted by who keeps it in memory. */
  lastUse = 0;
  readonly #positions: Position[] = [];
  readonly #tallies = new Map<string, Buffer>();
  readonly #turns: (() => void)[] = [];
  #reads: (() => void)[] = [];
  #held = false;
  #dropped = false;
  #schemeSeq = 0;
  /** How to take back what was applied and not committed yet, in the order in which it was applied. */
  #undo: (() => void)[] = [];

  /** @param framesMax frames kept for feeds that resume */
  constructor(
    readonly slug: string,
    readonly epoch: string,
    framesMax = framesKeptMax,
  ) {
    this.frames = new FrameHistory(framesMax);
  }

  /** How many events of the stream are folded in and known to be on disk. */
  get recordedCount(): number {
    return this.#positions.length;
  }

  /** Position of the last event that is folded in; 0 where there is none. */
  get position(): Position {
    return this.#positions.at(-1) ?? 0n;
  }

  get isHeld(): boolean {
    return this.#held;
  }

  get isDropped(): boolean {
    return this.#dropped;
  }

  /** Position of the last event that changed the incident itself; `null` while that is not on disk yet. */
  get schemePosition(): Position | null {
    return this.#positions[this.#schemeSeq] ?? null;
  }

  /** Position of the event at a place in the stream, as a string of digits. */
  positionOf = (seq: number): string => String(this.#positions[seq] ?? this.position);

  /** How many of the stream's events have a position up to this one. */
  countUpTo(position: Position): number {
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#positions[middle] ?? 0n) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Folds a filing in, ahead of the disk. Where it throws the ledger may be folded half: drop the incident.
   * @param undoable whether `rollBack` may be asked for before it is committed
   */
  apply(events: readonly FiledEvent[], undoable = false): Changes {
    const seq = this.ledger.state.eventCount;
    const schemeSeq = this.#schemeSeq;
    let changes: Changes;
    if (undoable) {
      const applied = applyUndoably(this.ledger, events);
      this.#undo.push(() => {
        applied.undo();
        this.#schemeSeq = schemeSeq;
      });
      changes = applied.changes;
    } else changes = applyFiling(this.ledger, events);
    for (const [place, { type }] of events.entries())
      if (type === 'IncidentOpened' || type === 'IncidentAmended' || type === 'IncidentClosed')
        this.#schemeSeq = seq + place;
    return changes;
  }

  /** Takes back what was applied undoably and is not committed: nothing of it is on disk. */
  rollBack(): void {
    for (const undo of this.#undo.toReversed()) undo();
    this.#undo = [];
    this.#tallies.clear();
  }

  /** Notes that an applied filing is on disk; in the order in which filings were applied. */
  commit(events: readonly FiledEvent[], positions: readonly Position[], changes: Changes): void {
    const last = events.at(-1);
    if (last === undefined) return;
    if (this.#undo.length > 0) this.#undo = [];
    for (const position of positions) this.#positions.push(position);
    this.filings.push({
      filing: last.meta.filing,
      lastSeq: this.#positions.length - 1,
      recordedAtMs: Date.parse(last.meta.recordedAt),
    });
    this.#tallies.clear();
    this.frames.push(new Frame(this, this.position, changes));
  }

  poison(stale: Stale): void {
    this.stale = stale;
    this.#tallies.clear();
  }

  /** The tally's JSON at the present position. Of a settled incident only: call it in a read. */
  tallyBytes(options: TallyOptions = {}): Buffer {
    const variant = JSON.stringify([options.method ?? null, options.lang ?? null]);
    const kept = this.#tallies.get(variant);
    if (kept !== undefined) return kept;
    const tally = tallyOf(this.ledger, definedOf(options));
    const { epoch, position, stale } = this;
    const bytes = Buffer.from(JSON.stringify(tallyOnWire(tally, { epoch, position, stale })));
    if (this.#tallies.size >= tallyVariantsMax) this.#tallies.clear();
    this.#tallies.set(variant, bytes);
    return bytes;
  }

  /** Waits for one's turn to change it. Whoever enters leaves, whatever happens. */
  enter(): Promise<void> {
    return this.enterNow() ? Promise.resolve() : new Promise((resolve) => this.#turns.push(resolve));
  }

  /** Takes one's turn at once, where nobody has it; else `false`, and it has to be waited for. */
  enterNow(): boolean {
    if (this.#held) return false;
    this.#held = true;
    return true;
  }

  /** Ends one's turn. Reads come before the next turn, so that steady filing does not hold them up. */
  leave(): void {
    const reads = this.#reads;
    this.#reads = [];
    for (const read of reads) read();
    const next = this.#turns.shift();
    if (next === undefined) this.#held = false;
    else next();
  }

  /** Gives it up: its ledger may hold what is not on disk. Who waits for it loads it again. */
  drop(): void {
    this.#dropped = true;
  }

  /** Runs a read as soon as nobody is changing the incident. It must not wait for anything itself. */
  settled<T>(read: (incident: this) => T): Promise<T | typeof dropped> {
    const run = (): T | typeof dropped => (this.#dropped ? dropped : read(this));
    return new Promise((resolve, reject) => {
      const attempt = (): void => {
        try {
          resolve(run());
        } catch (error) {
          reject(error);
        }
      };
      if (this.#held) this.#reads.push(attempt);
      else attempt();
    });
  }
}

/** Leaves out what is undefined, as exact optional members want it. */
export const definedOf = ({ method, lang }: TallyOptions): { method?: MethodId; lang?: string } => ({
  ...(method === undefined ? {} : { method }),
  ...(lang === undefined ? {} : { lang }),
});
