import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explainCell } from '../../../src/domain/tally/explain.js';
import {
  absorb,
  applyFiling,
  createLedger,
  estimateOf,
  tallyOf,
  tryFiling,
  type Ledger,
} from '../../../src/domain/tally/ledger.js';
import type { FiledEvent, IncidentEvent } from '../../../src/domain/events.js';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import type { Changes, TallyBody } from '../../../src/domain/tally/shapes.js';
import { day, figure, History } from './history.js';
import { warningsOf } from '../../../src/domain/warnings/warnings.js';
import { methodIds } from '../../../src/domain/vocabulary.js';
import { speakers, step, take, type Step } from './random-history.js';
import { anyScheme, cells, scheme, someCells } from './random-scheme.js';

const runs = { numRuns: 150 };
const historyOf = (steps: readonly Step[], among?: readonly string[], opened: Partial<Scheme> = scheme): History => {
  const history = new History(opened);
  for (const each of steps) take(history, each, among);
  return history;
};

const withoutRevisions = (tally: TallyBody): unknown => ({
  ...tally,
  cells: tally.cells.map((estimate) => ({ ...estimate, revision: null })),
});

/** All that is shown of an incident but for its history: the tally in both languages, and how each number came about. */
const shown = (ledger: Ledger): string => {
  const tally = tallyOf(ledger);
  const explained = tally.cells.map(({ cell }) => {
    const found = explainCell(ledger, cell);
    return found === null ? null : { ...found, estimate: null };
  });
  return JSON.stringify([withoutRevisions(tally), withoutRevisions(tallyOf(ledger, { lang: 'fr' })), explained]);
};

/** Everything that a ledger holds, in its order. */
const whole = (ledger: Ledger): string =>
  JSON.stringify([shown(ledger), ledger.revisions, [...ledger.inherited], ledger.state], (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );

/** Files everything in a dry run first, and notes where that tells something else or leaves a trace. */
class Tried extends History {
  // The first filing comes before a field would be set.
  declare differences?: string[];

  override filing(drafts: readonly (IncidentEvent & { id?: string })[]): Changes {
    const { ledger } = this;
    const differences = (this.differences ??= []);
    let told = '';
    const changes = super.filing(drafts, (events) => {
      const before = whole(ledger);
      told = tryFiling(ledger, events, (all) => JSON.stringify([all, warningsOf(events, ledger)]));
      if (whole(ledger) !== before) differences.push(`${whole(ledger)} after, ${before} before`);
    });
    const happened = JSON.stringify([changes, warningsOf(this.last(), ledger)]);
    if (told !== happened) differences.push(`${told} told, ${happened} happened`);
    return changes;
  }
}

describe('laws of the tally', () => {
  it.each(methodIds)('gives the same whether worked out step by step or all at once, under %s', (method) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), someCells, anyScheme, (steps, among, opened) => {
        const history = historyOf(steps, among, { ...opened, method });
        const fresh = createLedger();
        for (const filing of history.filings) absorb(fresh, filing);
        expect(shown(history.ledger)).toBe(shown(fresh));
      }),
      runs,
    );
  });

  it('tells in a dry run what filing then does, and leaves all as it was', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        someCells,
        anyScheme,
        fc.constantFrom(...methodIds),
        (steps, more, among, opened, method) => {
          const history = new Tried({ ...opened, method });
          for (const each of [...steps, ...more]) take(history, each, among);
          const fresh = createLedger();
          for (const filing of history.filings) applyFiling(fresh, filing);
          expect(history.differences).toEqual([]);
          expect(whole(history.ledger)).toBe(whole(fresh));
        },
      ),
      runs,
    );
  });

  it('is as it was after a dry run that fails', () => {
    const history = historyOf([]);
    const id = history.says('authority:Ministry', day(1), 'killed/civilians', 7);
    const before = whole(history.ledger);
    const [meta] = history.last().map((event) => event.meta);
    if (meta === undefined) throw new Error('nothing was filed');
    const corrected: FiledEvent = {
      type: 'FigureCorrected',
      id: history.id(),
      meta,
      data: { figure: id, corrected: figure('killed/civilians', 9), reason: 'misread' },
    };
    const unknown: FiledEvent = { ...corrected, data: { ...corrected.data, figure: 'no such figure' } };
    expect(() => tryFiling(history.ledger, [corrected, unknown], () => null)).toThrow('is not in the stream');
    expect(whole(history.ledger)).toBe(before);
  });

  it('keeps the revisions of a cell a chain: each begins where the last ended', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const history = historyOf(steps);
        const facts = (estimate: { best: unknown; confirmed: unknown; reported: unknown; status: unknown } | null) =>
          estimate === null
            ? null
            : JSON.stringify([estimate.best, estimate.confirmed, estimate.reported, estimate.status]);
        const last = new Map<string, string | null>();
        for (const [at, revision] of history.ledger.revisions.entries()) {
          expect(revision.number).toBe(at + 1);
          expect(facts(revision.before)).toBe(last.get(revision.cell) ?? null);
          expect(facts(revision.after)).not.toBe(facts(revision.before));
          last.set(revision.cell, facts(revision.after));
        }
        for (const estimate of history.tally().cells) expect(facts(estimate)).toBe(last.get(estimate.cell) ?? null);
      }),
      runs,
    );
  });

  it('does not depend on the order of filing, where all was said at different times', () => {
    const one = fc.record({
      by: fc.nat(speakers.length - 1),
      cell: fc.nat(cells.length - 1),
      number: fc.oneof(
        fc.nat(12).map(String),
        fc.nat(12).map((n) => `${n}+`),
        fc.constantFrom('?', 'dozens', '3-9'),
      ),
      basis: fc.constantFrom('total' as const, 'total' as const, 'partial' as const),
      hedged: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc
          .array(one, { minLength: 2, maxLength: 9 })
          .chain((all) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
            ),
          ),
        ([all, order]) => {
          const inOrder = (indices: readonly number[]) => {
            const history = new History(scheme);
            for (const index of indices) {
              const each = all[index];
              if (each === undefined) continue;
              history.report(speakers[each.by] ?? '', day(index + 1), [
                figure(cells[each.cell] ?? '', each.number, { basis: each.basis, hedged: each.hedged }),
              ]);
            }
            return history.tally().cells.map(({ cell, best, status, implied }) => ({ cell, best, status, implied }));
          };
          expect(inOrder(order)).toEqual(inOrder([...all.keys()]));
        },
      ),
      runs,
    );
  });

  it('restores every estimate when what was just filed is retracted, and again when it is reinstated', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 15 }),
        fc.nat(speakers.length - 1),
        fc.nat(cells.length - 1),
        fc.nat(12),
        (steps, by, cell, number) => {
          const history = historyOf(steps.filter((each) => each.do !== 'amend'));
          const before = JSON.stringify(withoutRevisions(history.tally()));
          const id = history.says(speakers[by] ?? '', day(9), cells[cell] ?? '', number);
          const filed = JSON.stringify(withoutRevisions(history.tally()));
          history.retract(id);
          expect(JSON.stringify(withoutRevisions(history.tally()))).toBe(before);
          history.reinstate(id);
          expect(JSON.stringify(withoutRevisions(history.tally()))).toBe(filed);
        },
      ),
      runs,
    );
  });

  it('restores what linking changed when it is unlinked', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 15 }), fc.nat(), fc.nat(), (steps, a, b) => {
        const history = historyOf(steps);
        const names = [
          ...new Set(
            [...history.ledger.state.figures.keys()].map((id) => history.ledger.tallier?.reading(id)?.name ?? ''),
          ),
        ];
        if (names.length < 2) return;
        const before = JSON.stringify(withoutRevisions(history.tally()));
        const first = names[a % names.length] ?? '';
        const second = names[b % names.length] ?? '';
        if (first === second) return;
        history.unlink(history.link(first, second));
        expect(JSON.stringify(withoutRevisions(history.tally()))).toBe(before);
      }),
      runs,
    );
  });

  it('says at most what it can: confirmed is within best as shown, implied within reason', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const history = historyOf(steps);
        for (const { cell, best, confirmed, implied, status, reported } of history.tally().cells) {
          expect(estimateOf(history.ledger, cell)).not.toBeNull();
          if (implied !== null && implied.high !== null) expect(implied.low).toBeLessThanOrEqual(implied.high);
          if (best !== null && best.high !== null) expect(best.low).toBeLessThanOrEqual(best.high);
          if (confirmed !== null) expect(confirmed).toBeGreaterThanOrEqual(1);
          if (confirmed !== null && best?.high != null && status !== 'unconfirmed' && status !== 'pinned')
            expect(confirmed).toBeLessThanOrEqual(best.high);
          if (best !== null && reported !== null && status !== 'pinned')
            expect(reported.low).toBeLessThanOrEqual(best.low);
        }
      }),
      runs,
    );
  });
});
