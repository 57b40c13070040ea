import type { Token } from '../words-to-figures/tokens.js';
import { weekdays } from './word-lists.js';

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

export const says = list(
  'said say says saying told tells tell confirmed confirms announced announces added adds reported reports stated states estimated estimates put puts claimed claims insisted acknowledged acknowledges admitted disclosed revealed declared wrote tweeted explained counted count counts listed lists gave gives believes believe thinks think warned spoke noted confided reckons reckoned raised lowered revised recorded records posted fears feared conceded maintained maintains related recalled certified registered documented verified logged informed inform informs clarified published publishes issued released',
);

export const denials = list('denied denies deny denying dismissed rejected disputes disputed rejects refuted');

/** Verbs that speak only where a number follows. */
export const weak = list(
  'certified registered documented verified logged published publishes issued released put puts counted count counts listed lists gave gives raised lowered revised recorded records reports reported confirmed confirms estimates estimated believe believes think thinks fears feared spoke claimed disclosed recalled related',
);

export const between = list(
  'has have had also later now just earlier previously since then again already initially today yesterday further immediately officially formally on in so far today tonight regrets regret wishes to',
);

export const pronouns = list('he she it they one');

export const nameStops = list(
  `that while when where but because after before as than who whom which although though since until if so
   was were is are been being has have had will would could may might
   killing wounding injuring leaving bringing including among amid during following`,
);

export const nameMiddle = list('of for the a an in at from and to by with its their his her on');

export const relative = /^(?:who|whose|which|where|speaking|visiting|quoted|citing|quoting)$/u;

export const relayVerbs = list('told telling tells');

export const closers = new Set([',', '.', '”', '"', '!', '?', ';', '–', '—', '-', ':', '’', ')']);

/** How long a relative clause between speaker and verb may be, in tokens. */
/** How long the speaker after a headline's colon may be, in tokens. */
export const creditTokensMax = 5;
export const relativeTokensMax = 14;

/** How far a label's colon may stand from the sentence's beginning, in tokens. */
export const labelTokensMax = 7;

/** How long a speaker's name, with what it says of the person, may be, in tokens. */
export const nameTokensMax = 16;

export const textOf = (tokens: readonly Token[], from: number, to: number, source: string): string =>
  from < to ? source.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0) : '';

export const isTime = (token: Token | undefined): boolean =>
  token !== undefined &&
  (weekdays.has(token.lower) ||
    /^(?:today|yesterday|tonight|this|early|late|morning|afternoon|evening|night)$/u.test(token.lower));
