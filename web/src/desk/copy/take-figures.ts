import type { Link, Proposal } from '../../extract/article.js';
import {
  blankFigure,
  isBlankReport,
  noLink,
  timeDraftOf,
  type FigureDraft,
  type LinkDraft,
  type ReportDraft,
} from '../draft.js';
import { sameName, type EarlierSpeaker } from '../speakers.js';

/** The article as it was pasted. */
export interface Copy {
  readonly text: string;
  readonly outlet: string;
  /** A plain date, or empty. */
  readonly published: string;
}

/** What the desk said of a proposal; none yet while it is open. */
export type Verdict = 'open' | 'taken' | 'dropped';

/** A proposal with what the desk made of it. */
export interface Item {
  readonly proposal: Proposal;
  readonly figure: FigureDraft;
  readonly verdict: Verdict;
}

/** A link as the fields have it; what is known of an earlier speaker of that name comes with it. */
function linkDraft(link: Link, isSpeaker: boolean, speakers: readonly EarlierSpeaker[]): LinkDraft {
  const draft: LinkDraft = { ...noLink, name: link.name, kind: link.kind, named: link.named !== false };
  const earlier = isSpeaker ? sameName(link.name, speakers) : null;
  if (earlier === null) return draft;
  const { kind, id = '', body = '' } = earlier.link;
  return { ...draft, kind, named: earlier.link.named !== false, id, body, takenFrom: earlier.link.name };
}

function quantityDraft({ quantity }: Proposal): FigureDraft['quantity'] {
  const none = { kind: quantity.kind, value: '', high: '', word: '' };
  if (quantity.kind === 'between') return { ...none, value: String(quantity.low), high: String(quantity.high) };
  if (quantity.kind === 'vague') return { ...none, word: quantity.word };
  return quantity.kind === 'unspecified' ? none : { ...none, value: String(quantity.value) };
}

/**
 * A proposal as a figure of a draft, with the chain of its own.
 * @param key its identity; the proposals that it adds to are named by theirs, `p` and the place
 */
export const figureOfProposal = (
  proposal: Proposal,
  key: string,
  speakers: readonly EarlierSpeaker[],
): FigureDraft => ({
  ...blankFigure(key),
  measure: proposal.measure,
  who: proposal.group ?? `side:${proposal.side ?? ''}`,
  breakdown: Object.entries(proposal.breakdown),
  quantity: quantityDraft(proposal),
  words: proposal.words.replaceAll(/\s+/gu, ' '),
  basis: proposal.basis,
  of: proposal.of.map((place) => `p${place}`),
  hedged: proposal.hedged,
  attribution: proposal.attribution.map((link, place) => linkDraft(link, place === 0, speakers)),
});

const chainText = (links: readonly LinkDraft[] | null): string => JSON.stringify(links);

/** The chain that most of the figures share: it becomes the report's. */
function commonChain(figures: readonly FigureDraft[]): readonly LinkDraft[] | null {
  const counted = new Map<string, { readonly chain: readonly LinkDraft[] | null; count: number }>();
  for (const { attribution } of figures) {
    const known = counted.get(chainText(attribution)) ?? { chain: attribution, count: 0 };
    known.count += 1;
    counted.set(chainText(attribution), known);
  }
  return [...counted.values()].toSorted((a, b) => b.count - a.count)[0]?.chain ?? null;
}

const highestKey = (figures: readonly FigureDraft[]): number =>
  figures.reduce((most, { key }) => Math.max(most, Number(key.slice(1)) || 0), 0);

/**
 * The report's draft with the figures that the desk took. A draft that is still blank gets the article's outlet, date
 * and the chain that most figures share; one that the desk has begun keeps its own.
 */
export function withTaken(draft: ReportDraft, items: readonly Item[], copy: Copy): ReportDraft {
  const taken = items.filter(({ verdict }) => verdict === 'taken').map(({ figure }) => figure);
  const first = highestKey(draft.figures) + 1;
  const keys = new Map(taken.map(({ key }, place) => [key, `f${first + place}`]));
  const blank = isBlankReport(draft);
  const common = blank ? commonChain(taken) : draft.attribution;
  const added = taken.map((figure) => ({
    ...figure,
    key: keys.get(figure.key) ?? figure.key,
    // What it adds to may have been dropped: then it stands alone, as the vocabulary allows.
    of: figure.of.flatMap((key) => keys.get(key) ?? (/^p\d/u.test(key) ? [] : [key])),
    attribution: chainText(figure.attribution) === chainText(common) ? null : figure.attribution,
  }));
  const figures = [...draft.figures, ...added];
  if (!blank) return { ...draft, figures };
  const published = copy.published === '' ? draft.publishedAt : timeDraftOf(copy.published);
  return { ...draft, outlet: copy.outlet, publishedAt: published, attribution: common ?? draft.attribution, figures };
}
