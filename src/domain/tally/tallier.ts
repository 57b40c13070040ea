import type { FiledEvent } from '../events.js';
import type { IncidentState } from '../incident-state.js';
import type { LexiconId } from '../vocabulary.js';
import { standingsOf, viewCell, type CellView, type OriginView } from './cell-view.js';
import { FigureBook } from './figure-book.js';
import type { BareEstimate, Finished } from './finish.js';
import { languageOf } from './languages.js';
import { buildLattice, type Lattice } from './lattice.js';
import type { Method } from './method.js';
import { unjoined, type Origins } from './origins.js';
import type { Reading } from './readings.js';
import { Reckoning } from './reckoning.js';
import { indexScheme, type SchemeIndex } from './scheme-index.js';
import type { Interval } from './shapes.js';
import type { StandingHistory } from './standing.js';
import type { FigureReading } from './statements.js';
import type { Entering } from './sums.js';
import type { Withdrawn } from './withdrawals.js';

/** A contradiction by the cells of its set; words and figures are added where it is shown. */
export interface FoundContradiction {
  readonly cells: readonly string[];
  readonly figures: readonly string[];
}

/** What one origin said of a cell, with what became of it. */
export interface OriginHistory extends OriginView, StandingHistory {}

/** A cell's own statements, those included that do not stand. */
export interface CellHistory {
  readonly view: CellView;
  readonly origins: readonly OriginHistory[];
}

const noCells: readonly string[] = [];
const noContradictions: readonly FoundContradiction[] = [];
const noEntering: ReadonlyMap<number, Entering> = new Map();

/**
 * Works out the tally of one incident under one method, and keeps what it worked out: after a filing only what the
 * filing touches is worked out again. What comes out depends on the state alone, never on the way there (a property
 * test holds it against a fresh one).
 *
 * In three steps, each kept in a part of its own: figures become what stands of each origin in each cell (`FigureBook`),
 * what stands becomes each cell's own estimate (`viewCell`), and these, added up, what is shown (`Reckoning`).
 */
export class Tallier {
  #scheme: SchemeIndex | null = null;
  #book: FigureBook | null = null;
  readonly #views = new Map<string, CellView>();
  /** Cells with a figure that is not withdrawn, and pinned ones. */
  readonly #spoken = new Set<string>();
  #reckoning: Reckoning | null = null;
  /** Every figure is to be read anew. */
  #stale = true;

  constructor(
    private readonly state: IncidentState,
    readonly method: Method,
  ) {}

  get lattice(): Lattice | null {
    return this.#reckoning?.lattice ?? null;
  }

  get origins(): Origins {
    return this.#book?.origins ?? unjoined;
  }

  get lexicon(): LexiconId {
    return this.method.lexicon ?? this.state.scheme?.lexicon ?? 'plain/1';
  }

  get entering(): ReadonlyMap<number, Entering> {
    return this.#reckoning?.entering ?? noEntering;
  }

  /** Implied bounds of a cell of the lattice; `null` where withheld. */
  impliedOf(at: number): Interval | null {
    return this.#reckoning?.impliedOf(at) ?? null;
  }

  wasOpened(at: number): boolean {
    return this.#reckoning?.wasOpened(at) ?? false;
  }

  /** Sorts cells so that parts come before their wholes; those in no sum any more come first. */
  partsFirst = (a: string, b: string): number => this.#placeOf(a) - this.#placeOf(b);

  #placeOf(cell: string): number {
    const at = this.lattice?.index.get(cell);
    return at === undefined ? -1 : (this.#reckoning?.placeOf(at) ?? -1);
  }

  view(cell: string): CellView | undefined {
    return this.#views.get(cell);
  }

  /** Whether there is or was a figure of a measure. */
  speaksOf(measure: string): boolean {
    return this.#book?.measures.has(measure) ?? false;
  }

  /** What a figure's origin said of its cell. */
  originView(reading: Reading): OriginView | undefined {
    return this.#book?.cell(reading.cell)?.group(this.origins.of(reading.name));
  }

  reading(figure: string): Reading | undefined {
    return this.#book?.reading(figure);
  }

  finished(cell: string): Finished | undefined {
    const at = this.lattice?.index.get(cell);
    return at === undefined ? undefined : this.#reckoning?.finished(at);
  }

  /** A listed cell's estimate in words; in English unless another language is asked for. */
  phrase(cell: string, lang?: string): string {
    const at = this.lattice?.index.get(cell);
    return (at === undefined ? undefined : this.#reckoning?.phrase(at, lang)) ?? languageOf(lang).noEstimate;
  }

  estimate(cell: string): BareEstimate | null {
    return this.finished(cell)?.estimate ?? null;
  }

  /** Listed cells, in code point order. */
  cells(): string[] {
    const { lattice } = this;
    if (lattice === null) return [];
    return lattice.texts.filter((_, at) => this.#reckoning?.finished(at)?.estimate != null).sort();
  }

  /** Which withdrawal takes a figure; `undefined` where none does. */
  withdrawnBy(figure: string): Withdrawn | undefined {
    return this.#book?.withdrawnBy(figure);
  }

  /** A figure with its value, and what it is counted from. */
  valued(reading: Reading): FigureReading | undefined {
    return this.#book?.valued(reading);
  }

  /** A cell with all that was said of it. It is worked out anew: what does not stand is not kept. */
  history(cell: string): CellHistory | undefined {
    const figures = this.#book?.cell(cell);
    if (this.#book === null || figures === undefined) return undefined;
    const book = this.#book;
    const origins = figures.origins.map((group): OriginHistory => {
      const { origin, readings, bySaid, withdrawn } = group;
      return { origin, readings, bySaid, withdrawn, ...book.historyOf(group) };
    });
    const view = viewCell(figures, origins, standingsOf(origins, book.isWithdrawn), this.method);
    return view === null ? undefined : { view, origins };
  }

  contradictions(): readonly FoundContradiction[] {
    const reckoning = this.#reckoning;
    if (reckoning === null) return noContradictions;
    const found: FoundContradiction[] = [];
    for (const set of reckoning.contradictions()) {
      const cells = set.map((at) => reckoning.lattice.texts[at] ?? '');
      const figures = new Set(set.flatMap((at) => reckoning.finished(at)?.estimate?.figures ?? []));
      found.push({ cells, figures: [...figures] });
    }
    return found.length < 2 ? found : found.sort((a, b) => (a.cells.join() < b.cells.join() ? -1 : 1));
  }

  /** Notes what an event, already folded into the state, touches. */
  touch(event: FiledEvent): void {
    if (this.#book === null || this.#stale) return;
    switch (event.type) {
      case 'FigureReported':
        this.#stale = !this.#book.add(event.data.figure);
        break;
      case 'FigureCorrected':
        this.#stale = !this.#book.correct(event.data.figure);
        break;
      case 'FigureRetracted':
      case 'AttributionDenied':
      case 'FigureReinstated':
        this.#book.touch(event.data.figure);
        break;
      case 'EstimatePinned':
      case 'EstimateUnpinned':
        this.#book.touchCell(event.data.cell);
        break;
      case 'IncidentOpened':
      case 'IncidentAmended':
      case 'OriginsLinked':
      case 'OriginsUnlinked':
      case 'SpeakerGraded':
        // Rare decisions that act on every figure from the first on.
        this.#stale = true;
        break;
      case 'IncidentClosed':
      case 'ReportFiled':
      case 'RevisionExplained':
        break;
      default:
        event satisfies never;
    }
  }

  /** Notes that an event that was touched is not in the state any more; of several, the last one first. */
  untouch(event: FiledEvent): void {
    if (this.#book === null || this.#stale) return;
    if (event.type === 'FigureReported') this.#stale = !this.#book.remove(event.data.figure);
    // As before the event or after it: what it is about is worked out from the state as that is now.
    else this.touch(event);
  }

  /** Works out what was touched. @returns cells whose estimate may have changed, each once */
  settle(): readonly string[] {
    const { scheme } = this.state;
    if (scheme === null) return noCells;
    if (this.#stale || this.#book === null || this.#scheme === null || this.#reckoning === null)
      return this.#readAll(indexScheme(scheme));
    const cells = this.#book.settle();
    if (cells.length === 0) return noCells;
    return this.#viewAll(cells, this.#book) ? this.#reckonAnew(this.#scheme) : this.#reckoning.takeIn(cells);
  }

  #readAll(scheme: SchemeIndex): readonly string[] {
    const book = new FigureBook(this.state, scheme, this.lexicon);
    this.#scheme = scheme;
    this.#book = book;
    this.#views.clear();
    this.#spoken.clear();
    for (const cell of this.state.pins.keys()) book.touchCell(cell);
    this.#stale = false;
    this.#viewAll(book.settle(), book);
    return this.#reckonAnew(scheme);
  }

  /** Works out cells by their own statements. @returns whether others are spoken of than before */
  #viewAll(cells: readonly string[], book: FigureBook): boolean {
    let spokenAnew = false;
    for (const text of cells) {
      const figures = book.cell(text);
      const view =
        figures === undefined
          ? null
          : viewCell(figures, figures.origins, figures.standings(book.isWithdrawn), this.method);
      if (view === null) this.#views.delete(text);
      else this.#views.set(text, view);
      const spoken = view?.spoken === true || this.state.pins.has(text);
      if (spoken === this.#spoken.has(text)) continue;
      spokenAnew = true;
      if (spoken) this.#spoken.add(text);
      else this.#spoken.delete(text);
    }
    return spokenAnew;
  }

  #reckonAnew(scheme: SchemeIndex): readonly string[] {
    const before = this.cells();
    const lattice = buildLattice([...this.#spoken], scheme);
    this.#reckoning = new Reckoning(lattice, scheme, { views: this.#views, pins: this.state.pins });
    return [...new Set([...before, ...this.cells()])];
  }
}
