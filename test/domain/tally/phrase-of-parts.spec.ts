import { describe, expect, it } from '@jest/globals';
import { absorb, createLedger, tallyOf } from '../../../src/domain/tally/ledger.js';
import { day, figure, History } from './history.js';

describe('the words of a whole', () => {
  it('are those of its one part, and follow them when somebody else says the same number', () => {
    const history = new History();
    history.says('organisation:Hospital', day(1), 'killed/civilians', 30);
    expect(history.estimate('killed/side:victims').phrase).toBe('30, Hospital said');
    history.says('authority:Ministry', day(2), 'killed/civilians', 30);
    expect(history.estimate('killed/side:victims').phrase).toBe('30, Ministry said');
    const fresh = createLedger();
    for (const filing of history.filings) absorb(fresh, filing);
    expect(tallyOf(fresh).cells.map((each) => each.phrase)).toEqual(history.tally().cells.map((each) => each.phrase));
  });

  it('say that it adds up where it took more than one', () => {
    const history = new History({
      groups: [
        { id: 'a', side: 'victims' },
        { id: 'b', side: 'victims' },
      ],
    });
    history.report('authority:Ministry', day(1), [figure('killed/a', 3), figure('killed/b', 4)]);
    expect(history.estimate('killed/side:victims').phrase).toBe('7, adding up what was reported');
  });

  it('do not put a floor that the sums raised into a speaker’s mouth', () => {
    const history = new History();
    history.says('authority:Minister', day(1), 'killed/civilians', '?');
    history.says('official:Officer', day(1), 'killed/civilians/nationality=JP', 7);
    expect(history.best('killed/civilians')).toBe('7+');
    expect(history.estimate('killed/civilians').phrase).toBe('at least 7, adding up what was reported');
  });
});
