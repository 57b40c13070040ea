/** The closed word lists of the domain. Stored in events: never rename or reorder a word, only add. */

export const sides = ['victims', 'responders', 'perpetrators'] as const;
export type Side = (typeof sides)[number];

export const natures = ['cumulative', 'current'] as const;
export type Nature = (typeof natures)[number];

/** The measures that need no declaration. Cumulative ones only ever grow; current ones come and go. */
export const standardMeasures = {
  killed: 'cumulative',
  injured: 'cumulative',
  escaped: 'cumulative',
  freed: 'cumulative',
  arrested: 'cumulative',
  missing: 'current',
  held: 'current',
  presumedDead: 'current',
  present: 'current',
  displaced: 'current',
} as const satisfies Record<string, Nature>;

/** Takes a figure that mixes sides; part of no side. */
export const groupAll = 'all';

/** Speaker kinds in order of authority, the highest first. */
export const speakerKinds = ['authority', 'official', 'organisation', 'witness', 'press', 'party'] as const;
export type SpeakerKind = (typeof speakerKinds)[number];

/** 1 (authority) to 6 (party). */
export const rankOfKind = (kind: SpeakerKind): number => speakerKinds.indexOf(kind) + 1;

export const bases = ['total', 'partial', 'additional', 'sum'] as const;
export type Basis = (typeof bases)[number];

/** Reasons that a person gives, when filing or afterwards, for why a number changed. */
export const givenReasons = [
  'doubleCount',
  'reclassified',
  'missingToDead',
  'missingToSafe',
  'neverPresent',
  'lateDeath',
  'remainsMerged',
  'fraud',
  'arithmetic',
  'scopeChange',
  'sumWithdrawn',
] as const;
export type GivenReason = (typeof givenReasons)[number];

/** Given reasons that take people out of a count: an older total does not narrow one that was filed with such. */
export const loweringReasons: ReadonlySet<GivenReason> = new Set([
  'doubleCount',
  'reclassified',
  'neverPresent',
  'remainsMerged',
  'fraud',
  'arithmetic',
]);

/** Reasons that the events themselves tell. */
export const derivedReasons = [
  'newFigure',
  'correction',
  'retraction',
  'attributionDenied',
  'reinstated',
  'originsLinked',
  'originsUnlinked',
  'graded',
  'pinned',
  'unpinned',
  'methodChanged',
  'schemeAmended',
  'addsUp',
  'relaysDisagree',
  'sourceChanged',
] as const;
export type DerivedReason = (typeof derivedReasons)[number];
export type RevisionReason = GivenReason | DerivedReason | 'unexplained';

export const methodIds = [
  'most-authoritative/1',
  'most-recent/1',
  'range/1',
  'majority/1',
  'two-source/1',
  'lowest-corroborated/1',
] as const;
export type MethodId = (typeof methodIds)[number];

export const lexiconIds = ['plain/1', 'acled/1'] as const;
export type LexiconId = (typeof lexiconIds)[number];

/** The version of the rules of the tally as a whole; a persisted read model names the one that made it. */
export const rulesVersion = '1';

/** Nationality values beside ISO 3166-1 alpha-2 codes. */
export const nationalityWords = ['foreign', 'unknown', 'stateless'] as const;
