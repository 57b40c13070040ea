import type { FiledEvent } from '../events.js';
import { evolve, explanationKey, initialState, type ExplanationRecord, type IncidentState } from '../incident-state.js';
import type { Scheme } from '../schema/incident.js';
import { rulesVersion, type LexiconId, type MethodId } from '../vocabulary.js';
import { describeContradiction } from './contradiction-text.js';
import type { BareEstimate } from './finish.js';
import { methods } from './methods.js';
import { causeOf, directionOf, isFall, leadOf, reasonOf, type Lead, type SiblingRevision } from './revisions.js';
import { sameEstimate, sameFacts } from './same-estimate.js';
import type { Changes, Contradiction, Estimate, Explanation, RevisionBody, TallyBody } from './shapes.js';
import { Tallier } from './tallier.js';

/** The running fold of one incident: its state, its tally under its own method, and every revision so far. */
export interface Ledger {
  readonly state: IncidentState;
  /** All revisions, by number from 1 (index 0 is number 1), with explanations given since. */
  readonly revisions: RevisionBody[];
  /** Listed estimates under the incident's method, by cell. */
  readonly estimates: Map<string, Estimate>;
  readonly leads: Map<string, Lead | null>;
  /** For a revision (by number) that took its reason from another, that one's number. */
  readonly inherited: Map<number, number>;
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

/** An independent copy, for a dry run. What it holds is never changed in place but for the records of figures. */
export const forkLedger = (ledger: Ledger): Ledger => {
  const { state } = ledger;
  const reports = new Map([...state.reports].map(([id, report]) => [id, { ...report, figures: [...report.figures] }]));
  return {
    state: {
      ...state,
      reports,
      figures: new Map(
        [...state.figures].map(([id, figure]) => [
          id,
          {
            ...figure,
            report: reports.get(figure.report.id) ?? figure.report,
            corrections: [...figure.corrections],
            withdrawals: [...figure.withdrawals],
          },
        ]),
      ),
      links: new Map(state.links),
      formerLinks: new Set(state.formerLinks),
      grades: new Map(state.grades),
      pins: new Map(state.pins),
      explanations: new Map(state.explanations),
      keys: new Map(state.keys),
    },
    revisions: [...ledger.revisions],
    estimates: new Map(ledger.estimates),
    leads: new Map(ledger.leads),
    inherited: new Map(ledger.inherited),
    tallier: null,
  };
};

const methodOf = (state: IncidentState): MethodId => state.scheme?.method ?? defaultMethod;

const settled = (ledger: Ledger): Tallier => {
  if (ledger.tallier === null) {
    ledger.tallier = new Tallier(ledger.state, methods[methodOf(ledger.state)]);
    ledger.tallier.settle();
  }
  return ledger.tallier;
};

const completed = (bare: BareEstimate, tallier: Tallier, revision: string | null, lang?: string): Estimate => ({
  ...bare,
  phrase: tallier.phrase(bare.cell, lang),
  revision,
});

const contradictionsOf = (tallier: Tallier): Contradiction[] =>
  tallier.contradictions().map((found) => describeContradiction(found, tallier));

const lastRevisionOf = (ledger: Ledger, cell: string): string | null => ledger.estimates.get(cell)?.revision ?? null;

const explanationOf = (record: ExplanationRecord): Explanation => ({
  reason: record.reason,
  note: record.note,
  by: { desk: record.desk, person: record.person },
  at: record.recordedAt,
});

/** Folds one whole filing in and says what it changed. Folding is in place: on a failed append, drop the ledger. */
export const applyFiling = (ledger: Ledger, events: readonly FiledEvent[]): Changes => {
  const { state } = ledger;
  const schemeBefore = state.scheme;
  let tallier = settled(ledger);
  for (const event of events) {
    evolve(state, event);
    tallier.touch(event);
  }
  const head = headChange(schemeBefore, state.scheme);
  if (tallier.method.id !== methodOf(state)) {
    tallier = new Tallier(state, methods[methodOf(state)]);
    ledger.tallier = tallier;
  }
  const touched = tallier.settle();
  const fresh =
    tallier.method.id === schemeBefore?.method ? touched : new Set([...ledger.estimates.keys(), ...touched]);
  const last = events[events.length - 1];
  if (last === undefined) throw new RangeError('a filing has at least one event');

  const cause = causeOf(state, events, tallier);
  const changedCells: { cell: string; before: Estimate | null; bare: BareEstimate | null }[] = [];
  for (const cell of fresh) {
    const before = ledger.estimates.get(cell) ?? null;
    const bare = tallier.estimate(cell);
    if (before === null && bare === null) continue;
    changedCells.push({ cell, before, bare });
  }
  changedCells.sort((a, b) => (a.cell < b.cell ? -1 : 1));

  // Parts before wholes, so that a whole's fall can take its reason from a part's.
  const reasons = new Map<string, SiblingRevision & { from: string | null }>();
  for (const { cell, before, bare } of changedCells.toSorted((a, b) => tallier.partsFirst(a.cell, b.cell))) {
    if (sameFacts(before, bare)) continue;
    const fall = isFall(before?.best ?? null, bare?.best ?? null);
    const reason = reasonOf(cause, tallier, cell, fall, ledger.leads.get(cell) ?? null, reasons);
    reasons.set(cell, { cell, fall, ...reason });
  }

  const revisions: RevisionBody[] = [];
  const cells: Estimate[] = [];
  const removed: string[] = [];
  const numbers = new Map<string, number>();
  for (const { cell, before, bare } of changedCells) {
    const reason = reasons.get(cell);
    const number = reason === undefined ? null : ledger.revisions.length + 1;
    const after =
      bare === null ? null : completed(bare, tallier, number === null ? lastRevisionOf(ledger, cell) : String(number));
    if (reason !== undefined && number !== null) {
      const revision: RevisionBody = {
        number,
        seq: state.eventCount - 1,
        recordedAt: last.meta.recordedAt,
        publishedAt: cause.publishedAt,
        cell,
        before,
        after,
        direction: directionOf(before?.best ?? null, after?.best ?? null),
        fall: reason.fall,
        cause: reason.cause,
        reason: reason.reason,
        unexplained: reason.reason === 'unexplained',
        explanation: null,
      };
      ledger.revisions.push(revision);
      revisions.push(revision);
      numbers.set(cell, number);
    }
    ledger.leads.set(cell, leadOf(tallier.view(cell)?.own?.result?.by ?? []));
    if (after === null) {
      if (before !== null) removed.push(cell);
      ledger.estimates.delete(cell);
    } else if (before === null || !sameEstimate(before, after)) {
      cells.push(after);
      ledger.estimates.set(cell, after);
    }
  }
  // Numbers follow code points, in which a whole may come before its parts: its source's number is known only now.
  for (const [cell, reason] of reasons) {
    const [number, from] = [numbers.get(cell), reason.from === null ? undefined : numbers.get(reason.from)];
    if (number !== undefined && from !== undefined) ledger.inherited.set(number, from);
  }
  for (const event of events) if (event.type === 'RevisionExplained') revisions.push(...explain(ledger, event));
  return { revisions, cells, removed, contradictions: contradictionsOf(tallier), head };
};

/** Whereby the tally is made; a method with a lexicon of its own reads words with that. */
const headOf = ({ method, lexicon }: Scheme): Head => ({ method, lexicon: methods[method].lexicon ?? lexicon });

/** What a reader of the tally has to know anew; an opening says it first. */
const headChange = (before: Scheme | null, after: Scheme | null): Head | null => {
  if (after === null) return null;
  const [was, is] = [before === null ? null : headOf(before), headOf(after)];
  return was?.method === is.method && was.lexicon === is.lexicon ? null : is;
};

/** Gives revisions their explanation: the one named, and those whose fall took its reason from it. */
const explain = (ledger: Ledger, event: FiledEvent & { type: 'RevisionExplained' }): RevisionBody[] => {
  const record = ledger.state.explanations.get(explanationKey(event.data.event, event.data.cell));
  const named = ledger.revisions.find(
    (revision) => revision.cause === event.data.event && revision.cell === event.data.cell,
  );
  if (record === undefined || named === undefined) return [];
  const resent: RevisionBody[] = [];
  const follow = (number: number): void => {
    const revision = ledger.revisions[number - 1];
    if (revision === undefined) return;
    const wasUnexplained = revision.unexplained || revision.explanation !== null;
    const explained: RevisionBody = {
      ...revision,
      reason: wasUnexplained ? record.reason : revision.reason,
      unexplained: false,
      explanation: explanationOf(record),
    };
    ledger.revisions[number - 1] = explained;
    resent.push(explained);
    for (const [heir, from] of ledger.inherited) if (from === number) follow(heir);
  };
  follow(named.number);
  return resent.sort((a, b) => a.number - b.number);
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
        : completed(bare, tallier, known?.revision ?? null, options.lang),
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
  return bare === null ? null : completed(bare, tallier, lastRevisionOf(ledger, cell), options.lang);
};
