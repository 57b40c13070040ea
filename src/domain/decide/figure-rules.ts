import { cellOf } from '../cell.js';
import type { StoredFigure } from '../events.js';
import type { FieldError } from '../refusal.js';
import type { Scheme } from '../schema/incident.js';
import type { FigureAsFiled } from '../schema/report.js';
import { checkCell } from '../scheme-rules.js';
import { lexiconLow } from '../tally/lexicons.js';
import { resolveOf, type Nameable } from './of-rules.js';
import { checkNotAfter } from './time-rules.js';

/** What a figure is checked against. */
export interface FigureSetting {
  readonly scheme: Scheme;
  /** Publication of its report, epoch ms. */
  readonly publishedMs: number;
  readonly nameable: Nameable;
  /** JSON Pointer of the figure in the request's body. */
  readonly at: string;
}

/**
 * A figure with the figures that it names resolved, in one order of members, and all that is wrong with it. It is to
 * be stored only where nothing is.
 */
export const checkFigure = (
  figure: FigureAsFiled,
  { scheme, publishedMs, nameable, at }: FigureSetting,
): { readonly stored: StoredFigure; readonly errors: readonly FieldError[] } => {
  const { ids, errors: ofErrors } = resolveOf(figure, nameable, at);
  const errors: FieldError[] = [
    ...checkCell(scheme, cellOf(figure)).map((error) => ({ ...error, pointer: `${at}${error.pointer}` })),
    ...checkWord(figure, scheme, at),
    ...ofErrors,
    ...(figure.statedAt === undefined
      ? []
      : checkNotAfter(
          figure.statedAt,
          publishedMs,
          `${at}/statedAt`,
          'not after publishedAt',
          "the report's publication",
        )),
  ];
  return { stored: storedFigure(figure, ids), errors };
};

const checkWord = ({ quantity }: FigureAsFiled, scheme: Scheme, at: string): FieldError[] =>
  quantity.kind === 'vague' && lexiconLow(scheme.lexicon, quantity.word) === null
    ? [
        {
          pointer: `${at}/quantity/word`,
          rule: 'word of the lexicon',
          detail: `"${quantity.word}" is not in the incident's lexicon, ${scheme.lexicon}.`,
        },
      ]
    : [];

type Writable<T> = { -readonly [member in keyof T]: T[member] };

// One order of members, and none that is undefined, whatever the order in which a desk's program sent them: equal
// figures are equal bytes. Member by member, since every figure filed comes through here.
const storedFigure = (figure: FigureAsFiled, of: readonly string[] | undefined): StoredFigure => {
  const { measure, group, side, breakdown, quantity, words, basis, hedged, reason, attribution, statedAt } = figure;
  const stored: Partial<Writable<StoredFigure>> = { measure };
  if (group !== undefined) stored.group = group;
  if (side !== undefined) stored.side = side;
  if (breakdown !== undefined) stored.breakdown = Object.fromEntries(cellOf(figure).breakdown);
  stored.quantity = quantity;
  if (words !== undefined) stored.words = words;
  if (basis !== undefined) stored.basis = basis;
  if (of !== undefined) stored.of = [...of];
  if (hedged !== undefined) stored.hedged = hedged;
  if (reason !== undefined) stored.reason = reason;
  if (attribution !== undefined) stored.attribution = attribution;
  if (statedAt !== undefined) stored.statedAt = statedAt;
  return stored as StoredFigure;
};

/** Whether two stored figures say the same. */
export const sameFigure = (a: StoredFigure, b: StoredFigure): boolean =>
  JSON.stringify(storedFigure(a, a.of)) === JSON.stringify(storedFigure(b, b.of));
