import { describe, expect, it } from '@jest/globals';
import { SampleHistory } from './sample-incident.js';

/*
 * The article: thirty hostages and at least eleven militants killed. The agency, AP, Reuters and APA are relays of one
 * origin, the Algerian security source.
 */
const history = new SampleHistory();
history.file('r08');

const hostages = 'killed/hostages';
const militants = 'killed/militants';

describe('the article, filed as one report', () => {
  it.each([
    [hostages, '30', 'single-source', '30', 'ten relays of one speaker are one origin'],
    [
      `${hostages}/nationality=foreign`,
      '7+',
      'single-source',
      '7-22',
      '30 in all, less at least 8 Algerians; the parts 2, 2 and 1 are fewer than 7',
    ],
    [`${hostages}/nationality=DZ`, '8+', 'single-source', '8-23', '30 in all, less at least 7 foreigners'],
    [`${hostages}/nationality=JP`, '2+', 'single-source', '2-19', '22 foreigners at most, less 2 Britons and 1 French'],
    [
      `${hostages}/nationality=GB`,
      '2+',
      'single-source',
      '2-19',
      '22 foreigners at most, less 2 Japanese and 1 French',
    ],
    [
      `${hostages}/nationality=FR`,
      '1+',
      'single-source',
      '1-18',
      '22 foreigners at most, less 2 Japanese and 2 Britons',
    ],
    [militants, '11', 'single-source', '11', '"at least 11" and then "the 11" in one report: the intersection'],
    [`${militants}/nationality=DZ`, '2', 'single-source', '2', 'of 11, less 9 others'],
    [`${militants}/nationality=EG`, '3', 'single-source', '3', 'as said'],
    [`${militants}/nationality=TN`, '2', 'single-source', '2', 'as said'],
    [`${militants}/nationality=LY`, '2', 'single-source', '2', 'as said'],
    [`${militants}/nationality=ML`, '1', 'single-source', '1', 'as said'],
    [`${militants}/nationality=FR`, '1', 'single-source', '1', 'as said; another cell than the French hostage'],
    [`${militants}/nationality=foreign`, '9', 'derived', '9', '3, 2, 2, 1 and 1, and not more than 11 less 2'],
    ['escaped/hostages', '24+', 'single-source', '24+', '"perhaps dozens": hedged words of plain/1'],
    ['held/hostages', '36+', 'single-source', '36+', '"many dozens" of plain/1'],
    ['held/hostages/nationality=AT', '1', 'single-source', '1', 'said by Austria'],
    ['held/hostages/nationality=US', '1+', 'single-source', '1+', 'said by the United States, without a number'],
    ['held/hostages/nationality=NO', '1+', 'single-source', '1+', 'said by Norway, without a number'],
    ['held/hostages/nationality=RO', '1+', 'single-source', '1+', 'said by Romania, without a number'],
    ['killed/side:victims', '30', 'derived', '30', 'the hostages, who are all there are on that side'],
    ['killed/side:perpetrators', '11', 'derived', '11', 'the militants'],
  ])('gives %s as %s, %s, implied %s: %s', (cell, best, status, implied) => {
    expect([history.best(cell), history.status(cell), history.implied(cell)]).toEqual([best, status, implied]);
  });

  it('confirms one dead hostage: the spokesman, an authority, said an unspecified number; the source is one official', () => {
    expect(history.estimate(hostages).confirmed).toBe(1);
  });

  it('keeps the hedge of "perhaps dozens"', () => {
    expect(history.estimate('escaped/hostages').hedged).toBe(true);
    expect(history.estimate(hostages).hedged).toBe(false);
  });

  it('never adds the sides together: no 41 anywhere, nor any dead of all', () => {
    const { cells, contradictions } = history.tally();
    expect(cells.some(({ best }) => best?.low === 41 || best?.high === 41)).toBe(false);
    expect(cells.map(({ cell }) => cell)).not.toContain('killed/all');
    expect(contradictions).toEqual([]);
  });

  it('gives each of these cells its first revision, and every one of them was told', () => {
    const { cells } = history.tally();
    expect(history.ledger.revisions.map(({ cell }) => cell).sort()).toEqual(cells.map(({ cell }) => cell));
    expect(history.ledger.revisions.every(({ direction, fall }) => direction === 'first' && !fall)).toBe(true);
  });
});
