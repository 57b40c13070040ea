import { cellName } from '../words/names.js';
import { cellOfDraft } from './draft-body.js';
import type { FigureDraft, QuantityDraft } from './draft.js';
import type { Quantity } from '../api/shapes.js';

const leads: Readonly<Record<string, string>> = {
  atLeast: 'at least ',
  moreThan: 'more than ',
  atMost: 'at most ',
  fewerThan: 'fewer than ',
  about: 'about ',
};

/** "at least 7", as it will be filed; digits as they stand in the field. */
export function quantityDraftInWords({ kind, value, high, word }: QuantityDraft): string {
  switch (kind) {
    case '':
      return 'how many?';
    case 'between':
      return `between ${value} and ${high}`;
    case 'vague':
      return `“${word}”`;
    case 'unspecified':
      return 'no number given';
    default:
      return `${leads[kind] ?? ''}${value}`;
  }
}

/** A figure's cell in words; `null` while it has none. */
export function cellDraftInWords(figure: Pick<FigureDraft, 'measure' | 'who' | 'breakdown'>, locale: string) {
  const cell = cellOfDraft(figure);
  return cell === null ? null : cellName(cell, locale);
}

/** What was said of the number, with the reader's digits. */
export function quantityInWords(quantity: Quantity, count: (value: number) => string): string {
  switch (quantity.kind) {
    case 'between':
      return `between ${count(quantity.low)} and ${count(quantity.high)}`;
    case 'vague':
      return `“${quantity.word}”`;
    case 'unspecified':
      return 'no number given';
    default:
      return `${leads[quantity.kind] ?? ''}${count(quantity.value)}`;
  }
}
