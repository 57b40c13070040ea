import type { Command } from '../commands.js';
import type { FiledEvent, IncidentEvent } from '../events.js';
import type { IncidentState } from '../incident-state.js';
import type { FieldError, Refusal, RefusalCode } from '../refusal.js';
import type { Scheme } from '../schema/incident.js';
import type { Ledger } from '../tally/ledger.js';

/** Everything that a decision needs beside state and command: what the clock says, new ids, who asks. */
export interface DecideContext {
  /** RFC 3339 UTC with milliseconds. */
  readonly now: string;
  /** Id (UUID, lower case) of the place-th event of the filing, from 0. */
  readonly newId: (place: number) => string;
  /** Id (UUID) of the filing. */
  readonly filingId: string;
  /** Needed where a rule asks for revisions: an explanation is refused without it. */
  readonly ledger?: Ledger | undefined;
  readonly meta: {
    readonly desk: string;
    readonly person: string | null;
    readonly correlationId: string;
    readonly key?: string | undefined;
    readonly bodyHash?: string | undefined;
  };
}

/** The new or named thing that a request is about, where it has one. */
export interface Subject {
  readonly report?: string;
  readonly link?: string;
}

/** What a command comes to. */
export type Decision =
  | {
      readonly kind: 'events';
      readonly events: readonly FiledEvent[];
      /** Each event as the log keeps it, by `storedTexts`. */
      readonly texts: readonly string[];
      /** What the texts take together, in UTF-8. */
      readonly bytes: number;
      readonly subject: Subject;
    }
  /** It is already so: nothing to append. */
  | { readonly kind: 'unchanged'; readonly subject: Subject }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A decision whose events have no ids and meta yet. */
export type Draft =
  | { readonly kind: 'events'; readonly events: readonly IncidentEvent[]; readonly subject: Subject }
  | Exclude<Decision, { readonly kind: 'events' }>;

/** An incident that is there, open or closed. */
export interface Incident {
  readonly state: IncidentState;
  readonly scheme: Scheme;
}

/** The filing that is being decided. */
export interface Filing {
  /** When the log takes it: now, but never before the stream's last event. */
  readonly recordedAt: string;
  readonly recordedMs: number;
  readonly filingId: string;
  readonly idOf: (place: number) => string;
  readonly ledger: Ledger | undefined;
}

export type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

export const events = (list: readonly IncidentEvent[], subject: Subject = {}): Draft => ({
  kind: 'events',
  events: list,
  subject,
});

export const unchanged = (subject: Subject = {}): Draft => ({ kind: 'unchanged', subject });

export const refuse = (code: RefusalCode, detail: string, errors: readonly FieldError[] = []): Draft & Decision => ({
  kind: 'refused',
  refusal: { code, detail, errors },
});

/** Refuses with all that is wrong. */
export const refuseFor = (code: RefusalCode, what: string, errors: readonly FieldError[]): Draft & Decision =>
  refuse(
    code,
    errors.length === 1 ? (errors[0]?.detail ?? what) : `${what} breaks ${errors.length} rules; nothing was stored.`,
    errors,
  );

/** Members that are given; those that are absent are left out, so that what is stored is what is read back. */
export const given = <T extends object>(members: T): T => {
  // By hand: lists of entries would cost more than all else in a decision.
  const kept: Partial<T> = {};
  for (const name in members) if (members[name] !== undefined) kept[name] = members[name];
  return kept as T;
};
