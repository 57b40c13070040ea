import { parseCell } from '../cell.js';
import type { IncidentState } from '../incident-state.js';
import type { LexiconId } from '../vocabulary.js';
import { CellFigures, type OriginGroup } from './origin-group.js';
import { joinOrigins, unjoined, type Origins } from './origins.js';
import { ReadingDesk, type Reading } from './readings.js';
import type { SchemeIndex } from './scheme-index.js';
import { standingHistoryOf, type StandingHistory } from './standing.js';
import {
  statementOfOne,
  statementsOf,
  valueOf,
  type Base,
  type FigureReading,
  type NewStatement,
} from './statements.js';
import type { Withdrawn } from './withdrawals.js';

/**
 * Every figure of an incident as the rules read it, put together by cell and joined origin, with what stands of each
 * origin. Noted figure by figure, and brought up to date only where something was noted.
 */
export class FigureBook {
  #origins: Origins = unjoined;
  /** By place in the stream, which a figure's record tells: a map by id, one more of so many, would cost more. */
  readonly #readings: (Reading | undefined)[] = [];
  readonly #cells = new Map<string, CellFigures>();
  /** Figures whose `of` names a figure. */
  readonly #namedBy = new Map<string, string[]>();
  readonly #dirtyGroups = new Set<OriginGroup>();
  readonly #dirtyCells = new Set<string>();
  readonly #desk: ReadingDesk;
  /** Those of which any figure was filed. */
  readonly measures = new Set<string>();

  /** Reads every figure of the state. All cells are to be worked out. */
  constructor(
    private readonly state: IncidentState,
    private readonly scheme: SchemeIndex,
    lexicon: LexiconId,
  ) {
    this.#desk = new ReadingDesk(state, lexicon);
    if (state.links.size > 0)
      this.#origins = joinOrigins(
        state.links,
        Array.from(state.figures.values(), (record) => this.#desk.read(record).name),
      );
    for (const record of state.figures.values()) this.#take(this.#desk.read(record));
  }

  get origins(): Origins {
    return this.#origins;
  }

  reading(figure: string): Reading | undefined {
    const record = this.state.figures.get(figure);
    return record === undefined ? undefined : this.#readings[record.seq];
  }

  cell(text: string): CellFigures | undefined {
    return this.#cells.get(text);
  }

  /** Which withdrawal takes a figure; `undefined` where none does. */
  withdrawnBy(figure: string): Withdrawn | undefined {
    const reading = this.reading(figure);
    return reading === undefined ? undefined : this.#groupOf(reading)?.withdrawn.get(figure);
  }

  isWithdrawn = (figure: string): boolean => this.withdrawnBy(figure) !== undefined;

  /** What an increment is counted from, where that is known and stands as a figure of the same cell. */
  baseOf(reading: Reading): Base | null {
    const [named] = reading.of;
    const base = reading.basis !== 'additional' || named === undefined ? undefined : this.reading(named);
    if (base === undefined || base.cell !== reading.cell || this.isWithdrawn(base.id)) return null;
    return { interval: valueOf(base, this.baseOf(base)), origin: this.#origins.of(base.name), saidMs: base.saidMs };
  }

  /** A figure with its value, and what it is counted from. */
  valued(reading: Reading): FigureReading {
    const base = this.baseOf(reading);
    const [named] = reading.of;
    const counted = reading.basis !== 'additional' || named === undefined ? undefined : this.reading(named);
    const baseOrigin = counted === undefined ? null : this.#origins.of(counted.name);
    return { reading, value: valueOf(reading, base), base, baseOrigin };
  }

  /** All that an origin said of a cell, and what became of it. */
  historyOf(group: OriginGroup): StandingHistory {
    return standingHistoryOf(this.#statementsOf(group));
  }

  /** Notes a new figure. @returns false where it moves more than can be noted: all figures are to be read anew */
  add(figure: string): boolean {
    const record = this.state.figures.get(figure);
    if (record === undefined) return true;
    const reading = this.#desk.read(record);
    // The name that was filed first names a joined origin: a name new to a link can change it.
    if (this.#origins.joined(reading.name) && !this.#knowsName(reading)) return false;
    this.#take(reading);
    return true;
  }

  /** Notes that a figure was corrected, or is as it was before it. @returns as `add` */
  correct(figure: string): boolean {
    const record = this.state.figures.get(figure);
    const before = this.reading(figure);
    if (record === undefined || before === undefined) return true;
    const after = this.#desk.read(record);
    if (this.state.links.size > 0 && after.name !== before.name) return false;
    this.touch(figure);
    this.#unindex(before);
    this.#touchGroup(this.#index(after));
    return true;
  }

  /** Notes that the state holds a figure no more. @returns as `add` */
  remove(figure: string): boolean {
    // The state tells its place no more. It was the last one filed, or nearly.
    const reading = this.#readings.findLast((each) => each?.id === figure);
    if (reading === undefined) return true;
    if (this.#origins.joined(reading.name)) return false;
    const group = this.#groupOf(reading);
    if (group !== undefined) this.#touchGroup(group);
    this.#unindex(reading);
    return true;
  }

  /** Notes that a figure's withdrawals are others than before. */
  touch(figure: string): void {
    const reading = this.reading(figure);
    const group = reading === undefined ? undefined : this.#groupOf(reading);
    if (group !== undefined) this.#touchGroup(group);
  }

  /** Notes that a cell is to be worked out for another reason than its figures. */
  touchCell(cell: string): void {
    this.#dirtyCells.add(cell);
  }

  /** Brings what stands up to date. @returns the cells that are to be worked out, each once */
  settle(): readonly string[] {
    for (const group of this.#dirtyGroups) {
      group.standAnew(this.#statementsOf(group));
      this.#dirtyCells.add(group.cell.text);
    }
    this.#dirtyGroups.clear();
    const cells = [...this.#dirtyCells];
    this.#dirtyCells.clear();
    return cells;
  }

  #groupOf(reading: Reading): OriginGroup | undefined {
    return this.#cells.get(reading.cell)?.group(this.#origins.of(reading.name));
  }

  #cellFor(text: string): CellFigures {
    const known = this.#cells.get(text);
    if (known !== undefined) return known;
    const cell = parseCell(text);
    const figures = new CellFigures(text, cell, cell === null ? 'cumulative' : this.scheme.natureOf(cell));
    this.#cells.set(text, figures);
    if (cell !== null) this.measures.add(cell.measure);
    return figures;
  }

  #index(reading: Reading): OriginGroup {
    this.#readings[reading.seq] = reading;
    const group = this.#cellFor(reading.cell).groupFor(this.#origins.of(reading.name));
    group.add(reading);
    for (const named of reading.of) {
      const list = this.#namedBy.get(named);
      if (list === undefined) this.#namedBy.set(named, [reading.id]);
      else list.push(reading.id);
    }
    return group;
  }

  #unindex(reading: Reading): void {
    const group = this.#groupOf(reading);
    if (group !== undefined) {
      group.remove(reading.id);
      this.#dirtyCells.add(group.cell.text);
      if (group.readings.length === 0) {
        group.cell.drop(group);
        this.#dirtyGroups.delete(group);
      }
    }
    for (const named of reading.of)
      this.#namedBy.set(
        named,
        (this.#namedBy.get(named) ?? []).filter((id) => id !== reading.id),
      );
    this.#readings[reading.seq] = undefined;
  }

  /** Takes a figure in that was filed after all others. */
  #take(reading: Reading): void {
    const group = this.#index(reading);
    if (this.#stands(reading, group)) this.#dirtyCells.add(reading.cell);
    else this.#touchGroup(group);
  }

  /**
   * Takes the newest figure of an origin into what stands of it, without going through the rest again.
   * @returns false where more than that may change
   */
  #stands(reading: Reading, group: OriginGroup): boolean {
    // The highest kind of a joined origin is that of all its figures there.
    if (this.#origins.joined(reading.name) || reading.record.withdrawals.length > 0) return false;
    if (this.#dirtyGroups.has(group) || group.withdrawn.size > 0) return false;
    const statement = statementOfOne(group.origin, this.valued(reading));
    if (!group.standing.isNewest(statement)) return false;
    group.say(statement);
    return true;
  }

  #knowsName({ name }: Reading): boolean {
    for (const known of this.#readings) if (known?.name === name) return true;
    return false;
  }

  /** A group, and the figures that name one of it: their intervals and their standing may change with it. */
  #touchGroup(group: OriginGroup): void {
    group.forgetWithdrawn();
    if (this.#dirtyGroups.has(group)) return;
    this.#dirtyGroups.add(group);
    if (this.#namedBy.size === 0) return;
    for (const { id } of group.readings) for (const naming of this.#namedBy.get(id) ?? []) this.touch(naming);
  }

  #statementsOf(group: OriginGroup): NewStatement[] {
    const { origin, readings, withdrawn } = group;
    const figures: FigureReading[] = [];
    let joined = false;
    for (const reading of readings) {
      if (this.#origins.joined(reading.name)) joined = true;
      if (withdrawn.has(reading.id)) continue;
      figures.push(this.valued(reading));
    }
    return statementsOf(origin, figures, joined);
  }
}
