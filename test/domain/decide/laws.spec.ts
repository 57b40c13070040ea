import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Command } from '../../../src/domain/commands.js';
import { decide } from '../../../src/domain/decide/decide.js';
import { decodeEvent, encodeEvent } from '../../../src/domain/event-codec.js';
import type { FiledEvent } from '../../../src/domain/events.js';
import { evolve, initialState } from '../../../src/domain/incident-state.js';
import { figureSchema, reportSchema } from '../../../src/domain/schema/report.js';
import { incidentPatchSchema } from '../../../src/domain/schema/incident.js';
import { cellOf } from '../../../src/domain/cell.js';
import { checkCell } from '../../../src/domain/scheme-rules.js';
import { applyFiling, createLedger, type Ledger } from '../../../src/domain/tally/ledger.js';
import { contextOf, open } from '../given.js';
import { command, history } from './random-command.js';

/** Asks each command of what the ones before it came to; `look` sees every filing before it is folded in. */
const run = (
  commands: readonly Command[],
  look: (events: readonly FiledEvent[], ledger: Ledger, command: Command) => void,
): Ledger => {
  const ledger = createLedger();
  for (const [filing, each] of [open(), ...commands].entries()) {
    const decision = decide(ledger.state, each, contextOf(filing, ledger));
    if (decision.kind !== 'events') continue;
    look(decision.events, ledger, each);
    applyFiling(ledger, decision.events);
  }
  return ledger;
};

const passesItsSchema = (each: Command): boolean => {
  switch (each.kind) {
    case 'fileReport':
      return reportSchema.safeParse(each.report).success;
    case 'correctFigure':
      return figureSchema.safeParse(each.corrected).success;
    case 'amendIncident':
      return incidentPatchSchema.safeParse(each.patch).success;
    default:
      return true;
  }
};

describe('for any history of commands', () => {
  test('many of the commands come to something, and many do not', () => {
    const kinds = new Map<string, number>();
    for (const [commands, next] of fc.sample(fc.tuple(history, command), 100)) {
      const ledger = run(commands, () => {});
      const { kind } = decide(ledger.state, next, contextOf(commands.length + 1, ledger));
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    for (const kind of ['events', 'refused']) expect(kinds.get(kind)).toBeGreaterThan(10);
  });

  test('the commands of this test are those that a schema lets through', () => {
    fc.assert(
      fc.property(command, (each) => {
        expect([each, passesItsSchema(each)]).toEqual([each, true]);
      }),
    );
  });

  test('a decision throws nothing, changes nothing, and says where a field is wrong', () => {
    fc.assert(
      fc.property(history, command, (commands, next) => {
        const ledger = run(commands, () => {});
        const before = structuredClone(ledger.state);
        const decision = decide(ledger.state, next, contextOf(commands.length + 1, ledger));
        expect(ledger.state).toEqual(before);
        expect(decide(ledger.state, next, contextOf(commands.length + 1, ledger))).toEqual(decision);
        if (decision.kind === 'refused') {
          expect(decision.refusal.detail).not.toBe('');
          for (const { pointer, rule, detail } of decision.refusal.errors)
            expect([pointer.startsWith('/'), rule === '', detail === '']).toEqual([true, false, false]);
        }
      }),
    );
  });

  test('every event comes back from its stored form as it was', () => {
    fc.assert(
      fc.property(history, (commands) => {
        run(commands, (events) => {
          for (const event of events) {
            const text = JSON.stringify(encodeEvent(event));
            const decoded = decodeEvent({ id: event.id, ...(JSON.parse(text) as ReturnType<typeof encodeEvent>) });
            // Strict: a member that is undefined would be lost in the log.
            expect(decoded).toStrictEqual(event);
            expect(JSON.stringify(encodeEvent(decoded))).toBe(text);
          }
        });
      }),
    );
  });

  test('the events of a filing follow one another and fold', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const filed: FiledEvent[] = [];
        run(commands, (events) => {
          expect(events.length).toBeGreaterThan(0);
          for (const [place, { meta }] of events.entries())
            expect([meta.place, meta.size]).toEqual([place, events.length]);
          filed.push(...events);
        });
        const state = initialState();
        for (const event of filed) evolve(state, event);
        expect(state.eventCount).toBe(filed.length);
        expect(new Set(filed.map(({ id }) => id)).size).toBe(filed.length);
        const times = filed.map(({ meta }) => meta.recordedAt);
        expect(times).toEqual(times.toSorted());
      }),
    );
  });

  test('every figure keeps a cell of the incident, and names earlier figures only', () => {
    fc.assert(
      fc.property(history, (commands) => {
        const { state } = run(commands, () => {});
        const { scheme } = state;
        for (const { current, seq } of state.figures.values()) {
          expect(scheme === null ? null : checkCell(scheme, cellOf(current))).toEqual([]);
          for (const named of current.of ?? []) expect(state.figures.get(named)?.seq).toBeLessThan(seq);
        }
      }),
    );
  });

  test('the same decision twice adds nothing', () => {
    // A report filed again is another report; a reinstatement undoes one withdrawal after the other.
    const again = new Set<Command['kind']>(['fileReport', 'reinstateFigure', 'openIncident']);
    fc.assert(
      fc.property(history, command, (commands, next) => {
        fc.pre(!again.has(next.kind));
        const ledger = run(commands, () => {});
        const first = decide(ledger.state, next, contextOf(commands.length + 1, ledger));
        if (first.kind !== 'events') return;
        applyFiling(ledger, first.events);
        const second = decide(ledger.state, next, contextOf(commands.length + 2, ledger));
        expect(second).toEqual({ kind: 'unchanged', subject: first.subject });
      }),
    );
  });
});
