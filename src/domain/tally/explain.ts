import { toInstant } from '../schema/time.js';
import { activeParts, isFullSum, type Entering } from './sums.js';
import { missingOf, type FallenStatement } from './cell-view.js';
import { overlaps } from './interval.js';
import { languageOf } from './languages.js';
import { estimateOf, tallierFor, type Ledger, type TallyOptions } from './ledger.js';
import { overtakenBy } from './overtaken.js';
import type { Estimate, CellExplained, ExplainedStatement, ImpliedBy, Interval, StatementUse } from './shapes.js';
import { statementsOf, type Statement } from './statements.js';
import type { CellHistory, OriginHistory, Tallier } from './tallier.js';

const idsOf = (statement: Statement): string[] => statement.readings.map((reading) => reading.id);
const lastOf = (statement: Statement): string => idsOf(statement).at(-1) ?? '';

type Use = { readonly use: StatementUse; readonly by: string | null };

/** The total that spends an increment: the first later one of the base's origin, or of its own. */
const spenderOf = (increment: Statement, origins: readonly OriginHistory[]): Statement | undefined => {
  for (const name of [increment.baseOrigin, increment.origin]) {
    const history = origins.find(({ origin }) => origin === name);
    const spender = history?.all.find(
      (each) => each.role === 'total' && each.saidMs > increment.saidMs && !history.passedOver.has(each),
    );
    if (spender !== undefined) return spender;
  }
  return undefined;
};

const useOfFallen = ({ statement, why }: FallenStatement, { origins }: CellHistory, tallier: Tallier): Use => {
  if (why === 'lapsed')
    return { use: 'withdrawn', by: missingOf(statement, (id) => tallier.withdrawnBy(id) !== undefined) ?? null };
  const spender = spenderOf(statement, origins);
  return { use: 'superseded', by: spender === undefined ? null : lastOf(spender) };
};

const useOf = (statement: Statement, origin: OriginHistory, cell: CellHistory, tallier: Tallier): Use => {
  const { view } = cell;
  const fallen = view.fallen.find((each) => each.statement === statement);
  if (fallen !== undefined) return useOfFallen(fallen, cell, tallier);
  const superseding = origin.supersededBy.get(statement);
  // A sum stands again where the one that replaced it lapsed.
  if (superseding !== undefined && !view.standing.includes(statement))
    return {
      use: origin.passedOver.has(statement) && !statement.numeric ? 'words' : 'superseded',
      by: lastOf(superseding),
    };
  const own = view.own;
  if (own === null || own.result === null) return { use: statement.numeric ? 'agrees' : 'words', by: null };
  if (own.result.by.includes(statement)) return { use: 'best', by: null };
  const isOvertaken = overtakenBy(own.result, view.nature);
  if (own.dissenting.includes(statement)) return { use: isOvertaken(statement) ? 'overtaken' : 'dissents', by: null };
  if (own.agreeing.includes(statement)) return { use: 'agrees', by: null };
  if (!statement.numeric) return { use: 'words', by: null };
  if (isOvertaken(statement)) return { use: 'overtaken', by: null };
  // A party's claim, a hedged number, a floor: it is told by whether it can be true with best.
  return { use: overlaps(statement.interval, own.result.best) ? 'agrees' : 'dissents', by: null };
};

const rowOf = (statement: Statement, use: StatementUse, by: string | null): ExplainedStatement => ({
  origin: statement.origin,
  kind: statement.kind,
  saidAt: toInstant(statement.saidMs),
  interval: { low: statement.interval.low, high: statement.interval.high },
  basis: statement.basis,
  figures: idsOf(statement),
  use,
  by,
});

/** What made a best that gave way to what the other cells leave made nothing that is shown: it only can be true with that, or not. */
const shownUse = (use: StatementUse, { numeric, interval }: Statement, { best, figures }: Estimate): StatementUse => {
  if (use !== 'best' || figures.length > 0) return use;
  if (!numeric) return 'words';
  return best !== null && overlaps(interval, best) ? 'agrees' : 'dissents';
};

const statementRows = (cell: CellHistory, tallier: Tallier, estimate: Estimate): ExplainedStatement[] => {
  const rows: { row: ExplainedStatement; saidMs: number; seq: number }[] = [];
  for (const origin of cell.origins) {
    for (const statement of origin.all) {
      const { use, by } = useOf(statement, origin, cell, tallier);
      rows.push({
        row: rowOf(statement, shownUse(use, statement, estimate), by),
        saidMs: statement.saidMs,
        seq: statement.lastSeq,
      });
    }
    const gone = origin.readings.filter((reading) => origin.withdrawn.has(reading.id));
    const figures = gone.flatMap((reading) => tallier.valued(reading) ?? []);
    for (const statement of statementsOf(origin.origin, figures, false)) {
      const by = origin.withdrawn.get(lastOf(statement))?.by.eventId ?? null;
      rows.push({ row: rowOf(statement, 'withdrawn', by), saidMs: statement.saidMs, seq: statement.lastSeq });
    }
  }
  return rows.sort((a, b) => b.saidMs - a.saidMs || b.seq - a.seq).map(({ row }) => row);
};

/** Reasons are in English, whatever the language of the phrase. */
const { number } = languageOf();

const boundsOf = (tallier: Tallier, at: number): Interval | null => tallier.impliedOf(at);

const names = (tallier: Tallier, cells: readonly number[]): string[] =>
  cells.map((cell) => tallier.lattice?.texts[cell] ?? '');

/** The sums that give an implied bound, where its own best does not. */
const impliedRows = (tallier: Tallier, cell: string): ImpliedBy[] => {
  const { lattice } = tallier;
  const at = lattice?.index.get(cell);
  if (lattice === null || at === undefined) return [];
  const implied = boundsOf(tallier, at);
  if (implied === null) return [];
  const entering: ReadonlyMap<number, Entering> = tallier.entering;
  const own = tallier.wasOpened(at) ? undefined : entering.get(at);
  const ownLow = entering.get(at)?.low ?? 0;
  const ownHigh = own?.high ?? Infinity;
  const low = (each: number): number => boundsOf(tallier, each)?.low ?? 0;
  const high = (each: number): number => boundsOf(tallier, each)?.high ?? Infinity;
  const rows: ImpliedBy[] = [];
  const add = (bound: 'low' | 'high', value: number, cells: readonly number[], text: string): void => {
    if (!rows.some((row) => row.bound === bound)) rows.push({ bound, value, cells: names(tallier, cells), text });
  };
  const wantsLow = implied.low > ownLow;
  const wantsHigh = implied.high !== null && implied.high < ownHigh;
  for (const relationAt of lattice.below[at] ?? []) {
    const relation = lattice.relations[relationAt];
    if (relation === undefined) continue;
    const parts = activeParts(relation, entering);
    const telling = parts.filter((part) => low(part) > 0);
    const sum = relation.overlapping
      ? Math.max(0, ...parts.map(low))
      : parts.reduce((total, part) => total + low(part), 0);
    if (wantsLow && sum === implied.low)
      add('low', sum, telling, `its parts ${relation.overlapping ? 'reach' : 'add up to'} at least ${number(sum)}`);
    const highs = parts.reduce((total, part) => total + high(part), 0);
    if (wantsHigh && isFullSum(relation, entering) && !relation.overlapping && highs === implied.high)
      add('high', highs, parts, `all its parts together are at most ${number(highs)}`);
  }
  for (const relationAt of lattice.above[at] ?? []) {
    const relation = lattice.relations[relationAt];
    if (relation === undefined) continue;
    const parts = activeParts(relation, entering);
    if (!parts.includes(at)) continue;
    const others = parts.filter((part) => part !== at);
    const { whole } = relation;
    const wholeName = lattice.texts[whole] ?? '';
    const othersLow = relation.overlapping ? 0 : others.reduce((total, part) => total + low(part), 0);
    if (wantsHigh && high(whole) - othersLow === implied.high)
      add(
        'high',
        implied.high ?? 0,
        [whole, ...others.filter((part) => low(part) > 0 && !relation.overlapping)],
        othersLow === 0
          ? `${wholeName} is at most ${number(high(whole))}`
          : `${wholeName} is at most ${number(high(whole))}, of which the others are at least ${number(othersLow)}`,
      );
    const othersHigh = others.reduce((total, part) => total + high(part), 0);
    if (wantsLow && isFullSum(relation, entering) && !relation.overlapping && low(whole) - othersHigh === implied.low)
      add(
        'low',
        implied.low,
        [whole, ...others],
        `${wholeName} is at least ${number(low(whole))}, of which the others are at most ${number(othersHigh)}`,
      );
  }
  return rows;
};

/** How a cell's number came about: every statement with its use, the rule, what other cells imply. `null`: no such cell. */
export const explainCell = (ledger: Ledger, cell: string, options: TallyOptions = {}): CellExplained | null => {
  const estimate = estimateOf(ledger, cell, options);
  if (estimate === null) return null;
  const tallier = tallierFor(ledger, options.method);
  const pin = ledger.state.pins.get(cell);
  const history = tallier.history(cell);
  return {
    estimate,
    rule: { method: tallier.method.id, text: tallier.method.text },
    pin:
      pin === undefined
        ? null
        : { best: pin.best, reason: pin.reason, by: { desk: pin.desk, person: pin.person }, at: pin.recordedAt },
    statements: history === undefined ? [] : statementRows(history, tallier, estimate),
    impliedBy: impliedRows(tallier, cell),
  };
};
