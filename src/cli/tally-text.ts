import type { CellExplained, Contradiction, Estimate } from '../domain/tally/shapes.js';
import type { TallyOnWire } from '../projections/wire.js';
import { bestText, countText, counted, intervalText, timeText } from './numbers.js';
import { printable } from './printable.js';
import { tableText, type Column } from './table.js';

const estimateColumns: readonly Column[] = [
  { title: 'CELL' },
  { title: 'BEST', align: 'right' },
  { title: 'REPORTED', align: 'right' },
  { title: 'CONFIRMED', align: 'right' },
  { title: 'STATUS' },
  { title: 'IN WORDS' },
];

const estimateRow = (estimate: Estimate): readonly string[] => [
  estimate.cell,
  bestText(estimate.best),
  intervalText(estimate.reported),
  countText(estimate.confirmed),
  estimate.hedged ? `${estimate.status}, hedged` : estimate.status,
  estimate.phrase,
];

const estimatesText = (estimates: readonly Estimate[], columnsMax: number | null): string =>
  tableText(estimateColumns, estimates.map(estimateRow), columnsMax);

const contradictionText = ({ text, cells }: Contradiction): string =>
  `  ${printable(text)}\n    (${cells.map(printable).join(', ')})\n`;

/** The tally as a table, what it was made by above it and what cannot be true together below. */
export const tallyText = (tally: TallyOnWire, columnsMax: number | null): string => {
  let text = `${tally.incident} at position ${tally.position} (${tally.method}, ${tally.lexicon}, rules ${tally.rules})\n`;
  if (tally.stale !== null)
    text += `STALE: stands as of position ${tally.stale.position}; a later event cannot be read: ${printable(tally.stale.error)}\n`;
  text += '\n';
  text += tally.cells.length === 0 ? 'No figures yet.\n' : estimatesText(tally.cells, columnsMax);
  if (tally.contradictions.length > 0)
    text += `\nCannot all be true:\n${tally.contradictions.map(contradictionText).join('')}`;
  return text;
};

const useWords = {
  best: 'makes the estimate',
  agrees: 'agrees',
  dissents: 'dissents',
  overtaken: 'dissents, overtaken since',
  superseded: 'replaced',
  withdrawn: 'withdrawn',
  words: 'does not replace the number before it',
} as const satisfies Record<CellExplained['statements'][number]['use'], string>;

const statementText = (statement: CellExplained['statements'][number]): string => {
  const by = statement.by === null ? '' : ` by ${statement.by}`;
  const figures = `${counted(statement.figures.length, 'figure')} ${statement.figures.join(', ')}`;
  const number = `${intervalText(statement.interval)}${statement.basis === 'total' ? '' : ` (${statement.basis})`}`;
  return `  ${printable(statement.origin)} (${statement.kind}), ${timeText(statement.saidAt)}: ${number}; ${useWords[statement.use]}${by}\n    ${figures}\n`;
};

const standingText = ({ best, reported, confirmed, official, implied, origins, asOf }: Estimate): string => {
  const parts = [
    best === null ? 'There is no estimate' : `The best estimate is ${bestText(best)}`,
    reported === null ? null : `reported: ${intervalText(reported)}`,
    confirmed === null ? 'nothing is confirmed' : `at least ${countText(confirmed)} confirmed`,
    official === null ? null : `officially ${bestText(official)}`,
    implied === null ? 'what the other cells leave is withheld' : `the other cells leave ${intervalText(implied)}`,
    origins === 0 ? null : counted(origins, 'independent origin'),
    asOf === null ? null : `as of ${timeText(asOf)}`,
  ];
  return `${parts.filter((part) => part !== null).join('; ')}.\n`;
};

/** The estimate explained, from the number down to the figures behind it. */
export const explainedText = ({ estimate, rule, pin, statements, impliedBy }: CellExplained): string => {
  let text = `${estimate.cell}: ${printable(estimate.phrase)}\n\n${standingText(estimate)}`;
  text += `Status: ${estimate.status}${estimate.hedged ? ', hedged' : ''}.\n`;
  if (estimate.computed !== null) text += `Without the pin it would be ${bestText(estimate.computed)}.\n`;
  text += `Rule (${rule.method}): ${printable(rule.text)}\n`;
  if (pin !== null) {
    const who = pin.by.person === null ? pin.by.desk : `${pin.by.person}, ${pin.by.desk}`;
    text += `Pinned to ${intervalText(pin.best)} by ${printable(who)} on ${timeText(pin.at)}: ${printable(pin.reason)}\n`;
  }
  if (statements.length > 0) text += `\nStatements:\n${statements.map(statementText).join('')}`;
  if (impliedBy.length > 0)
    text += `\nFrom other cells:\n${impliedBy.map((bound) => `  ${printable(bound.text)}\n`).join('')}`;
  return text;
};
