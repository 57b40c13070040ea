import { describe, expect, it } from '@jest/globals';
import { day, History } from './history.js';

describe('the fall of a whole', () => {
  it('is as unexplained as its part’s, wherever the whole stands in code point order', () => {
    const history = new History({ measures: [{ id: 'deadOrMissing', of: ['killed', 'missing'], nature: 'current' }] });
    history.says('authority:Ministry', day(1), 'killed/civilians', 32);
    history.says('authority:Ministry', day(2), 'killed/civilians', 29);
    const falls = history.ledger.revisions.filter(({ fall }) => fall);
    expect(falls.map(({ cell, reason }) => [cell, reason])).toEqual([
      ['deadOrMissing/civilians', 'unexplained'],
      ['deadOrMissing/side:victims', 'unexplained'],
      ['killed/civilians', 'unexplained'],
      ['killed/side:victims', 'unexplained'],
    ]);
    history.explain(falls[2]?.cause ?? '', 'killed/civilians', 'doubleCount');
    expect(history.ledger.revisions.filter(({ unexplained }) => unexplained)).toEqual([]);
  });
});
