import { expect, it } from '@jest/globals';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import type { Status } from '../../../src/domain/tally/shapes.js';
import { day, History, interval, type figure } from '../tally/history.js';

type More = Omit<NonNullable<Parameters<typeof figure>[2]>, 'by'>;

/** Of which cell which number was said, on which day of January (the first) and by whom (the ministry). */
export type Told = readonly [cell: string, number: string | number, onDay?: number, by?: string, more?: More];

/** What must come out of a cell; what is left out is not looked at. */
export interface Cell {
  readonly best?: string;
  readonly status?: Status;
  readonly implied?: string;
  readonly reported?: string;
  readonly confirmed?: number | null;
  readonly official?: string | null;
  readonly asOf?: number | null;
  readonly origins?: number;
}

export interface SumsCase {
  /** The sentence of the rules, and the sum behind the expected numbers. */
  readonly why: string;
  readonly scheme?: Partial<Scheme>;
  readonly told: readonly Told[];
  readonly pins?: readonly (readonly [cell: string, low: number, high: number | null])[];
  readonly gives?: Readonly<Record<string, Cell>>;
  /** All cells of the tally, in code point order. */
  readonly listed?: readonly string[];
  readonly notListed?: readonly string[];
  /** None where it is left out. */
  readonly contradictions?: readonly (readonly string[])[];
}

export const ministry = 'authority:Ministry';

export const toldTo = (history: History, told: readonly Told[]): string[] =>
  told.map(([cell, number, onDay = 1, by = ministry, more = {}]) => history.says(by, day(onDay), cell, number, more));

export const historyOf = ({ scheme = {}, told, pins = [] }: Omit<SumsCase, 'why'>): History => {
  const history = new History(scheme);
  toldTo(history, told);
  for (const pin of pins) history.pin(...pin);
  return history;
};

const found = (history: History, cell: string, wanted: Cell): Cell => {
  const estimate = history.estimate(cell);
  const all: Required<Cell> = {
    best: history.best(cell),
    status: estimate.status,
    implied: history.implied(cell),
    reported: estimate.reported === null ? '-' : interval(estimate.reported),
    confirmed: estimate.confirmed,
    official: estimate.official === null ? null : interval(estimate.official),
    asOf: estimate.asOf === null ? null : (Date.parse(estimate.asOf) - Date.parse(day(1))) / 86_400_000 + 1,
    origins: estimate.origins,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in wanted));
};

export const sumsTable = (cases: readonly SumsCase[]): void => {
  it.each(cases.map((each) => [each.why, each] as const))('%s', (_, each) => {
    const history = historyOf(each);
    const gives = each.gives ?? {};
    const tally = history.tally();
    const listed = tally.cells.map((estimate) => estimate.cell);
    expect(
      Object.fromEntries(Object.entries(gives).map(([cell, wanted]) => [cell, found(history, cell, wanted)])),
    ).toEqual(gives);
    if (each.listed !== undefined) expect(listed).toEqual(each.listed);
    for (const cell of each.notListed ?? []) expect(listed).not.toContain(cell);
    expect(tally.contradictions.map((contradiction) => contradiction.cells)).toEqual(each.contradictions ?? []);
  });
};
