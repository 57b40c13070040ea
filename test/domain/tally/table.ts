import { expect, it } from '@jest/globals';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import type { FigureAsFiled } from '../../../src/domain/schema/report.js';
import type { Status } from '../../../src/domain/tally/shapes.js';
import { day, figure, History, interval } from './history.js';

/** Killed, of the victims: the cell of a case that names no other. */
export const killed = 'killed/civilians';
/** A current measure. */
export const missing = 'missing/civilians';

type More = Partial<Pick<FigureAsFiled, 'basis' | 'hedged' | 'reason' | 'words'>> & {
  /** Another cell than the case's. */
  readonly in?: string;
  readonly outlet?: string;
  /** Places in the case, from 0, of the figures that this one names. */
  readonly of?: readonly number[];
};

/** Who said on which day of January which number. Filed in the order of the table. */
export type Said = readonly [by: string, onDay: number, number: string | number, more?: More];

/** What must come out; what is left out is not looked at. Figures are given by their places in the case. */
export interface Gives {
  readonly best?: string;
  readonly status?: Status;
  readonly reported?: string;
  readonly confirmed?: number | null;
  readonly official?: string | null;
  readonly origins?: number;
  readonly hedged?: boolean;
  readonly asOf?: number | null;
  readonly madeBy?: readonly number[];
  readonly dissenting?: readonly number[];
  readonly implied?: string;
}

export interface Case {
  /** The sentence, and the sum behind the expected numbers. */
  readonly why: string;
  readonly said: readonly Said[];
  readonly gives: Gives;
  /** The cell that is spoken of; killed, of the victims, where it says nothing. */
  readonly in?: string;
  /** The cell that is looked at, where it is another. */
  readonly look?: string;
  readonly scheme?: Partial<Scheme>;
}

/** Files what a case says. @returns the history and the ids of the figures */
export const told = (
  said: readonly Said[],
  cell = killed,
  scheme: Partial<Scheme> = {},
): { history: History; ids: string[] } => {
  const history = new History(scheme);
  const ids: string[] = [];
  for (const [by, onDay, number, more = {}] of said) {
    const { in: other, outlet, of, ...rest } = more;
    const named = of === undefined ? {} : { of: of.map((place) => ids[place] ?? '') };
    const filed = figure(other ?? cell, number, { ...rest, ...named });
    ids.push(...history.report(by, day(onDay), [filed], outlet === undefined ? {} : { outlet }));
  }
  return { history, ids };
};

/** What a history gives for a cell, of what a case looks at. */
export const given = (history: History, cell: string, ids: readonly string[], asked: Gives): Gives => {
  const estimate = history.estimate(cell);
  const places = (figures: readonly string[]) => figures.map((id) => ids.indexOf(id)).sort((a, b) => a - b);
  const all: Required<Gives> = {
    best: history.best(cell),
    status: estimate.status,
    reported: history.reported(cell),
    confirmed: estimate.confirmed,
    official: estimate.official === null ? null : interval(estimate.official),
    origins: estimate.origins,
    hedged: estimate.hedged,
    asOf: estimate.asOf === null ? null : (Date.parse(estimate.asOf) - Date.parse(day(1))) / 86_400_000 + 1,
    madeBy: places(estimate.figures),
    dissenting: places(estimate.dissenting),
    implied: history.implied(cell),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in asked));
};

/** One test for each case, named by its reason. */
export const check = (cases: readonly Case[]): void => {
  it.each(cases.map((each) => [each.why, each] as const))(
    '%s',
    (_, { said, gives, in: cell = killed, look = cell, scheme }) => {
      const { history, ids } = told(said, cell, scheme);
      expect(given(history, look, ids, gives)).toEqual(gives);
    },
  );
};

/** The same cases under another method. */
export const under = (method: Scheme['method'], cases: readonly Case[]): void => {
  check(cases.map((each) => ({ ...each, scheme: { ...each.scheme, method } })));
};
