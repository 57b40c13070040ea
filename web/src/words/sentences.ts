import type { Revision, Status } from '../api/shapes.js';

interface Worded {
  readonly label: string;
  readonly meaning: string;
}

export const statusWords: Readonly<Record<Status, Worded>> = {
  pinned: { label: 'Pinned', meaning: 'set by an editor, with a reason' },
  derived: { label: 'Derived', meaning: 'not said of the whole; it follows from the parts' },
  unconfirmed: { label: 'Unconfirmed', meaning: 'only the press or a party to the conflict says so' },
  contested: { label: 'Contested', meaning: 'accounts cannot all be true' },
  corroborated: { label: 'Corroborated', meaning: 'two independent origins agree' },
  'single-source': { label: 'Single source', meaning: 'one origin only' },
};

const reasons: Readonly<Record<string, string>> = {
  newFigure: 'a new figure was reported',
  correction: 'the desk corrected a figure it had filed',
  retraction: 'a figure was retracted',
  attributionDenied: 'the alleged speaker denies having said it',
  reinstated: 'a withdrawn figure was reinstated',
  originsLinked: 'two speakers turned out to be one origin',
  originsUnlinked: 'a link between speakers was removed',
  graded: 'an editor graded a speaker',
  pinned: 'an editor pinned the number',
  unpinned: 'an editor unpinned the number',
  methodChanged: 'the incident is counted by another method',
  schemeAmended: 'the way the incident is counted was amended',
  addsUp: 'the parts add up to it',
  relaysDisagree: 'outlets relay the same statement differently',
  sourceChanged: 'another origin now leads',
  doubleCount: 'people had been counted twice',
  reclassified: 'people were moved to another category',
  missingToDead: 'missing people were found dead',
  missingToSafe: 'missing people were found safe',
  neverPresent: 'people were never there',
  lateDeath: 'injured people have died',
  remainsMerged: 'remains turned out to be of the same person',
  fraud: 'fraudulent claims were removed',
  arithmetic: 'a sum was wrong',
  scopeChange: 'the count now covers something else',
  sumWithdrawn: 'a number that it was added up from was withdrawn',
  unexplained: 'no reason given',
};

export const reasonInWords = (reason: string): string => reasons[reason] ?? reason;

const directions: Readonly<Record<Revision['direction'], string>> = {
  first: 'first figure',
  withdrawn: 'withdrawn',
  status: 'same number',
  narrowed: 'narrowed',
  widened: 'widened',
  up: 'up',
  down: 'down',
};

export const directionInWords = (direction: Revision['direction']): string => directions[direction];

const uses: Readonly<Record<string, string>> = {
  best: 'makes best',
  agrees: 'agrees',
  dissents: 'dissents',
  overtaken: 'overtaken',
  superseded: 'superseded by its origin',
  withdrawn: 'withdrawn',
  words: 'words only',
};

export const useInWords = (use: string): string => uses[use] ?? use;

const kinds: Readonly<Record<string, string>> = {
  authority: 'authority',
  official: 'official, not authorised to count',
  organisation: 'organisation',
  witness: 'witness',
  press: 'press',
  party: 'party to the conflict',
};

export const kindInWords = (kind: string): string => kinds[kind] ?? kind;

const bases: Readonly<Record<string, string>> = {
  total: '',
  partial: 'so far',
  additional: 'with an addition',
  sum: 'a sum of others’ figures',
};

export const basisInWords = (basis: string): string => bases[basis] ?? basis;

const methods: Readonly<Record<string, string>> = {
  'most-authoritative/1': 'Most authoritative',
  'most-recent/1': 'Most recent',
  'range/1': 'Range',
  'majority/1': 'Majority',
  'two-source/1': 'Two sources',
  'lowest-corroborated/1': 'Lowest corroborated',
};

/** A method's name without its version; one that this page does not know goes by its id. */
export const methodInWords = (method: string): string => methods[method] ?? method;
