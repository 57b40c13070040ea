import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from './history.js';
import { killed } from './table.js';

const facts = (history: History): readonly unknown[] => {
  const { status, confirmed } = history.estimate(killed);
  return [history.best(killed), status, history.reported(killed), confirmed];
};

describe('Paris 2015: the prosecutor’s 129, and three who died in hospital', () => {
  const prosecutor = 'authority:Paris prosecutor';
  const hospitals = 'organisation:Hospitals of Paris';

  const evening = (): { history: History; toll: string } => {
    const history = new History({ home: 'FR' });
    return { history, toll: history.says(prosecutor, day(1), killed, 129) };
  };

  it('taken for three more, contest the 129 and reach 132', () => {
    const { history, toll } = evening();
    history.says(hospitals, day(2), killed, 3, { basis: 'additional', of: [toll] });
    expect(facts(history)).toEqual(['129', 'contested', '129-132', 129]);
  });

  it('were already in it: the prosecutor’s 129 again spends the three, though it answers no other number', () => {
    const { history, toll } = evening();
    history.says(hospitals, day(2), killed, 3, { basis: 'additional', of: [toll] });
    history.says('press:Agency', day(2), killed, 132, { basis: 'sum', of: [toll] });
    history.says(prosecutor, day(3), killed, 129);
    // The agency's sum is newer than the 129 of day 1: still reported, until somebody takes it back or says more.
    expect(facts(history)).toEqual(['129', 'single-source', '129-132', 129]);
    history.says('authority:Prime minister', day(7), killed, 130);
    expect(facts(history)).toEqual(['130', 'single-source', '130', 130]);
  });

  it('corrected by the desk into a count of what is in it, change nothing', () => {
    const { history, toll } = evening();
    const three = history.says(hospitals, day(2), killed, 3, { basis: 'additional', of: [toll] });
    history.correct(three, figure(killed, 3, { basis: 'partial' }));
    expect(facts(history)).toEqual(['129', 'single-source', '129', 129]);
  });

  it('become one more by a new total, not by adding what was in it', () => {
    const { history } = evening();
    history.says(hospitals, day(2), killed, 3, { basis: 'partial' });
    history.says(prosecutor, day(7), killed, 130);
    expect(facts(history)).toEqual(['130', 'single-source', '130', 130]);
  });
});

describe('Haiyan 2013: ten thousand feared, thousands counted', () => {
  const council = 'authority:Disaster council@philippines';

  it('follows the count, and keeps the fear as what it was', () => {
    const history = new History({ home: 'PH' });
    history.says('official:Regional police chief@philippines', day(3), killed, '~10000', { hedged: true });
    // A tenth either way; one official's guess confirms nobody.
    expect(facts(history)).toEqual(['9000-11000 (10000)', 'single-source', '9000-11000', null]);
    history.says('authority:President@philippines', day(5), killed, '2000-2500');
    // An authority; the guess is overtaken. What is printed falls from 10,000 to 2,000: another source, explained by that.
    expect(facts(history)).toEqual(['2000-2500', 'single-source', '2000-2500', 2000]);
    expect(history.ledger.revisions.filter(({ cell }) => cell === killed).at(-1)).toMatchObject({
      fall: true,
      reason: 'sourceChanged',
    });
    history.says(council, day(6), killed, 2275);
    // Within the president's range, which can be true with it and so stays reported; he is of the same body.
    expect(facts(history)).toEqual(['2275', 'single-source', '2000-2500', 2275]);
    history.says('organisation:UN relief office', day(8), killed, 4460);
    expect(facts(history)).toEqual(['2275', 'contested', '2000-4460', 2275]);
    history.says(council, day(9), killed, 3633);
    // The United Nations' older 4,460 cannot be true with it, nor the president's range: both are overtaken.
    expect(facts(history)).toEqual(['3633', 'single-source', '3633', 3633]);
    // "Contested" of the same best, 2,275, and back by the count's own rise: nothing fell since the guess.
    const falls = history.ledger.revisions.filter(({ cell, fall }) => cell === killed && fall);
    expect(falls).toHaveLength(1);
  });
});
