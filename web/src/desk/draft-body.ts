import { sideOf } from '../tally/cell-text.js';
import type { FigureDraft, LinkDraft, QuantityDraft, ReportDraft, TimeDraft } from './draft.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json | undefined };
type Members = Readonly<Record<string, Json | undefined>>;

const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** Digits, with the marks that part thousands; anything else goes as it is, for the service to refuse at its field. */
function numberOf(text: string): Json | undefined {
  const digits = text.replaceAll(/[\s,'’]/gu, '');
  if (digits === '') return undefined;
  return /^\d+$/u.test(digits) ? Number(digits) : text;
}

export const timeText = ({ date, time }: TimeDraft): string | undefined => {
  if (date === '') return undefined;
  if (time === '') return date;
  return `${date}T${time.length === 5 ? `${time}:00` : time}Z`;
};

function quantityOf({ kind, value, high, word }: QuantityDraft): Members | undefined {
  switch (kind) {
    case '':
      return undefined;
    case 'between':
      return { kind, low: numberOf(value), high: numberOf(high) };
    case 'vague':
      return { kind, word: given(word) };
    case 'unspecified':
      return { kind };
    default:
      return { kind, value: numberOf(value) };
  }
}

const chainOf = (links: readonly LinkDraft[]): readonly Members[] =>
  links
    .filter((link, place) => place === 0 || link.name.trim() !== '')
    .map((link, place) => ({
      name: given(link.name),
      kind: given(link.kind),
      named: link.named ? undefined : false,
      // Both belong to the speaker.
      id: place === 0 ? given(link.id) : undefined,
      body: place === 0 ? given(link.body) : undefined,
    }));

/** A figure as it is filed. @param placeOf the place in the report of a figure of this draft, by its key */
export function figureBody(figure: FigureDraft, placeOf: (key: string) => number | undefined): Members {
  const side = sideOf(figure.who);
  const of = figure.of.map((name) => {
    const place = placeOf(name);
    return place === undefined ? name : `#${place}`;
  });
  return {
    measure: given(figure.measure),
    group: side === null ? given(figure.who) : undefined,
    side: side ?? undefined,
    breakdown: figure.breakdown.length === 0 ? undefined : Object.fromEntries(figure.breakdown),
    quantity: quantityOf(figure.quantity),
    words: given(figure.words),
    basis: figure.basis === 'total' || figure.basis === '' ? undefined : figure.basis,
    of: of.length === 0 ? undefined : of,
    hedged: figure.hedged ? true : undefined,
    reason: given(figure.reason),
    attribution: figure.attribution === null ? undefined : chainOf(figure.attribution),
    statedAt: timeText(figure.statedAt),
  };
}

/** The report as it is filed. The same draft always gives the same text. */
export function reportBody(draft: ReportDraft): string {
  const places = new Map(draft.figures.map(({ key }, place) => [key, place]));
  return JSON.stringify({
    outlet: given(draft.outlet),
    url: given(draft.url),
    publishedAt: timeText(draft.publishedAt),
    statedAt: timeText(draft.statedAt),
    attribution: chainOf(draft.attribution),
    note: given(draft.note),
    figures: draft.figures.map((figure) => figureBody(figure, (key) => places.get(key))),
  });
}

/** A field that must not be empty and is. */
export interface Missing {
  readonly pointer: string;
  readonly label: string;
}

const missingOfChain = (links: readonly LinkDraft[], at: string): readonly Missing[] =>
  links.flatMap((link, place) => {
    if (place > 0 && link.name.trim() === '') return [];
    const who = place === 0 ? 'the speaker' : link.name;
    return [
      ...(link.name.trim() === '' ? [{ pointer: `${at}/${place}/name`, label: 'who said it' }] : []),
      ...(link.kind === '' ? [{ pointer: `${at}/${place}/kind`, label: `what kind of source ${who} is` }] : []),
    ];
  });

const missingOfQuantity = ({ kind, value, high, word }: QuantityDraft, at: string): readonly Missing[] => {
  if (kind === '') return [{ pointer: `${at}/kind`, label: 'how many' }];
  const empty: Missing[] = [];
  if (kind === 'vague' && word.trim() === '') empty.push({ pointer: `${at}/word`, label: 'the word that was used' });
  if (kind === 'between' && high.trim() === '') empty.push({ pointer: `${at}/high`, label: 'the higher number' });
  if (kind !== 'vague' && kind !== 'unspecified' && value.trim() === '')
    empty.push({ pointer: kind === 'between' ? `${at}/low` : `${at}/value`, label: 'the number' });
  return empty;
};

export const missingOfFigure = (figure: FigureDraft, at: string): readonly Missing[] => [
  ...(figure.measure === '' ? [{ pointer: `${at}/measure`, label: 'what happened to them' }] : []),
  ...(figure.who === '' ? [{ pointer: `${at}/group`, label: 'who is counted' }] : []),
  ...missingOfQuantity(figure.quantity, `${at}/quantity`),
  ...(figure.attribution === null ? [] : missingOfChain(figure.attribution, `${at}/attribution`)),
];

/** What a report cannot be filed without and this one lacks, in the order of its fields. */
export const missingOf = (draft: ReportDraft): readonly Missing[] => [
  ...(draft.outlet.trim() === '' ? [{ pointer: '/outlet', label: 'the outlet' }] : []),
  ...(draft.publishedAt.date === '' ? [{ pointer: '/publishedAt', label: 'when it was published' }] : []),
  ...missingOfChain(draft.attribution, '/attribution'),
  ...(draft.figures.length === 0 ? [{ pointer: '/figures', label: 'a figure' }] : []),
  ...draft.figures.flatMap((figure, place) => missingOfFigure(figure, `/figures/${place}`)),
];

/** The cell of a figure in text; `null` while it has none. */
export function cellOfDraft({ measure, who, breakdown }: Pick<FigureDraft, 'measure' | 'who' | 'breakdown'>) {
  if (measure === '' || who === '') return null;
  const pairs = breakdown.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `/${key}=${value}`);
  return `${measure}/${who}${pairs.join('')}`;
}
