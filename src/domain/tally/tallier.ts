import { parseCell } from '../cell.js';
import type { FiledEvent } from '../events.js';
import type { FigureRecord, IncidentState, ReportRecord } from '../incident-state.js';
import type { LexiconId } from '../vocabulary.js';
import { addUp, impliedAt } from './adding-up.js';
import { viewCell, type CellView, type OriginView } from './cell-view.js';
import { finishCell, type BareEstimate, type Finished } from './finish.js';
import { sameInterval } from './interval.js';
import { languageOf } from './languages.js';
import { buildLattice, type Lattice } from './lattice.js';
import type { Method } from './method.js';
import { joinOrigins, type Origins } from './origins.js';
import { phraseOf } from './phrase.js';
import { PlacesToCome } from './places-to-come.js';
import { readFigure, readReport, type Reading, type ReportReading } from './readings.js';
import { indexScheme, type SchemeIndex } from './scheme-index.js';
import type { Interval } from './shapes.js';
import { standingOf, standOn } from './standing.js';
import { statementsOf, valueOf, type Base, type FigureReading } from './statements.js';
import { boundsOf, Sums, type ChangedBest, type Entering } from './sums.js';
import { withdrawnOf, type Withdrawn } from './withdrawals.js';

/** A contradiction by the cells of its set; words and figures are added where it is shown. */
export interface FoundContradiction {
  readonly cells: readonly string[];
  readonly figures: readonly string[];
}

/** The figures of one joined origin in one cell, with what was worked out from them. */
interface OriginGroup {
  readonly cell: string;
  readonly origin: string;
  /** In the order of filing. */
  readings: Reading[];
  /** `null`: to be worked out. */
  withdrawn: ReadonlyMap<string, Withdrawn> | null;
  view: OriginView | null;
}

/**
 * Works out the tally of one incident under one method, and keeps what it worked out: after a filing only what the
 * filing touches is worked out again. What comes out depends on the state alone, never on the way there (a property
 * test holds it against a fresh one).
 */
export class Tallier {
  #scheme: SchemeIndex | null = null;
  #origins: Origins = { of: (name) => name, joined: () => false };
  readonly #readings = new Map<string, Reading>();
  #lastReport: { readonly report: ReportRecord; readonly reading: ReportReading } | null = null;
  /** By cell, then joined origin. */
  readonly #groups = new Map<string, Map<string, OriginGroup>>();
  /** Figures whose `of` names a figure. */
  readonly #namedBy = new Map<string, string[]>();
  readonly #views = new Map<string, CellView>();
  readonly #spoken = new Set<string>();
  #lattice: Lattice | null = null;
  #entering = new Map<number, Entering>();
  #bounds = boundsOf(0);
  #opened = new Set<number>();
  #withheld = new Set<number>();
  #contradictions = new Map<number, readonly (readonly number[])[]>();
  /** Parts before their wholes, and the place of each cell in that. */
  #order: readonly number[] = [];
  #places: Int32Array = new Int32Array(0);
  readonly #finished = new Map<number, Finished>();
  /** In English, of the cells above. */
  readonly #phrases = new Map<number, string>();
  /** The sums of components whose bounds were moved, kept for the next time. */
  readonly #sums = new Map<number, Sums>();
  /** Components in which a best was opened or left out: there it matters when each was said. */
  readonly #timed = new Set<number>();
  readonly #dirtyGroups = new Set<OriginGroup>();
  readonly #dirtyCells = new Set<string>();
  #stale = true;

  constructor(
    private readonly state: IncidentState,
    readonly method: Method,
  ) {}

  get lattice(): Lattice | null {
    return this.#lattice;
  }

  get scheme(): SchemeIndex | null {
    return this.#scheme;
  }

  get origins(): Origins {
    return this.#origins;
  }

  get lexicon(): LexiconId {
    return this.method.lexicon ?? this.state.scheme?.lexicon ?? 'plain/1';
  }

  get entering(): ReadonlyMap<number, Entering> {
    return this.#entering;
  }

  /** Implied bounds of a cell of the lattice; `null` where withheld. */
  impliedOf(at: number): Interval | null {
    return this.#withheld.has(at) ? null : impliedAt(this.#bounds, at);
  }

  wasOpened(at: number): boolean {
    return this.#opened.has(at);
  }

  /** Sorts cells so that parts come before their wholes; those in no sum any more come first. */
  partsFirst = (a: string, b: string): number => this.#placeOf(a) - this.#placeOf(b);

  #placeOf(cell: string): number {
    const at = this.#lattice?.index.get(cell);
    return at === undefined ? -1 : (this.#places[at] ?? -1);
  }

  view(cell: string): CellView | undefined {
    return this.#views.get(cell);
  }

  /** What a figure's origin said of its cell; `undefined` while that is not worked out. */
  originView(reading: Reading): OriginView | undefined {
    return this.#groupOf(reading)?.view ?? undefined;
  }

  reading(figure: string): Reading | undefined {
    return this.#readings.get(figure);
  }

  finished(cell: string): Finished | undefined {
    const at = this.#lattice?.index.get(cell);
    return at === undefined ? undefined : this.#finished.get(at);
  }

  /** A listed cell's estimate in words; in English unless another language is asked for. */
  phrase(cell: string, lang?: string): string {
    const at = this.#lattice?.index.get(cell);
    if (at === undefined) return languageOf(lang).noEstimate;
    return (lang === undefined ? this.#phrases.get(at) : undefined) ?? this.#phraseAt(at, lang);
  }

  #phraseAt(at: number, lang?: string): string {
    const finished = this.#finished.get(at);
    const estimate = finished?.estimate ?? null;
    if (finished === undefined || estimate === null) return languageOf(lang).noEstimate;
    // Nobody adds up where there is one part: whoever gave its number gave this one.
    const part = finished.derived ? this.#solePart(at, estimate) : null;
    if (part !== null) return this.#phraseAt(part, lang);
    return phraseOf(estimate, { own: this.#views.get(estimate.cell)?.own ?? null, derived: finished.derived }, lang);
  }

  /** The one part that a derived cell's number is the number of; `null` where it took an addition. */
  #solePart(at: number, { best }: BareEstimate): number | null {
    const lattice = this.#lattice;
    if (lattice === null || best === null) return null;
    for (const relation of lattice.below[at] ?? []) {
      const counted = (lattice.relations[relation]?.parts ?? []).filter((part) => {
        const estimate = this.#finished.get(part)?.estimate ?? null;
        return estimate !== null && (estimate.best === null || estimate.best.high !== 0);
      });
      const [only, ...others] = counted;
      if (only === undefined || others.length > 0) continue;
      const partBest = this.#finished.get(only)?.estimate?.best ?? null;
      if (partBest !== null && sameInterval(partBest, best)) return only;
    }
    return null;
  }

  estimate(cell: string): BareEstimate | null {
    return this.finished(cell)?.estimate ?? null;
  }

  /** Listed cells, in code point order. */
  *cells(): Iterable<string> {
    const lattice = this.#lattice;
    if (lattice === null) return;
    const texts = lattice.texts.filter((_, at) => this.#finished.get(at)?.estimate != null);
    yield* texts.sort();
  }

  /** Which withdrawal takes a figure; `undefined` where none does. */
  withdrawnBy(figure: string): Withdrawn | undefined {
    const reading = this.#readings.get(figure);
    const group = reading === undefined ? undefined : this.#groupOf(reading);
    return group === undefined ? undefined : this.#withdrawnIn(group).get(figure);
  }

  /** Notes what an event, already folded into the state, touches. */
  touch(event: FiledEvent): void {
    switch (event.type) {
      case 'FigureReported':
        if (!this.#stale) this.#addFigure(event.data.figure);
        break;
      case 'FigureCorrected':
        if (!this.#stale) this.#correctFigure(event.data.figure);
        break;
      case 'FigureRetracted':
      case 'AttributionDenied':
      case 'FigureReinstated':
        if (!this.#stale) this.#touchFigure(event.data.figure);
        break;
      case 'EstimatePinned':
      case 'EstimateUnpinned':
        if (!this.#stale) this.#dirtyCells.add(event.data.cell);
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

  /** Works out what was touched. @returns cells whose estimate may have changed */
  settle(): ReadonlySet<string> {
    const before = this.#stale ? [...this.cells()] : [];
    if (this.#stale) this.#readAll();
    for (const group of this.#dirtyGroups) {
      group.view = null;
      this.#dirtyCells.add(group.cell);
    }
    this.#dirtyGroups.clear();
    if (this.#dirtyCells.size === 0 && this.#lattice !== null) return new Set(before);
    const changed = this.#work();
    for (const cell of before) changed.add(cell);
    this.#dirtyCells.clear();
    return changed;
  }

  contradictions(): FoundContradiction[] {
    const lattice = this.#lattice;
    if (lattice === null) return [];
    return [...this.#contradictions.values()]
      .flat()
      .map((set) => {
        const cells = set.map((at) => lattice.texts[at] ?? '');
        const figures = new Set(set.flatMap((at) => this.#finished.get(at)?.estimate?.figures ?? []));
        return { cells, figures: [...figures] };
      })
      .sort((a, b) => (a.cells.join() < b.cells.join() ? -1 : 1));
  }

  #readAll(): void {
    const { scheme } = this.state;
    if (scheme === null) return;
    this.#scheme = indexScheme(scheme);
    for (const cache of [this.#readings, this.#groups, this.#namedBy, this.#views]) cache.clear();
    this.#spoken.clear();
    this.#lattice = null;
    const names = new Set<string>();
    const readings: Reading[] = [];
    for (const record of this.state.figures.values()) {
      const reading = this.#read(record);
      names.add(reading.name);
      readings.push(reading);
    }
    this.#origins = joinOrigins(this.state.links, names);
    for (const reading of readings) this.#index(reading);
    for (const cell of this.#groups.keys()) this.#dirtyCells.add(cell);
    for (const cell of this.state.pins.keys()) this.#dirtyCells.add(cell);
    this.#dirtyGroups.clear();
    this.#stale = false;
  }

  #groupOf(reading: Reading): OriginGroup | undefined {
    return this.#groups.get(reading.cell)?.get(this.#origins.of(reading.name));
  }

  #index(reading: Reading): void {
    this.#readings.set(reading.id, reading);
    const origin = this.#origins.of(reading.name);
    let byOrigin = this.#groups.get(reading.cell);
    if (byOrigin === undefined) this.#groups.set(reading.cell, (byOrigin = new Map()));
    const group = byOrigin.get(origin);
    if (group === undefined)
      byOrigin.set(origin, { cell: reading.cell, origin, readings: [reading], withdrawn: null, view: null });
    else {
      const last = group.readings[group.readings.length - 1];
      group.readings.push(reading);
      // A corrected figure keeps its place in the order of filing.
      if (last !== undefined && last.seq > reading.seq) group.readings.sort((a, b) => a.seq - b.seq);
    }
    for (const named of reading.of) {
      const list = this.#namedBy.get(named);
      if (list === undefined) this.#namedBy.set(named, [reading.id]);
      else list.push(reading.id);
    }
  }

  #unindex(reading: Reading): void {
    const group = this.#groupOf(reading);
    if (group !== undefined) {
      group.readings = group.readings.filter(({ id }) => id !== reading.id);
      if (group.readings.length === 0) this.#groups.get(group.cell)?.delete(group.origin);
    }
    for (const named of reading.of)
      this.#namedBy.set(
        named,
        (this.#namedBy.get(named) ?? []).filter((id) => id !== reading.id),
      );
    this.#readings.delete(reading.id);
  }

  #read(record: FigureRecord): Reading {
    const { report } = record;
    // The figures of a report are neighbours.
    if (this.#lastReport?.report !== report) this.#lastReport = { report, reading: readReport(report) };
    return readFigure(this.state, record, this.lexicon, this.#lastReport.reading);
  }

  #addFigure(figure: string): void {
    const record = this.state.figures.get(figure);
    if (record === undefined) return;
    const reading = this.#read(record);
    // The name that was filed first names a joined origin: a name new to a link can change it.
    if (this.#origins.joined(reading.name) && !this.#knowsName(reading)) {
      this.#stale = true;
      return;
    }
    this.#index(reading);
    if (this.#extendView(reading)) this.#dirtyCells.add(reading.cell);
    else this.#touchGroup(reading);
  }

  /**
   * Takes the newest figure of an origin into what is known of it, without going through the rest again.
   * @returns false where more than that may change
   */
  #extendView(reading: Reading): boolean {
    const group = this.#groupOf(reading);
    const view = group?.view ?? null;
    if (group === undefined || view === null || view.withdrawn.size > 0 || this.#dirtyGroups.has(group)) return false;
    // The highest kind of a joined origin is that of all its figures there.
    if (this.#origins.joined(reading.name)) return false;
    const base = this.baseOf(reading);
    const [statement] = statementsOf(group.origin, [{ reading, value: valueOf(reading, base), base }], false);
    return statement !== undefined && standOn(view.standing, statement);
  }

  #knowsName(reading: Reading): boolean {
    for (const known of this.#readings.values()) if (known.name === reading.name) return true;
    return false;
  }

  #correctFigure(figure: string): void {
    const record = this.state.figures.get(figure);
    const before = this.#readings.get(figure);
    if (record === undefined || before === undefined) return;
    const after = this.#read(record);
    if (this.state.links.size > 0 && after.name !== before.name) {
      this.#stale = true;
      return;
    }
    this.#touchFigure(figure);
    this.#unindex(before);
    this.#index(after);
    this.#touchFigure(figure);
  }

  #touchFigure(figure: string): void {
    const reading = this.#readings.get(figure);
    if (reading !== undefined) this.#touchGroup(reading);
  }

  /** A figure's group, and the figures that name one of it: their intervals and their standing may change with it. */
  #touchGroup(reading: Reading): void {
    const group = this.#groupOf(reading);
    if (group === undefined || this.#dirtyGroups.has(group)) return;
    this.#dirtyGroups.add(group);
    group.withdrawn = null;
    for (const { id } of group.readings) for (const naming of this.#namedBy.get(id) ?? []) this.#touchFigure(naming);
  }

  #withdrawnIn(group: OriginGroup): ReadonlyMap<string, Withdrawn> {
    group.withdrawn ??= withdrawnOf(group.readings);
    return group.withdrawn;
  }

  /** What an increment is counted from, where that is known and stands as a figure of the same cell. */
  baseOf(reading: Reading): Base | null {
    const [named] = reading.of;
    const base = reading.basis !== 'additional' || named === undefined ? undefined : this.#readings.get(named);
    if (base === undefined || base.cell !== reading.cell || this.withdrawnBy(base.id) !== undefined) return null;
    return { interval: valueOf(base, this.baseOf(base)), origin: this.#origins.of(base.name), saidMs: base.saidMs };
  }

  #originView(group: OriginGroup): OriginView {
    if (group.view !== null) return group.view;
    const { origin, readings } = group;
    const withdrawn = this.#withdrawnIn(group);
    const figures: FigureReading[] = [];
    let joined = false;
    for (const reading of readings) {
      if (this.#origins.joined(reading.name)) joined = true;
      if (withdrawn.has(reading.id)) continue;
      const base = this.baseOf(reading);
      figures.push({ reading, value: valueOf(reading, base), base });
    }
    group.view = { origin, readings, withdrawn, standing: standingOf(statementsOf(origin, figures, joined)) };
    return group.view;
  }

  #viewCell(text: string, scheme: SchemeIndex): CellView | null {
    const cell = parseCell(text);
    const byOrigin = this.#groups.get(text);
    if (cell === null || byOrigin === undefined || byOrigin.size === 0) return null;
    const views = Array.from(byOrigin.values(), (group) => this.#originView(group));
    return viewCell(text, cell, scheme.natureOf(cell), views, this.method, (id) => this.withdrawnBy(id) !== undefined);
  }

  #work(): Set<string> {
    const scheme = this.#scheme;
    const changed = new Set<string>();
    if (scheme === null) return changed;
    let spokenChanged = this.#lattice === null;
    for (const text of this.#dirtyCells) {
      const view = this.#viewCell(text, scheme);
      if (view === null) this.#views.delete(text);
      else this.#views.set(text, view);
      const spoken = view?.spoken === true || this.state.pins.has(text);
      if (spoken !== this.#spoken.has(text)) {
        spokenChanged = true;
        if (spoken) this.#spoken.add(text);
        else this.#spoken.delete(text);
      }
    }
    if (spokenChanged) {
      for (const cell of this.cells()) changed.add(cell);
      this.#rebuildLattice(scheme);
      for (const cell of this.cells()) changed.add(cell);
      return changed;
    }
    const lattice = this.#lattice;
    if (lattice === null) return changed;
    const again = new Set<number>();
    const changedBests = new Map<number, ChangedBest[]>();
    for (const text of this.#dirtyCells) {
      const at = lattice.index.get(text);
      if (at === undefined) continue;
      again.add(at);
      const before = this.#entering.get(at) ?? null;
      const after = this.#enter(at, lattice, scheme);
      if (after === null) this.#entering.delete(at);
      else this.#entering.set(at, after);
      // When it was said can decide what stays out of a union measure's sum, and so what the union confirms.
      if (before?.asOfMs !== after?.asOfMs)
        for (const above of lattice.above[at] ?? []) {
          const relation = lattice.relations[above];
          if (relation?.measures === true) again.add(relation.whole);
        }
      const component = lattice.component[at] ?? 0;
      if (!this.#mattersToSums(before, after, component, lattice)) continue;
      const changes = changedBests.get(component);
      if (changes === undefined) changedBests.set(component, [{ cell: at, before, after }]);
      else changes.push({ cell: at, before, after });
    }
    for (const [component, changes] of changedBests)
      for (const at of this.#solveAgain(component, changes, lattice)) again.add(at);
    this.#finish(again, lattice, changed);
    return changed;
  }

  /** Whether a changed best can change any bound. When it was said matters only where time decides something. */
  #mattersToSums(before: Entering | null, after: Entering | null, component: number, lattice: Lattice): boolean {
    if (before === null || after === null) return before !== after;
    if (before.low !== after.low || before.high !== after.high) return true;
    if (before.sinceMs === after.sinceMs && before.asOfMs === after.asOfMs) return false;
    return this.#timed.has(component) || lattice.measured[component] === true;
  }

  #enter(at: number, lattice: Lattice, scheme: SchemeIndex): Entering | null {
    const text = lattice.texts[at] ?? '';
    const cell = lattice.cells[at];
    if (cell === undefined) return null;
    const openable = scheme.natureOf(cell) === 'cumulative';
    // In a union measure's sum a remainder counts as its measure does: who is dead and unknown stays dead.
    const current = scheme.natureOf({ ...cell, breakdown: [] }) === 'current';
    const remainder = cell.breakdown.some(([key, value]) => key === 'nationality' && value === 'unknown');
    const pin = this.state.pins.get(text);
    if (pin !== undefined) {
      const pinnedMs = Date.parse(pin.recordedAt);
      const { low, high } = pin.best;
      return {
        cell: at,
        low,
        high: high ?? Infinity,
        sinceMs: pinnedMs,
        asOfMs: pinnedMs,
        openable,
        remainder,
        current,
      };
    }
    const own = this.#views.get(text)?.own ?? null;
    if (own === null || own.result === null || own.unconfirmed) return null;
    const { low, high } = own.result.best;
    return {
      cell: at,
      low,
      high: high ?? Infinity,
      sinceMs: own.sinceMs,
      asOfMs: own.asOfMs,
      openable,
      remainder,
      current,
    };
  }

  #rebuildLattice(scheme: SchemeIndex): void {
    const lattice = buildLattice([...this.#spoken], scheme);
    this.#lattice = lattice;
    this.#bounds = boundsOf(lattice.cells.length);
    this.#entering = new Map();
    this.#opened = new Set();
    this.#withheld = new Set();
    this.#contradictions = new Map();
    this.#timed.clear();
    this.#sums.clear();
    this.#finished.clear();
    this.#phrases.clear();
    this.#order = orderOf(lattice);
    this.#places = new Int32Array(lattice.cells.length);
    for (const [place, at] of this.#order.entries()) this.#places[at] = place;
    for (const text of new Set([...this.#views.keys(), ...this.state.pins.keys()])) {
      const at = lattice.index.get(text);
      const entering = at === undefined ? null : this.#enter(at, lattice, scheme);
      if (entering !== null) this.#entering.set(entering.cell, entering);
    }
    for (let component = 0; component < lattice.components.length; component += 1) this.#solve(component, lattice);
    this.#finish(new Set(lattice.cells.keys()), lattice, new Set());
  }

  /** As `solve`, but where it can from what is worked out already. */
  #solveAgain(component: number, changes: readonly ChangedBest[], lattice: Lattice): readonly number[] {
    // Time and contradictions take all bests into account at once.
    const sums = this.#timed.has(component) ? null : this.#sumsOf(component, lattice);
    return sums?.takeIn(changes) ?? this.#solve(component, lattice);
  }

  /** A component's sums; `null` where it depends on the bests what is in them. */
  #sumsOf(component: number, lattice: Lattice): Sums | null {
    if (lattice.measured[component] === true) return null;
    let sums = this.#sums.get(component);
    if (sums === undefined) {
      sums = new Sums(lattice, lattice.components[component] ?? [], this.#entering, this.#bounds);
      this.#sums.set(component, sums);
    }
    return sums;
  }

  /** Adds up one component. @returns the cells whose implied bounds changed, or what was done with their best */
  #solve(component: number, lattice: Lattice): number[] {
    const members = lattice.components[component] ?? [];
    const { low, high } = this.#bounds;
    const lowBefore = new Float64Array(members.length);
    const highBefore = new Float64Array(members.length);
    for (const [place, at] of members.entries()) {
      lowBefore[place] = low[at] ?? 0;
      highBefore[place] = high[at] ?? Infinity;
    }
    const { opened, contradictions, timed } = addUp(
      lattice,
      members,
      this.#entering,
      this.#bounds,
      this.#sumsOf(component, lattice) ?? undefined,
    );
    const changed: number[] = [];
    for (const [place, at] of members.entries()) {
      const openedBefore = this.#opened.has(at);
      const withheldBefore = this.#withheld.has(at);
      if (opened.has(at)) this.#opened.add(at);
      else this.#opened.delete(at);
      if (contradictions.length > 0) this.#withheld.add(at);
      else this.#withheld.delete(at);
      if (
        low[at] !== lowBefore[place] ||
        high[at] !== highBefore[place] ||
        opened.has(at) !== openedBefore ||
        contradictions.length > 0 !== withheldBefore
      )
        changed.push(at);
    }
    this.#contradictions.set(component, contradictions);
    if (timed) this.#timed.add(component);
    else this.#timed.delete(component);
    return changed;
  }

  /** Finishes cells, parts before wholes, and whatever above them takes something up that changed. */
  #finish(again: Set<number>, lattice: Lattice, changed: Set<string>): void {
    // By their places among all; wholes that are to follow are put in behind.
    const places = Int32Array.from(again, (at) => this.#places[at] ?? 0).sort();
    const waiting = new PlacesToCome(places);
    for (let place = waiting.next(); place !== null; place = waiting.next()) {
      const at = this.#order[place] ?? 0;
      const text = lattice.texts[at] ?? '';
      const before = this.#finished.get(at);
      const after = finishCell({
        lattice,
        at,
        view: this.#views.get(text),
        pin: this.state.pins.get(text),
        entering: this.#entering,
        implied: this.impliedOf(at),
        opened: this.#opened.has(at),
        part: (part) => this.#finished.get(part),
      });
      this.#finished.set(at, after);
      // A whole with one part takes its words, so they flow up as well.
      const phraseBefore = this.#phrases.get(at);
      const phrase = this.#phraseAt(at);
      this.#phrases.set(at, phrase);
      changed.add(text);
      if (before === undefined || phrase !== phraseBefore || flowsDifferently(before, after))
        for (const relation of lattice.above[at] ?? []) {
          const whole = lattice.relations[relation]?.whole;
          if (whole !== undefined) waiting.add(this.#places[whole] ?? 0);
        }
    }
  }
}

const flowsDifferently = (before: Finished, after: Finished): boolean =>
  before.confirmed !== after.confirmed ||
  before.contested !== after.contested ||
  before.partsRange.low !== after.partsRange.low ||
  before.partsRange.high !== after.partsRange.high;

/** Parts before their wholes. The lattice has no cycles: wholes are always more general. */
const orderOf = (lattice: Lattice): number[] => {
  const order: number[] = [];
  const done = new Uint8Array(lattice.cells.length);
  const visit = (at: number): void => {
    if (done[at] === 1) return;
    done[at] = 1;
    for (const relation of lattice.below[at] ?? [])
      for (const part of lattice.relations[relation]?.parts ?? []) visit(part);
    order.push(at);
  };
  for (let at = 0; at < lattice.cells.length; at += 1) visit(at);
  return order;
};
