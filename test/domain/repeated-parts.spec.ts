import { describe, expect, test } from '@jest/globals';
import type { AttributionLink } from '../../src/domain/schema/report.js';
import { filedUnder } from '../../src/domain/filing-records.js';
import { tallierFor, tryFiling } from '../../src/domain/tally/ledger.js';
import { file, given, killed, open, reportId } from './given.js';

const mayor = (more: Partial<AttributionLink> = {}): AttributionLink => ({ name: 'Mayor', kind: 'official', ...more });
const quoting = (...attribution: AttributionLink[]) => file([killed(3)], { attribution });

const chainsOf = (...steps: Parameters<typeof given>) => {
  const { state } = given(open(), ...steps).ledger;
  return steps.map((_, at) => state.reports.get(reportId(at + 1))?.attribution);
};

describe('a report that quotes a speaker again', () => {
  test('shares the chain of the last one where that is the same', () => {
    const [first, second] = chainsOf(quoting(mayor()), quoting(mayor()));
    expect(second).toEqual([mayor()]);
    expect(second).toBe(first);
  });

  test.each<[string, AttributionLink[]]>([
    ['with another kind', [mayor({ kind: 'authority' })]],
    ['with a body', [mayor({ body: 'city' })]],
    ['with a relay', [mayor(), { name: 'Reuters', kind: 'press' }]],
    ['with its members in another order', [{ kind: 'official', name: 'Mayor' }]],
  ])('keeps its own chain %s, as it was filed', (_, attribution) => {
    const [, second] = chainsOf(quoting(mayor()), quoting(...attribution));
    expect(JSON.stringify(second)).toBe(JSON.stringify(attribution));
  });

  test('is read by its own kind and outlet', () => {
    const { ledger } = given(
      open(),
      quoting(mayor()),
      quoting(mayor({ kind: 'authority' })),
      file([killed(3)], { attribution: [mayor()], outlet: 'AFP' }),
    );
    const read = [...ledger.state.figures.keys()].map((id) => tallierFor(ledger).reading(id));
    expect(read.map((reading) => [reading?.kind, reading?.outlet])).toEqual([
      ['official', 'reuters'],
      ['authority', 'reuters'],
      ['official', 'afp'],
    ]);
  });

  test('is as if never filed after a dry run of it', () => {
    const { ledger, when } = given(open(), quoting(mayor()));
    const before = structuredClone(ledger.state);
    const events = when(quoting(mayor({ body: 'city' }))).thenEvents();
    const withKey = events.map((event) => ({ ...event, meta: { ...event.meta, key: 'k', bodyHash: 'ab' } }));
    const seen = tryFiling(ledger, withKey, () => filedUnder(ledger.state.keys, 'night', 'k')?.lastSeq);
    expect(seen).toBe(before.eventCount + events.length - 1);
    expect(ledger.state).toEqual(before);
    expect(filedUnder(ledger.state.keys, 'night', 'k')).toBeUndefined();
  });
});
