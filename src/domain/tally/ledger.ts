import type { FiledEvent } from '../events.js';
import { evolve, initialState, type IncidentState } from '../incident-state.js';
import type { Scheme } from '../schema/incident.js';
import { undoOf } from '../undo-event.js';
import { rulesVersion, type LexiconId, type MethodId } from '../vocabulary.js';
import { describeContradiction } from './contradiction-text.js';
import { completed } from './estimate.js';
import { takeExplanation } from './explanations.js';
import { takeChanges, type Account, type Undoing } from './filing-changes.js';
import { methods } from './methods.js';
import type { Changes, Contradiction, Estimate, TallyBody } from './shapes.js';
import { Tallier } from './tallier.js';

/** The running fold of one incident. */
export interface Ledger extends Account {
  /** `null`: nothing worked out yet. */
  tallier: Tallier | null;
}

export interface TallyOptions {
  readonly method?: MethodId | undefined;
  /** Language of phrases; English by default. */
  readonly lang?: string | undefined;
}

type Head = { readonly method: MethodId; readonly lexicon: LexiconId };

const defaultMethod: MethodId = 'most-authoritative/1';

export const createLedger = (): Ledger => ({
  state: initialState(),
  revisions: [],
  estimates: new Map(),
  leads: new Map(),
  inherited: new Map(),
  tallier: null,
});

/**
 * Folds events without revisions: for a tally at one moment, where no history is asked for. A ledger that absorbed
 * events numbers its revisions from there on.
 */
export const absorb = (ledger: Ledger, events: readonly FiledEvent[]): void => {
  for (const event of events) evolve(ledger.state, event);
  ledger.tallier = null;
};

const methodOf = (state: IncidentState): MethodId => state.scheme?.method ?? defaultMethod;

const settled = (ledger: Ledger): Tallier => {
  if (ledger.tallier === null) {
    ledger.tallier = new Tallier(ledger.state, methods[methodOf(ledger.state)]);
    ledger.tallier.settle();
  }
  return ledger.tallier;
};

const noContradictions: readonly Contradiction[] = [];

const contradictionsOf = (tallier: Tallier): readonly Contradiction[] => {
  const found = tallier.contradictions();
  return found.length === 0 ? noContradictions : found.map((each) => describeContradiction(each, tallier));
};

const lastRevisionOf = (ledger: Ledger, cell: string): string | null => ledger.estimates.get(cell)?.revision ?? null;

/** Folds events into the state and settles what they touch. @returns cells whose estimate may have changed, each once */
const settleEvents = (ledger: Ledger, events: readonly FiledEvent[], undoing: Undoing): readonly string[] => {
  const { state } = ledger;
  const before = settled(ledger);
  // Done last, when the state is as it was.
  undoing?.push(() => {
    ledger.tallier = before;
    for (const event of events.toReversed()) before.untouch(event);
    before.settle();
  });
  for (const event of events) {
    undoing?.push(undoOf(state, event));
    evolve(state, event);
    before.touch(event);
  }
  if (before.method.id === methodOf(state)) return before.settle();
  const after = new Tallier(state, methods[methodOf(state)]);
  ledger.tallier = after;
  return [...new Set([...ledger.estimates.keys(), ...after.settle()])];
};

const fold = (ledger: Ledger, events: readonly FiledEvent[], undoing: Undoing): Changes => {
  const schemeBefore = ledger.state.scheme;
  const touched = settleEvents(ledger, events, undoing);
  const tallier = settled(ledger);
  const { revisions, cells, removed } = takeChanges(ledger, tallier, events, touched, undoing);
  const explained = events.flatMap((event) =>
    event.type === 'RevisionExplained' ? takeExplanation(ledger, event, undoing) : [],
  );
  return {
    revisions: explained.length === 0 ? revisions : [...revisions, ...explained],
    cells,
    removed,
    contradictions: contradictionsOf(tallier),
    head: headChange(schemeBefore, ledger.state.scheme),
  };
};

/** Folds one whole filing in and says what it changed. Folding is in place: on a failed append, drop the ledger. */
export const applyFiling = (ledger: Ledger, events: readonly FiledEvent[]): Changes => fold(ledger, events, null);

/**
 * Folds one whole filing in, and says how to take it back: of several, the last one first.
 * @throws what folding throws; the ledger is then as it was
 */
export const applyUndoably = (
  ledger: Ledger,
  events: readonly FiledEvent[],
): { readonly changes: Changes; readonly undo: () => void } => {
  const undoing: (() => void)[] = [];
  const undo = (): void => {
    for (const each of undoing.toReversed()) each();
  };
  try {
    return { changes: fold(ledger, events, undoing), undo };
  } catch (error) {
    undo();
    ledger.tallier = null;
    throw error;
  }
};

/**
 * Folds a filing in for as long as it is looked at: a dry run. The ledger is the same before and after, and what the
 * filing would change is told by the very code that files.
 * @param look gets what the filing changes; the ledger meanwhile holds the filing
 */
export const tryFiling = <T>(ledger: Ledger, events: readonly FiledEvent[], look: (changes: Changes) => T): T => {
  const undoing: (() => void)[] = [];
  let isWhole = false;
  try {
    const seen = look(fold(ledger, events, undoing));
    isWhole = true;
    return seen;
  } finally {
    for (const undo of undoing.toReversed()) undo();
    // Of a fold that threw nobody knows what the tallier noted: it is made anew from the state.
    if (!isWhole) ledger.tallier = null;
  }
};

/** Whereby the tally is made; a method with a lexicon of its own reads words with that. */
const headOf = ({ method, lexicon }: Scheme): Head => ({ method, lexicon: methods[method].lexicon ?? lexicon });

/** What a reader of the tally has to know anew; an opening says it first. */
const headChange = (before: Scheme | null, after: Scheme | null): Head | null => {
  if (after === null) return null;
  const [was, is] = [before === null ? null : headOf(before), headOf(after)];
  return was?.method === is.method && was.lexicon === is.lexicon ? null : is;
};

/** The tally at the last event folded in, under the incident's method or another. */
export const tallyOf = (ledger: Ledger, options: TallyOptions = {}): TallyBody => {
  const tallier = tallierFor(ledger, options.method);
  const own = tallier === ledger.tallier;
  const cells: Estimate[] = [];
  for (const cell of tallier.cells()) {
    const known = ledger.estimates.get(cell);
    const bare = tallier.estimate(cell);
    if (bare === null) continue;
    // An estimate at hand is the same but for the language of its phrase.
    cells.push(
      own && known !== undefined && options.lang === undefined
        ? known
        : completed(bare, tallier.phrase(cell, options.lang), known?.revision ?? null),
    );
  }
  return {
    incident: ledger.state.slug,
    method: tallier.method.id,
    lexicon: tallier.lexicon,
    rules: rulesVersion,
    cells,
    contradictions: contradictionsOf(tallier),
  };
};

/** The incident's own tallier, or one made for another method. */
export const tallierFor = (ledger: Ledger, method?: MethodId): Tallier => {
  if (method === undefined || method === methodOf(ledger.state)) return settled(ledger);
  const other = new Tallier(ledger.state, methods[method]);
  other.settle();
  return other;
};

/** One cell's estimate; `null` where the cell is not in the tally. */
export const estimateOf = (ledger: Ledger, cell: string, options: TallyOptions = {}): Estimate | null => {
  const tallier = tallierFor(ledger, options.method);
  const bare = tallier.estimate(cell);
  return bare === null ? null : completed(bare, tallier.phrase(cell, options.lang), lastRevisionOf(ledger, cell));
};
