import { expect } from '@jest/globals';
import type { Command } from '../../src/domain/commands.js';
import { decide } from '../../src/domain/decide/decide.js';
import type { Decision, DecideContext } from '../../src/domain/decide/decision.js';
import type { FiledEvent, IncidentEvent } from '../../src/domain/events.js';
import type { RefusalCode } from '../../src/domain/refusal.js';
import type { IncidentAsOpened } from '../../src/domain/schema/incident.js';
import type { FigureAsFiled, ReportAsFiled } from '../../src/domain/schema/report.js';
import { applyFiling, createLedger, type Ledger } from '../../src/domain/tally/ledger.js';
import type { Warning } from '../../src/domain/tally/shapes.js';
import { warningsOf } from '../../src/domain/warnings/warnings.js';

/** A command, or facts that are there already: one filing of events. */
export type Step = Command | readonly IncidentEvent[];

/** Number of the first filing; given steps are filings 0, 1, 2… */
const uuid = (filing: number, place: number): string =>
  `00000000-0000-4000-8000-${String(filing).padStart(6, '0')}${String(place).padStart(6, '0')}`;

/** Id of the n-th figure (from 0) of the filing that the n-th given step made. */
export const figureId = (filing: number, place = 0): string => uuid(filing, place + 1);
export const reportId = (filing: number): string => `rep_${uuid(filing, 999_999).replaceAll('-', '')}`;
export const linkId = (filing: number): string => `lnk_${uuid(filing, 999_999).replaceAll('-', '')}`;

export const startMs = Date.parse('2016-03-25T12:00:00.000Z');

/** The clock: each filing a minute after the one before. */
export const timeOf = (filing: number): string => new Date(startMs + filing * 60_000).toISOString();

export const contextOf = (filing: number, ledger?: Ledger, now = timeOf(filing)): DecideContext => ({
  now,
  newId: (place) => uuid(filing, place),
  filingId: uuid(filing, 999_999),
  ledger,
  meta: { desk: 'night', person: null, correlationId: `request-${filing}` },
});

const stamped = (events: readonly IncidentEvent[], filing: number): FiledEvent[] =>
  events.map((event, place) => ({
    ...event,
    id: uuid(filing, place),
    meta: {
      recordedAt: timeOf(filing),
      filing: uuid(filing, 999_999),
      place,
      size: events.length,
      desk: 'night',
      person: null,
      correlationId: `request-${filing}`,
    },
  }));

const isCommand = (step: Step): step is Command => 'kind' in step;

/** What an event says, without what every event carries. */
export const bare = ({ type, data }: FiledEvent): { type: string; data: unknown } => ({ type, data });

export interface When {
  readonly decision: Decision;
  readonly ledger: Ledger;
  /** What the filing is warned of; it is folded in for that. */
  readonly warnings: () => Warning[];
  readonly thenStored: (...events: IncidentEvent[]) => void;
  readonly thenEvents: () => readonly FiledEvent[];
  readonly thenUnchanged: () => void;
  /** @param errors pointer and rule of each, in order */
  readonly thenRefused: (code: RefusalCode, ...errors: (readonly [pointer: string, rule: string])[]) => void;
}

/**
 * Given what happened, when a command comes, then these events, or this refusal.
 * @throws where a given command is refused: then the test does not test what it says
 */
export const given = (...steps: Step[]) => {
  const ledger = createLedger();
  for (const [filing, step] of steps.entries()) {
    if (!isCommand(step)) {
      applyFiling(ledger, stamped(step, filing));
      continue;
    }
    const decision = decide(ledger.state, step, contextOf(filing, ledger));
    if (decision.kind === 'refused')
      throw new Error(`given step ${filing} (${step.kind}) is refused: ${JSON.stringify(decision.refusal)}`);
    if (decision.kind === 'events') applyFiling(ledger, decision.events);
  }
  return {
    ledger,
    when: (command: Command, options: { now?: string } = {}): When => {
      const filing = steps.length;
      const decision = decide(ledger.state, command, contextOf(filing, ledger, options.now));
      const eventsOf = (): readonly FiledEvent[] => {
        if (decision.kind !== 'events') throw new Error(`not decided: ${JSON.stringify(decision)}`);
        return decision.events;
      };
      return {
        decision,
        ledger,
        thenEvents: eventsOf,
        warnings: () => {
          applyFiling(ledger, eventsOf());
          return warningsOf(eventsOf(), ledger);
        },
        thenStored: (...events) => expect(eventsOf().map(bare)).toEqual(events),
        thenUnchanged: () => expect(decision.kind).toBe('unchanged'),
        thenRefused: (code, ...errors) =>
          expect(
            decision.kind === 'refused'
              ? [decision.refusal.code, ...decision.refusal.errors.map(({ pointer, rule }) => [pointer, rule])]
              : decision,
          ).toEqual([code, ...errors]),
      };
    },
  };
};

export const brussels: IncidentAsOpened = {
  slug: 'x-2016',
  title: 'Attacks at an airport and a station',
  place: 'Brussels',
  from: '2016-03-22',
  home: 'BE',
  groups: [
    { id: 'civilians', side: 'victims' },
    { id: 'soldiers', side: 'responders' },
    { id: 'attackers', side: 'perpetrators' },
    { id: 'not-attackers', of: ['civilians', 'soldiers'] },
  ],
  measures: [{ id: 'deadOrMissing', of: ['killed', 'presumedDead', 'missing'], nature: 'current' }],
  breakdowns: [
    { key: 'place', complete: true, values: [{ id: 'airport' }, { id: 'station', values: [{ id: 'platform' }] }] },
  ],
};

export const open = (incident: Partial<IncidentAsOpened> = {}): Command => ({
  kind: 'openIncident',
  incident: { ...brussels, ...incident },
});

export const killed = (value: number, more: Partial<FigureAsFiled> = {}): FigureAsFiled => ({
  measure: 'killed',
  ...(more.side === undefined ? { group: 'civilians' } : {}),
  quantity: { kind: 'exactly', value },
  ...more,
});

export const report = (figures: FigureAsFiled[], more: Partial<ReportAsFiled> = {}): ReportAsFiled => ({
  outlet: 'Reuters',
  publishedAt: '2016-03-22T18:00:00Z',
  attribution: [
    { name: 'Federal prosecutor', kind: 'authority' },
    { name: 'Reuters', kind: 'press' },
  ],
  figures,
  ...more,
});

export const file = (figures: FigureAsFiled[], more: Partial<ReportAsFiled> = {}): Command => ({
  kind: 'fileReport',
  report: report(figures, more),
  bodyHash: 'ab'.repeat(32),
});
