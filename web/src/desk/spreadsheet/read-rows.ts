import type { AttributionLink, Quantity } from '../../api/shapes.js';
import { readCell, sideOf } from '../../tally/cell-text.js';
import { figureOfLine } from '../figure-of-line.js';
import { figureBody, missingOfFigure } from '../draft-body.js';
import type { LineScheme } from '../line/read-line.js';
import { measuresOf, whosOf } from '../choices.js';
import type { SheetRow } from './parse-table.js';
import { readEnds, readFlag, readKind, readNumber, readTime, type DateOrder, type Read } from './read-values.js';
import type { Role } from './roles.js';

/** What is wrong with one cell of the sheet, or, without a role, with the row. */
export interface CellProblem {
  readonly line: number;
  readonly role: Role | null;
  readonly detail: string;
}

/** A figure of a row, as it is filed, but for what it shares with its report. */
export interface RowFigure {
  readonly line: number;
  /** Its id in the sheet; other rows name it by that. */
  readonly id: string;
  /** The column that its number stands in. */
  readonly role: Role;
  readonly figure: Readonly<Record<string, unknown>>;
  readonly of: readonly string[];
}

export interface ReadRow {
  readonly line: number;
  readonly outlet: string;
  readonly url: string;
  readonly publishedAt: string;
  readonly statedAt: string;
  readonly attribution: readonly AttributionLink[];
  readonly note: string;
  readonly report: string;
  readonly figures: readonly RowFigure[];
  readonly problems: readonly CellProblem[];
  /** Why the row is no figure to file although nothing is wrong with it; empty where it is. */
  readonly leftOut: string;
}

export interface Matching {
  readonly roles: readonly Role[];
  /** What stands for all rows where no column says it, by role. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly dateOrder: DateOrder;
}

type Cells = (role: Role) => string;

class Problems {
  readonly found: CellProblem[] = [];

  constructor(readonly line: number) {}

  add(role: Role | null, detail: string): void {
    this.found.push({ line: this.line, role, detail });
  }

  /** The value, or `fallback` with the problem told at the role's cell. */
  take<T>(role: Role, read: Read<T>, fallback: T): T {
    if ('value' in read) return read.value;
    this.add(role, read.problem);
    return fallback;
  }
}

const relayPattern = /^(?<name>.*?)(?:\s*\((?<kind>[a-z]+)\))?$/u;

function chainOf(cells: Cells, problems: Problems): readonly AttributionLink[] {
  const [name, kind] = [cells('speaker'), cells('kind').toLowerCase()];
  if (name === '') problems.add('speaker', 'Who said it is missing.');
  if (kind === '') problems.add('kind', 'The kind of source is missing.');
  const named = cells('named') === '' ? true : problems.take('named', readFlag(cells('named')), true);
  const relays = cells('relays')
    .split(';')
    .map((relay) => relay.trim())
    .filter((relay) => relay !== '')
    .map((relay): AttributionLink => {
      const { name: relayName = relay, kind: relayKind = 'press' } = relayPattern.exec(relay)?.groups ?? {};
      return { name: relayName, kind: relayKind };
    });
  const [id, body] = [cells('speakerId'), cells('body')];
  return [
    {
      name,
      kind,
      ...(named ? {} : { named: false }),
      ...(id === '' ? {} : { id }),
      ...(body === '' ? {} : { body }),
    },
    ...relays,
  ];
}

interface Who {
  readonly group?: string;
  readonly side?: string;
}

const whoOfText = (who: string): Who => {
  const side = sideOf(who);
  return side === null ? { group: who } : { side };
};

/** A measure or group by its id, in any case and with spaces for dashes. */
const idOf = (text: string, ids: readonly string[]): string => {
  const name = text.toLowerCase().replaceAll(/[\s_-]+/gu, '');
  return ids.find((id) => id.toLowerCase().replaceAll(/[\s_-]+/gu, '') === name) ?? text;
};

function whoOf(cells: Cells, scheme: LineScheme, problems: Problems): Who {
  if (cells('side') !== '') return { side: cells('side').toLowerCase() };
  const text = cells('group');
  const who = idOf(text, whosOf(scheme));
  if (text === '') problems.add('group', 'Who is counted is missing.');
  else if (!whosOf(scheme).includes(who)) problems.add('group', `The incident has no group “${text}”.`);
  return whoOfText(who);
}

function measureOf(text: string, scheme: LineScheme, problems: Problems): string {
  const measure = idOf(text, measuresOf(scheme));
  if (text === '') problems.add('measure', 'What happened to them is missing.');
  else if (!measuresOf(scheme).includes(measure)) problems.add('measure', `There is no measure “${text}”.`);
  return measure;
}

const partsOf = (roles: readonly Role[], cells: Cells): Readonly<Record<string, string>> =>
  Object.fromEntries(
    roles.flatMap((role) => {
      const value = role.startsWith('part:') ? cells(role) : '';
      return value === '' ? [] : [[role.slice('part:'.length), value]];
    }),
  );

const withParts = (who: Who, measure: string, breakdown: Readonly<Record<string, string>>) => ({
  measure,
  ...who,
  ...(Object.keys(breakdown).length === 0 ? {} : { breakdown }),
});

interface Said {
  readonly quantity: Quantity;
  readonly hedged: boolean;
}

const unspecified: Said = { quantity: { kind: 'unspecified' }, hedged: false };

function quantityOf(cells: Cells, problems: Problems): { readonly said: Said; readonly role: Role } {
  if (cells('quantity') !== '') {
    const read = readKind(cells('quantity'), cells('value'), cells('valueHigh'), cells('word'));
    const quantity = problems.take('quantity', read, unspecified.quantity);
    return { said: { quantity, hedged: false }, role: 'quantity' };
  }
  if (cells('value') !== '')
    return { said: problems.take('value', readNumber(cells('value')), unspecified), role: 'value' };
  const quantity = problems.take('low', readEnds(cells('low'), cells('high')), unspecified.quantity);
  return { said: { quantity, hedged: false }, role: 'low' };
}

/** What a figure says beside its cell and its number. */
function detailsOf(cells: Cells, hedged: boolean, problems: Problems) {
  const basis = cells('basis');
  const flag = cells('hedged') === '' ? hedged : problems.take('hedged', readFlag(cells('hedged')), false);
  return {
    ...(cells('words') === '' ? {} : { words: cells('words') }),
    ...(basis === '' || basis === 'total' ? {} : { basis }),
    ...(flag ? { hedged: true } : {}),
    ...(cells('reason') === '' ? {} : { reason: cells('reason') }),
  };
}

function figuresOf(roles: readonly Role[], cells: Cells, scheme: LineScheme, problems: Problems): readonly RowFigure[] {
  const { line } = problems;
  const base = {
    line,
    id: cells('id'),
    of: cells('of')
      .split(';')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  };
  if (cells('line') !== '') {
    const draft = figureOfLine(cells('line'), [], scheme);
    for (const { label } of missingOfFigure(draft, '')) problems.add('line', `The line does not say ${label}.`);
    return [{ ...base, role: 'line', figure: figureBody(draft, () => undefined) }];
  }
  const breakdown = partsOf(roles, cells);
  const counted = roles.filter((role) => role.startsWith('count:') && cells(role) !== '');
  if (counted.length > 0) {
    const who = whoOf(cells, scheme, problems);
    return counted.map((role) => {
      const { quantity, hedged } = problems.take(role, readNumber(cells(role)), unspecified);
      const cell = withParts(who, role.slice('count:'.length), breakdown);
      return { ...base, role, figure: { ...cell, quantity, ...detailsOf(cells, hedged, problems) } };
    });
  }
  const named = cells('cell') === '' ? null : readCell(cells('cell'));
  const cell =
    named === null
      ? withParts(whoOf(cells, scheme, problems), measureOf(cells('measure'), scheme, problems), breakdown)
      : withParts(whoOfText(named.who), named.measure, Object.fromEntries(named.breakdown));
  const { said, role } = quantityOf(cells, problems);
  return [{ ...base, role, figure: { ...cell, quantity: said.quantity, ...detailsOf(cells, said.hedged, problems) } }];
}

/** One row of a sheet by the matching of its columns. */
export function readRow(row: SheetRow, { roles, defaults, dateOrder }: Matching, scheme: LineScheme): ReadRow {
  const problems = new Problems(row.line);
  const columns = new Map(roles.map((role, place) => [role, place]));
  const cells: Cells = (role) => {
    const place = columns.get(role);
    const text = place === undefined ? '' : (row.cells[place] ?? '');
    return text === '' ? (defaults[role] ?? '').trim() : text;
  };
  const state = cells('state').toLowerCase();
  const leftOut = state === 'retracted' || state === 'denied' ? `it was ${state}` : '';
  if (cells('outlet') === '') problems.add('outlet', 'The outlet is missing.');
  const published = cells('publishedAt');
  if (published === '') problems.add('publishedAt', 'When it was published is missing.');
  return {
    line: row.line,
    outlet: cells('outlet'),
    url: cells('url'),
    publishedAt: published === '' ? '' : problems.take('publishedAt', readTime(published, dateOrder), ''),
    statedAt: cells('statedAt') === '' ? '' : problems.take('statedAt', readTime(cells('statedAt'), dateOrder), ''),
    attribution: chainOf(cells, problems),
    note: cells('note'),
    report: cells('report'),
    figures: figuresOf(roles, cells, scheme, problems),
    problems: problems.found,
    leftOut,
  };
}
