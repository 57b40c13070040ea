import type { FiledEvent } from '../events.js';
import type { IncidentState } from '../incident-state.js';
import { completed, sameEstimate, sameFacts } from './estimate.js';
import type { BareEstimate } from './finish.js';
import { causeOf, directionOf, isFall, reasonOf, type FilingCause, type SiblingRevision } from './revisions.js';
import type { Changes, Estimate, RevisionBody } from './shapes.js';
import type { Statement } from './statements.js';
import type { Tallier } from './tallier.js';

/** What an incident has come to: its state, its tally under its own method, and every revision so far. */
export interface Account {
  readonly state: IncidentState;
  /** All revisions, by number from 1 (index 0 is number 1), with explanations given since. */
  readonly revisions: RevisionBody[];
  /** Listed estimates under the incident's method, by cell. */
  readonly estimates: Map<string, Estimate>;
  /** What made each cell's best, newest first. */
  readonly leads: Map<string, readonly Statement[]>;
  /** For a revision (by number) that took its reason from another, that one's number. */
  readonly inherited: Map<number, number>;
}

/** How to take what was changed out again, last change first; `null`: nobody will. */
export type Undoing = (() => void)[] | null;

/** A cell that a filing touched. */
interface Touched {
  readonly cell: string;
  readonly before: Estimate | null;
  readonly after: BareEstimate | null;
}

/** Why a cell is revised, and whose reason it took. */
type Reason = SiblingRevision & { readonly from: string | null };

type CellChanges = Pick<Changes, 'revisions' | 'cells' | 'removed'>;

const noLeads: readonly Statement[] = [];
const noReasons: ReadonlyMap<string, Reason> = new Map();

/** In code point order. */
const touchedOf = (account: Account, tallier: Tallier, cells: readonly string[]): Touched[] => {
  const touched: Touched[] = [];
  for (const cell of cells) {
    const before = account.estimates.get(cell) ?? null;
    const after = tallier.estimate(cell);
    if (before !== null || after !== null) touched.push({ cell, before, after });
  }
  return touched.length < 2 ? touched : touched.sort((a, b) => (a.cell < b.cell ? -1 : 1));
};

/** The reasons of the cells that are revised, by cell: parts before wholes, so that a whole's fall can take its part's. */
const reasonsOf = (
  account: Account,
  tallier: Tallier,
  cause: FilingCause,
  revised: readonly Touched[],
): ReadonlyMap<string, Reason> => {
  const reasons = new Map<string, Reason>();
  for (const { cell, before, after } of revised.toSorted((a, b) => tallier.partsFirst(a.cell, b.cell))) {
    const fall = isFall(before?.best ?? null, after?.best ?? null);
    const given = reasonOf(cause, tallier, cell, fall, account.leads.get(cell) ?? noLeads, reasons);
    reasons.set(cell, { cell, fall, ...given });
  }
  return reasons;
};

const revisionOf = (
  account: Account,
  number: number,
  cause: FilingCause,
  reason: Reason,
  before: Estimate | null,
  after: Estimate | null,
): RevisionBody => ({
  number,
  seq: account.state.eventCount - 1,
  recordedAt: cause.events[cause.events.length - 1]?.meta.recordedAt ?? '',
  publishedAt: cause.publishedAt,
  cell: reason.cell,
  before,
  after,
  direction: directionOf(before?.best ?? null, after?.best ?? null),
  fall: reason.fall,
  cause: reason.cause,
  reason: reason.reason,
  unexplained: reason.reason === 'unexplained',
  explanation: null,
});

/** Numbers follow code points, in which a whole may come before its parts: a source's number is known only at the end. */
const noteInherited = (
  account: Account,
  reasons: ReadonlyMap<string, Reason>,
  revisions: readonly RevisionBody[],
  undoing: Undoing,
): void => {
  const heirs = [...reasons.values()].filter(({ from }) => from !== null);
  if (heirs.length === 0) return;
  const numbers = new Map(revisions.map(({ cell, number }) => [cell, number]));
  for (const { cell, from } of heirs) {
    const [number, source] = [numbers.get(cell), numbers.get(from ?? '')];
    if (number === undefined || source === undefined) continue;
    account.inherited.set(number, source);
    undoing?.push(() => account.inherited.delete(number));
  }
};

const setOrDelete = <V>(map: Map<string, V>, key: string, value: V | undefined): void => {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
};

const noteCell = (
  account: Account,
  cell: string,
  estimate: Estimate | null,
  leads: readonly Statement[],
  undoing: Undoing,
): void => {
  if (undoing !== null) {
    const [estimateBefore, leadsBefore] = [account.estimates.get(cell), account.leads.get(cell)];
    undoing.push(() => {
      setOrDelete(account.estimates, cell, estimateBefore);
      setOrDelete(account.leads, cell, leadsBefore);
    });
  }
  setOrDelete(account.estimates, cell, estimate ?? undefined);
  account.leads.set(cell, leads);
};

/**
 * Takes what a filing changed into the estimates and revisions of an incident.
 * @param events the filing, folded into the state and settled
 * @param cells those whose estimate may have changed, each once
 */
export const takeChanges = (
  account: Account,
  tallier: Tallier,
  events: readonly FiledEvent[],
  cells: readonly string[],
  undoing: Undoing,
): CellChanges => {
  const touched = touchedOf(account, tallier, cells);
  const revised = touched.filter(({ before, after }) => !sameFacts(before, after));
  const cause = revised.length === 0 ? null : causeOf(account.state, events, tallier);
  const reasons = cause === null ? noReasons : reasonsOf(account, tallier, cause, revised);
  const firstNumber = account.revisions.length + 1;
  if (cause !== null) undoing?.push(() => account.revisions.splice(firstNumber - 1));
  const revisions: RevisionBody[] = [];
  const changed: Estimate[] = [];
  const removed: string[] = [];
  for (const { cell, before, after: bare } of touched) {
    const reason = reasons.get(cell);
    const number = firstNumber + revisions.length;
    const revision = reason === undefined ? (before?.revision ?? null) : String(number);
    const after = bare === null ? null : completed(bare, tallier.phrase(cell), revision);
    if (reason !== undefined && cause !== null)
      revisions.push(revisionOf(account, number, cause, reason, before, after));
    const isSame = before !== null && after !== null && sameEstimate(before, after);
    noteCell(account, cell, isSame ? before : after, tallier.view(cell)?.own?.result?.by ?? noLeads, undoing);
    if (after === null) removed.push(cell);
    else if (!isSame) changed.push(after);
  }
  for (const revision of revisions) account.revisions.push(revision);
  noteInherited(account, reasons, revisions, undoing);
  return { revisions, cells: changed, removed };
};
