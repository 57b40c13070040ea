import { sameWho, type Scheme, type Who } from '../words-to-figures/scheme.js';
import type { Quantity } from '../words-to-figures/quantities.js';
import type { Article, Basis, Link, Proposal, Span } from './article.js';

/** A number as one sentence gave it, before those that say the same again are laid together. */
export interface Draft {
  readonly measure: string;
  readonly who: Who;
  readonly breakdown: Readonly<Record<string, string>>;
  readonly quantity: Quantity;
  readonly basis: Basis;
  readonly hedged: boolean;
  readonly span: Span;
  readonly attribution: readonly Link[];
  /** Nobody is named: the article says it in its own name. */
  readonly outletSpeaks: boolean;
  readonly heading: boolean;
  /** Groups of other sides that the article names as parts of this number. */
  readonly partsOnOtherSides: string[];
  readonly rules: readonly string[];
  readonly confidence: number;
}

interface Entry {
  draft: Draft;
  spans: Span[];
}

const cellOf = ({ measure, who, breakdown }: Draft): string =>
  JSON.stringify([
    measure,
    'group' in who ? who.group : `side:${who.side}`,
    Object.entries(breakdown).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);

const sameQuantity = (a: Quantity, b: Quantity): boolean => JSON.stringify(a) === JSON.stringify(b);

const numberOf = (quantity: Quantity): number | null => ('value' in quantity ? quantity.value : null);

const speakerOf = (draft: Draft): string => (draft.attribution[0]?.name ?? '').toLowerCase();

/**
 * Whether a number says again what stands already: the same by the same, or by the article itself where somebody is
 * named for it; a headline's number in whatever words.
 */
function repeats(known: Draft, fresh: Draft): boolean {
  if (cellOf(known) !== cellOf(fresh) || known.basis !== fresh.basis) return false;
  const same = sameQuantity(known.quantity, fresh.quantity);
  const number = numberOf(known.quantity);
  const headline = (known.heading || fresh.heading) && number !== null && number === numberOf(fresh.quantity);
  if (!same && !headline) return false;
  return speakerOf(known) === speakerOf(fresh) || known.outletSpeaks || fresh.outletSpeaks;
}

function takeIn(entries: Entry[], fresh: Draft): void {
  const known = entries.find(({ draft }) => repeats(draft, fresh));
  if (known === undefined) {
    entries.push({ draft: fresh, spans: [fresh.span] });
    return;
  }
  const better = (known.draft.outletSpeaks && !fresh.outletSpeaks) || (known.draft.heading && !fresh.heading);
  if (better) known.draft = fresh;
  known.spans = better ? [fresh.span, ...known.spans] : [...known.spans, fresh.span];
}

/** Lays together what is said twice, and ties each increment to the number it adds to. */
export function mergeProposals(drafts: readonly Draft[], article: Article, scheme: Scheme): readonly Proposal[] {
  const entries: Entry[] = [];
  for (const draft of drafts) takeIn(entries, draft);
  return entries.map(({ draft, spans }, index) => {
    const who = mixed(draft, scheme);
    const [first] = spans;
    return {
      measure: draft.measure,
      ...who,
      breakdown: draft.breakdown,
      quantity: draft.quantity,
      basis: draft.basis,
      of: draft.basis === 'additional' ? baseOf(entries, index) : [],
      hedged: draft.hedged,
      words: first === undefined ? '' : article.text.slice(first.start, first.end),
      spans,
      attribution: draft.attribution,
      confidence: draft.confidence,
      rules: draft.rules,
    };
  });
}

/**
 * "34 dead, including two firefighters": a number of people of several sides counts whom a union group joins, or all.
 */
function mixed(draft: Draft, scheme: Scheme): Who {
  const sides = draft.partsOnOtherSides;
  if (sides.length === 0) return draft.who;
  const own =
    'group' in draft.who
      ? [draft.who.group]
      : scheme.groups.filter(({ side }) => 'side' in draft.who && side === draft.who.side).map(({ id }) => id);
  const wanted = new Set([...own, ...sides]);
  const union = scheme.groups.find(
    ({ of }) => of !== undefined && of.length === wanted.size && of.every((id) => wanted.has(id)),
  );
  return { group: union?.id ?? 'all' };
}

/** The last total of the same cell before an increment. */
function baseOf(entries: readonly Entry[], index: number): readonly number[] {
  const fresh = entries[index]?.draft;
  if (fresh === undefined) return [];
  const cell = cellOf(fresh);
  const found = entries.findLastIndex(
    ({ draft, spans }, at) =>
      at < index &&
      draft.basis === 'total' &&
      cellOf(draft) === cell &&
      sameWho(draft.who, fresh.who) &&
      (spans[0]?.start ?? 0) < fresh.span.start,
  );
  return found === -1 ? [] : [found];
}
