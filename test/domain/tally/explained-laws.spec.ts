import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explainCell } from '../../../src/domain/tally/explain.js';
import { methodIds } from '../../../src/domain/vocabulary.js';
import { History } from './history.js';
import { step, take } from './random-history.js';
import { anyScheme, someCells } from './random-scheme.js';
import { killed, told } from './table.js';

const numRuns = 40;
/** How often so many histories are drawn until every use was seen: one of them is rare. */
const drawsMax = 10;
const everyUse = ['agrees', 'best', 'dissents', 'overtaken', 'superseded', 'withdrawn', 'words'];
const sorted = (ids: readonly string[]): string[] => ids.toSorted();

describe('a cell explained', () => {
  it.each([
    ['dissents', 5],
    ['agrees', '5+'],
  ] as const)('calls nothing best that gave way to what its parts add up to: it %s', (use, number) => {
    const { history, ids } = told([
      ['press:Daily', 1, number],
      ['authority:Ministry', 1, 10, { in: `${killed}/sex=male` }],
    ]);
    const explained = explainCell(history.ledger, killed);
    expect(explained?.estimate).toMatchObject({ best: { low: 10, high: null }, status: 'derived', figures: [] });
    expect(explained?.statements).toMatchObject([{ figures: [ids[0]], use }]);
  });

  it('has every figure of the cell once, and tells of each what the estimate says', () => {
    const seen = new Set<string>();
    for (let draw = 0; draw === 0 || (draw < drawsMax && seen.size < everyUse.length); draw += 1)
      fc.assert(
        fc.property(
          fc.array(step, { maxLength: 25 }),
          anyScheme,
          someCells,
          fc.constantFrom(...methodIds),
          (steps, scheme, among, method) => {
            const history = new History(scheme);
            for (const each of steps) take(history, each, among);
            const { state } = history.ledger;
            const events = new Set(history.filings.flat().map(({ id }) => id));
            for (const cell of history.tally().cells.map((each) => each.cell)) {
              const explained = explainCell(history.ledger, cell, { method });
              if (explained === null) continue;
              const { estimate, statements } = explained;
              const filed = [...state.figures.keys()].filter(
                (id) => history.ledger.tallier?.reading(id)?.cell === cell,
              );
              expect(sorted(statements.flatMap(({ figures }) => figures))).toEqual(sorted(filed));

              const used = (...uses: string[]): string[] =>
                sorted(statements.filter(({ use }) => uses.includes(use)).flatMap(({ figures }) => figures));
              for (const { use } of statements) seen.add(use);
              // Also where a best gave way to what the other cells leave: what made it made nothing that is shown.
              expect(used('best')).toEqual(sorted(estimate.figures));
              for (const id of estimate.dissenting) expect(used('dissents', 'overtaken')).toContain(id);
              for (const { use, by } of statements) {
                if (use === 'best' || use === 'agrees' || use === 'dissents' || use === 'overtaken')
                  expect(by).toBeNull();
                if (use === 'superseded' || use === 'withdrawn')
                  expect(by !== null && (state.figures.has(by) || events.has(by))).toBe(true);
              }
              const said = statements.map(({ saidAt }) => Date.parse(saidAt));
              expect(said).toEqual(said.toSorted((a, b) => b - a));
            }
          },
        ),
        { numRuns },
      );
    expect(sorted([...seen])).toEqual(everyUse);
  }, 120_000);
});
