import type { CellExplained, Estimate, ExplainedStatement } from '../domain/tally/shapes.js';
import type { FigureOnWire } from '../projections/figure-view.js';
import { counted, grouped, timeText } from './numbers.js';
import { printable } from './printable.js';

type Figures = ReadonlyMap<string, FigureOnWire>;
type Interval = ExplainedStatement['interval'];

/** `12`, `at least 12`, `at most 30`, `12 to 30`. */
const inWords = ({ low, high }: Interval): string => {
  if (high === null) return `at least ${grouped(low)}`;
  if (low === high) return grouped(low);
  return low === 0 ? `at most ${grouped(high)}` : `${grouped(low)} to ${grouped(high)}`;
};

/** The number to print, with what it may be where that is more: `250 (245 to 255)`. */
const bestInWords = ({ low, high, point }: NonNullable<Estimate['best']>): string =>
  point === null || low === high ? inWords({ low, high }) : `${grouped(point)} (${inWords({ low, high })})`;

/** What leads: who agrees, what is sure, what authorities say, what the other cells leave. */
const standingText = (estimate: Estimate): string => {
  const { best, reported, confirmed, official, implied, origins, asOf, status, hedged, figures } = estimate;
  const derived = best !== null && figures.length === 0 && status !== 'pinned';
  const moment = asOf === null ? '' : `, as of ${timeText(asOf)}`;
  const sentences = [
    best === null
      ? 'There is no estimate.'
      : `The best estimate is ${hedged ? 'perhaps ' : ''}${bestInWords(best)}${moment}.`,
    derived ? 'Nobody said it: it is what other cells come to.' : null,
    origins === 0
      ? null
      : status === 'corroborated'
        ? `${counted(origins, 'independent source')} agree on it.`
        : `It rests on ${counted(origins, 'independent source')}.`,
    confirmed === null
      ? 'No number is confirmed.'
      : `At least ${grouped(confirmed)} ${confirmed === 1 ? 'is' : 'are'} confirmed.`,
    official === null ? null : `Officially it is ${inWords(official)}.`,
    reported === null || reported.low === reported.high
      ? null
      : `What was reported and is not overtaken goes from ${grouped(reported.low)} to ${grouped(reported.high ?? reported.low)}.`,
    implied === null
      ? 'What the other cells leave is withheld, since they cannot all be true.'
      : derived || (implied.high === null && implied.low === 0)
        ? null
        : `Together with the other cells it can ${implied.low === implied.high ? 'only ' : ''}be ${inWords(implied)}.`,
  ];
  return `${sentences.filter((sentence) => sentence !== null).join(' ')}\n`;
};

const lastFigure = (statement: ExplainedStatement, figures: Figures): FigureOnWire | undefined => {
  const id = statement.figures.at(-1);
  return id === undefined ? undefined : figures.get(id);
};

const speakerOf = (statement: ExplainedStatement, figures: Figures): string =>
  lastFigure(statement, figures)?.attribution[0]?.name ?? statement.origin;

/** "at least 12 so far", "25 more, 48 in all": what a statement counts. */
const countedText = (statement: ExplainedStatement, figures: Figures): string => {
  const said = inWords(statement.interval);
  switch (statement.basis) {
    case 'total':
      return said;
    case 'partial':
      return `${said}, counted so far`;
    case 'sum':
      return `${said}, put together from others’ figures`;
    case 'additional': {
      const own = lastFigure(statement, figures);
      if (own === undefined || own.of.length === 0) return `${said}, on top of a number that is not known`;
      return `${inWords(own.interval)} more, ${said} in all`;
    }
    default:
      return statement.basis satisfies never;
  }
};

interface Told {
  readonly figures: Figures;
  readonly statements: readonly ExplainedStatement[];
  readonly dissenting: ReadonlySet<string>;
  readonly best: Interval | null;
}

/** Who said what took a statement's place. */
const replacedBy = ({ by, origin }: ExplainedStatement, { statements, figures }: Told): string => {
  const later = by === null ? undefined : statements.find((each) => each.figures.includes(by));
  if (later === undefined) return by === null ? '' : ` by ${by}`;
  const who = later.origin === origin ? 'the same speaker' : speakerOf(later, figures);
  return ` by what ${printable(who)} said at ${timeText(later.saidAt)}: ${inWords(later.interval)}`;
};

const withdrawnText = (statement: ExplainedStatement, told: Told): string => {
  const state = lastFigure(statement, told.figures)?.state;
  if (state === 'denied') return 'It was denied: the speaker never said so.';
  if (state === 'retracted') return 'It was taken back.';
  return statement.basis === 'sum'
    ? `It lapsed: a figure that it was put together from was withdrawn.`
    : 'It was withdrawn.';
};

const useText = (statement: ExplainedStatement, told: Told): string => {
  switch (statement.use) {
    case 'best':
      return 'It makes the estimate.';
    case 'agrees':
      return told.best?.low === statement.interval.low && told.best.high === statement.interval.high
        ? 'It agrees with the estimate.'
        : 'It can be true together with the estimate.';
    case 'dissents':
      return 'It cannot be true together with the estimate, and is no older.';
    case 'overtaken':
      return statement.figures.some((id) => told.dissenting.has(id))
        ? 'It cannot be true together with the estimate, which has overtaken it.'
        : 'The estimate has overtaken it.';
    case 'superseded':
      return `It was replaced${replacedBy(statement, told)}.`;
    case 'withdrawn':
      return withdrawnText(statement, told);
    case 'words':
      return statement.by === null
        ? 'It is in words only.'
        : `It is in words only, and leaves in its place what was said before${replacedBy(statement, told).replace(' by', ',')}.`;
    default:
      return statement.use satisfies never;
  }
};

const figureText = (id: string, figures: Figures): string => {
  const figure = figures.get(id);
  if (figure === undefined) return `    figure ${id}\n`;
  const words = figure.words === null ? '' : `“${printable(figure.words)}”, `;
  return `    ${words}${printable(figure.outlet)}, ${timeText(figure.publishedAt)}${figure.url === null ? '' : `, ${printable(figure.url)}`} (figure ${id})\n`;
};

const statementText = (statement: ExplainedStatement, told: Told): string => {
  const hedged = statement.figures.length > 0 && statement.figures.every((id) => told.figures.get(id)?.hedged === true);
  const said = `${hedged ? 'perhaps ' : ''}${countedText(statement, told.figures)}`;
  const who = `${printable(speakerOf(statement, told.figures))} (${statement.kind})`;
  const carried = statement.figures.map((id) => figureText(id, told.figures)).join('');
  return `  ${timeText(statement.saidAt)}: ${who} said ${said}. ${useText(statement, told)}\n${carried}`;
};

/** A sentence as it stands by itself: with a capital and a full stop. */
const sentence = (text: string): string => {
  const shown = printable(text);
  // A cell's name is no word.
  const begins = /^\S*\//u.test(shown) ? shown.charAt(0) : shown.charAt(0).toUpperCase();
  return `${begins}${shown.slice(1)}${/[.!?]$/u.test(shown) ? '' : '.'}`;
};

/**
 * The estimate explained, from the number down to the words that it comes from.
 * @param figures those of the cell, as far as they are known
 */
export const explainedText = (
  { estimate, rule, pin, statements, impliedBy }: CellExplained,
  figures: readonly FigureOnWire[],
): string => {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const told: Told = { figures: byId, statements, dissenting: new Set(estimate.dissenting), best: estimate.best };
  let text = `${estimate.cell}: ${printable(estimate.phrase)}\n\n${standingText(estimate)}`;
  text += `Status: ${estimate.status}${estimate.hedged ? ', hedged' : ''}.\n`;
  if (pin !== null) {
    const who = pin.by.person === null ? pin.by.desk : `${pin.by.person}, ${pin.by.desk}`;
    text += `Pinned to ${inWords(pin.best)} by ${printable(who)} on ${timeText(pin.at)}: ${printable(pin.reason)}\n`;
  }
  if (estimate.computed !== null) text += `Without the pin it would be ${bestInWords(estimate.computed)}.\n`;
  text += `Rule (${rule.method}): ${printable(rule.text)}\n`;
  if (statements.length > 0)
    text += `\nWhat was said, the newest first:\n${statements.map((each) => statementText(each, told)).join('')}`;
  if (impliedBy.length > 0)
    text += `\nWhat follows from other cells:\n${impliedBy
      .map(({ text: why, cells }) => `  ${sentence(why)}\n${cells.map((cell) => `    ${printable(cell)}\n`).join('')}`)
      .join('')}`;
  return text;
};
