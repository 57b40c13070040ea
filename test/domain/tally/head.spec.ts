import { describe, expect, it } from '@jest/globals';
import { History } from './history.js';

describe('what a change says of the method and its lexicon', () => {
  it('names the lexicon that the tally is read with, which is the method’s own where it has one', () => {
    const history = new History();
    const { head } = history.amend({ method: 'lowest-corroborated/1' });
    expect(head).toEqual({ method: 'lowest-corroborated/1', lexicon: history.tally().lexicon });
    expect(head?.lexicon).toBe('acled/1');
  });

  it('says nothing where the incident’s lexicon changes under a method with its own', () => {
    const history = new History({ method: 'lowest-corroborated/1' });
    expect(history.amend({ lexicon: 'acled/1' }).head).toBeNull();
  });
});
