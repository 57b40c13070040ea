import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { references, SampleHistory } from '../tally/sample-incident.js';
import { differencesOf } from './differences.js';
import { play } from './play.js';
import { randomIncident } from './random-steps.js';
import { OutOfReach } from './sums.js';
import { tell } from './tell.js';

/** By hand, with other seeds, many more: REFERENCE_RUNS, REFERENCE_SEED. */
const numRuns = Number(process.env['REFERENCE_RUNS'] ?? 150);
const seed = process.env['REFERENCE_SEED'];

describe('the tally, against a reference written from the text of the rules', () => {
  it(`gives the same over ${numRuns} random histories, under every method`, () => {
    let outOfReach = 0;
    fc.assert(
      fc.property(randomIncident, (incident) => {
        const filings = play(incident);
        try {
          const differences = differencesOf(filings);
          if (differences.length > 0) throw new Error([tell(filings.flat()), ...differences].join('\n'));
        } catch (error) {
          if (!(error instanceof OutOfReach)) throw error;
          outOfReach += 1;
        }
      }),
      { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
    // Loops of sums that close in by one at a time are rare among such small numbers.
    expect(outOfReach).toBeLessThan(1 + numRuns / 100);
  }, 590_000);

  it('gives the same over In Amenas, after each of its reports and under every method', () => {
    const history = new SampleHistory();
    for (const reference of references) history.file(reference);
    expect(differencesOf(history.filings)).toEqual([]);
  }, 60_000);

  it('gives the same for the article of the worked example', () => {
    const history = new SampleHistory();
    history.file('r08');
    expect(differencesOf(history.filings)).toEqual([]);
  });
});
