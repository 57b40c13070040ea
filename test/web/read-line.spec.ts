import { describe, expect, it } from '@jest/globals';
import { cellOfDraft } from '../../web/src/desk/draft-body.js';
import { quantityDraftInWords } from '../../web/src/desk/figure-words.js';
import { readLine, type LineScheme } from '../../web/src/desk/line/read-line.js';

const plant: LineScheme = {
  home: 'DZ',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'soldiers', side: 'responders' },
    { id: 'militants', side: 'perpetrators' },
  ],
  measures: [{ id: 'quarantined' }],
};
const town: LineScheme = {
  home: 'BE',
  groups: [
    { id: 'civilians', side: 'victims' },
    { id: 'aid-workers', side: 'victims' },
    { id: 'attackers', side: 'perpetrators' },
  ],
};

describe('a line of a figure', () => {
  it.each([
    ['at least 7 foreign hostages killed', 'at least 7', 'killed/hostages/nationality=foreign'],
    ['about 250 injured', 'about 250', 'injured/hostages'],
    ['dozens missing', '“dozens”', 'missing/hostages'],
    ['no more than 3 soldiers dead', 'at most 3', 'killed/soldiers'],
    ['between 12 and 30 hostages killed', 'between 12 and 30', 'killed/hostages'],
    ['two Japanese hostages killed', '2', 'killed/hostages/nationality=JP'],
    ['two japanese hostages killed', '2', 'killed/hostages/nationality=JP'],
    ['nobody killed', '0', 'killed/hostages'],
    ['killed: 12 militants', '12', 'killed/militants'],
    ['more than 1,200 hostages freed', 'more than 1200', 'freed/hostages'],
    ['fewer than forty hostages still held', 'fewer than 40', 'held/hostages'],
    ['three quarantined', '3', 'quarantined/hostages'],
    ['3 hostages killed place=bus', '3', 'killed/hostages/place=bus'],
    ['an unknown number of hostages escaped', 'no number given', 'escaped/hostages'],
    ['32 gunmen dead', '32', 'killed/militants'],
  ])('%s', (line, quantity, cell) => {
    const { figure, unread } = readLine(line, plant);
    expect({ quantity: quantityDraftInWords(figure.quantity), cell: cellOfDraft(figure), unread }).toEqual({
      quantity,
      cell,
      unread: [],
    });
  });

  it('tells groups of several words, and says what it took for granted', () => {
    const named = readLine('4 aid workers killed', town);
    expect(cellOfDraft(named.figure)).toBe('killed/aid-workers');
    expect(named.assumed).toEqual([]);
    const open = readLine('4 killed', town);
    expect(cellOfDraft(open.figure)).toBe('killed/side:victims');
    expect(open.assumed).toEqual(['all victims']);
  });

  it('takes "another 5" for an addition and "perhaps 5" for hedged', () => {
    expect(readLine('another 5 hostages killed', plant).figure).toMatchObject({ basis: 'additional', hedged: false });
    expect(readLine('perhaps 5 hostages killed', plant).figure).toMatchObject({ basis: 'total', hedged: true });
  });

  it('says what it could not read, and leaves open what the line does not say', () => {
    const { figure, unread } = readLine('7 hostages frobnicated', plant);
    expect(unread).toEqual(['frobnicated']);
    expect(figure.measure).toBe('');
    expect(readLine('hostages killed', plant).figure.quantity.kind).toBe('');
  });

  it('reads anything without failing, character by character', () => {
    const line = 'at least 7 foreign hostages killed, "between 12 and" 30—dozens; a=b=c 1,2,3';
    for (let length = 0; length <= line.length; length += 1)
      expect(() => readLine(line.slice(0, length), plant)).not.toThrow();
  });
});
