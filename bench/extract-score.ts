// Holds proposals against the figures that a set of articles expects; docs/extract.md has the format.
import type { Basis, Link, Proposal } from '../web/src/extract/article.ts';
import { proposeFigures } from '../web/src/extract/propose.ts';
import { demonymAt } from '../web/src/words-to-figures/demonyms.ts';
import { peopleNoun } from '../web/src/words-to-figures/people-nouns.ts';
import type { Quantity } from '../web/src/words-to-figures/quantities.ts';
import type { Scheme } from '../web/src/words-to-figures/scheme.ts';
import { singular } from '../web/src/words-to-figures/singular.ts';
import { tokenise } from '../web/src/words-to-figures/tokens.ts';

type Named = Pick<Link, 'name' | 'kind'>;

/** One figure that an article comes to, as a report would file it. */
export interface ExpectedFigure {
  readonly measure: string;
  readonly group?: string;
  readonly side?: string;
  readonly breakdown?: Readonly<Record<string, string>>;
  readonly quantity: Quantity;
  /** `total` where it is left out; several where honest readers differ. */
  readonly basis?: Basis | readonly Basis[];
  /** The first link of the chain; several where honest readers differ. A report's `attribution` is taken too. */
  readonly speaker?: Named | readonly Named[];
  readonly attribution?: readonly Named[];
  /** Right if it is proposed, and not missed if it is not. */
  readonly optional?: boolean;
}

export interface ExpectedArticle {
  readonly style?: string;
  readonly outlet: string;
  readonly publishedAt?: string;
  readonly incident: Scheme;
  readonly text: string;
  readonly attribution?: readonly Named[];
  readonly figures: readonly ExpectedFigure[];
}

export interface Score {
  readonly right: readonly Proposal[];
  readonly wrong: readonly Proposal[];
  readonly missed: readonly ExpectedFigure[];
  readonly found: number;
  readonly expected: number;
}

const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

const small = new Set([
  'the',
  'a',
  'an',
  'of',
  'for',
  'and',
  'in',
  'at',
  'on',
  'its',
  'their',
  'his',
  'her',
  'who',
  'from',
  'head',
]);

/** A name's words, whatever their number; a people and its country are one. */
export function nameWords(name: string): ReadonlySet<string> {
  const tokens = tokenise(name);
  const words: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const demonym = demonymAt(tokens, at);
    if (demonym !== null) {
      words.push(demonym.nationality);
      at += demonym.length - 1;
      continue;
    }
    const word = tokens[at];
    if (word?.kind === 'word' && !small.has(word.lower)) words.push(singular(word.lower).replaceAll('-', ''));
  }
  const content = words.filter((word) => !word.startsWith('spokes'));
  return new Set(content.length > 0 ? content : words);
}

/** One name's words are all in the other: "Dana Whitlock" and "Police Chief Dana Whitlock". */
export function sameName(one: string, other: string): boolean {
  const [a, b] = [nameWords(one), nameWords(other)];
  const within = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean =>
    [...inner].every((word) => outer.has(word));
  return a.size > 0 && b.size > 0 && (within(a, b) || within(b, a));
}

const valueWord = (value: string): string =>
  (peopleNoun(value) ?? peopleNoun(value.split('-').at(-1) ?? ''))?.cluster ?? singular(value.toLowerCase());

function sameBreakdown(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) =>
        other[key] !== undefined &&
        (one[key] === other[key] || valueWord(one[key] ?? '') === valueWord(other[key] ?? '')),
    )
  );
}

const sameQuantity = (one: Quantity, other: Quantity): boolean => {
  if (one.kind !== other.kind) return false;
  if ('value' in one && 'value' in other) return one.value === other.value;
  if ('low' in one && 'low' in other) return one.low === other.low && one.high === other.high;
  return 'word' in one && 'word' in other ? one.word === other.word : true;
};

function sameSpeaker(proposal: Proposal, expected: ExpectedFigure, article: ExpectedArticle): boolean {
  const first = expected.attribution?.[0] ?? article.attribution?.[0] ?? { name: article.outlet, kind: 'press' };
  const [speaker] = proposal.attribution;
  return (
    speaker !== undefined &&
    asList<Named>(expected.speaker ?? first).some(
      ({ name, kind }) => kind === speaker.kind && sameName(name, speaker.name),
    )
  );
}

/** Which of cell, quantity, speaker and basis a proposal has right. */
export function agreement(proposal: Proposal, expected: ExpectedFigure, article: ExpectedArticle) {
  return {
    cell:
      proposal.measure === expected.measure &&
      proposal.group === expected.group &&
      proposal.side === expected.side &&
      sameBreakdown(proposal.breakdown, expected.breakdown ?? {}),
    quantity: sameQuantity(proposal.quantity, expected.quantity),
    speaker: sameSpeaker(proposal, expected, article),
    basis: asList<Basis>(expected.basis ?? 'total').includes(proposal.basis),
  };
}

/** Reads an article and says what of it is right, wrong and missed. */
export function scoreArticle(article: ExpectedArticle): Score {
  const { text, outlet, publishedAt, incident } = article;
  const proposals = proposeFigures({ text, outlet, publishedAt }, incident);
  const open = new Set(article.figures);
  const [right, wrong]: [Proposal[], Proposal[]] = [[], []];
  for (const proposal of proposals) {
    const matches = [...open].filter((expected) =>
      Object.values(agreement(proposal, expected, article)).every(Boolean),
    );
    const match = matches.find(({ optional }) => optional !== true) ?? matches[0];
    if (match === undefined) wrong.push(proposal);
    else {
      open.delete(match);
      right.push(proposal);
    }
  }
  const required = article.figures.filter(({ optional }) => optional !== true);
  const missed = required.filter((expected) => open.has(expected));
  return { right, wrong, missed, found: required.length - missed.length, expected: required.length };
}
