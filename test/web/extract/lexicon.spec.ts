import { describe, expect, it } from '@jest/globals';
import { demonymAt } from '../../../web/src/words-to-figures/demonyms.js';
import { eventAt, measureOf } from '../../../web/src/words-to-figures/events.js';
import { readNumber } from '../../../web/src/words-to-figures/number-words.js';
import { peopleNounAt } from '../../../web/src/words-to-figures/people-nouns.js';
import { readQuantity } from '../../../web/src/words-to-figures/quantities.js';
import type { Scheme } from '../../../web/src/words-to-figures/scheme.js';
import { tokenise } from '../../../web/src/words-to-figures/tokens.js';
import { defaultWho, whoOf } from '../../../web/src/words-to-figures/who.js';

const quantity = (text: string) => {
  const read = readQuantity(tokenise(text), 0);
  return read === null ? null : read.quantity;
};

describe('numbers', () => {
  it.each([
    ['7', 7],
    ['1,200', 1200],
    ['1.5 million', 1_500_000],
    ['15 thousand', 15_000],
    ['seven', 7],
    ['sixty-one', 61],
    ['three hundred and five', 305],
    ['a hundred', 100],
    ['two thousand four hundred', 2400],
    ['two dozen', 24],
    ['half a dozen', 6],
  ])('reads %s as %d', (text, value) => {
    expect(readNumber(tokenise(text), 0)?.value).toBe(value);
  });

  it.each(['a', 'seventh', 'dead', '1.5', '14-year-old', '06:40'])('reads no number in %s', (text) => {
    expect(readNumber(tokenise(text), 0)).toBeNull();
  });

  it('takes two numbers beside each other as two', () => {
    expect(readNumber(tokenise('three two'), 0)).toEqual({ value: 3, end: 1 });
    expect(readNumber(tokenise('one hundred and two hundred'), 0)?.value).toBe(100);
  });
});

describe('quantities', () => {
  it.each([
    ['at least 7 hostages', { kind: 'atLeast', value: 7 }],
    ['no fewer than twelve', { kind: 'atLeast', value: 12 }],
    ['more than a dozen', { kind: 'moreThan', value: 12 }],
    ['as many as 40', { kind: 'atMost', value: 40 }],
    ['fewer than 10', { kind: 'fewerThan', value: 10 }],
    ['nearly 200', { kind: 'about', value: 200 }],
    ['some 1,200', { kind: 'about', value: 1200 }],
    ['between 12 and 30', { kind: 'between', low: 12, high: 30 }],
    ['12 to 30', { kind: 'between', low: 12, high: 30 }],
    ['two or three', { kind: 'between', low: 2, high: 3 }],
    ['30 or so', { kind: 'about', value: 30 }],
    ['50 or more', { kind: 'atLeast', value: 50 }],
    ['perhaps dozens', { kind: 'vague', word: 'dozens' }],
    ['many dozens', { kind: 'vague', word: 'many dozens' }],
    ['tens of thousands', { kind: 'vague', word: 'thousands' }],
    ['a dozen', { kind: 'vague', word: 'a dozen' }],
    ['an unspecified number', { kind: 'unspecified' }],
    ['nobody', { kind: 'exactly', value: 0 }],
    ['both', { kind: 'exactly', value: 2 }],
  ])('reads %s', (text, expected) => {
    expect(quantity(text)).toEqual(expected);
  });

  it('says what stood around the number', () => {
    expect(readQuantity(tokenise('perhaps dozens more who escaped'), 0)).toMatchObject({ hedged: true, more: true });
    expect(readQuantity(tokenise('another two or three'), 0)).toMatchObject({ more: true });
    expect(readQuantity(tokenise('the 11 dead'), 0)).toMatchObject({ definite: true });
  });

  it.each(['the', 'at least', 'people', ''])('reads no quantity in "%s"', (text) => {
    expect(quantity(text)).toBeNull();
  });
});

describe('peoples', () => {
  it.each([
    ['Frenchmen', 'FR'],
    ['Britons', 'GB'],
    ['South Koreans', 'KR'],
    ['Filipinos', 'PH'],
    ['Swiss', 'CH'],
    ['foreigners', 'foreign'],
    ['U.S. citizens', 'US'],
  ])('knows %s', (text, nationality) => {
    expect(demonymAt(tokenise(text), 0)?.nationality).toBe(nationality);
  });

  it('takes a word in lower case for something else', () => {
    expect(demonymAt(tokenise('turkey'), 0)).toBeNull();
    expect(demonymAt(tokenise('polish'), 0)).toBeNull();
  });
});

describe('a scheme', () => {
  const scheme: Scheme = {
    home: 'DZ',
    groups: [
      { id: 'hostages', side: 'victims' },
      { id: 'police', side: 'responders' },
      { id: 'militants', side: 'perpetrators' },
    ],
    measures: [{ id: 'rescued' }],
  };
  const who = (text: string) => {
    const words = text.split(' ');
    return whoOf(scheme, words, peopleNounAt(tokenise(words.at(-1) ?? ''), 0)?.read ?? null, false);
  };

  it('finds the group that words name, or mean', () => {
    expect(who('foreign hostages').who).toEqual({ group: 'hostages' });
    expect(who('captives').who).toEqual({ group: 'hostages' });
    expect(who('gunmen').who).toEqual({ group: 'militants' });
    expect(who('officers').who).toEqual({ group: 'police' });
    expect(who('people')).toEqual({ who: defaultWho(scheme), breakdown: {}, explicit: false });
  });

  it('keeps as a breakdown what is no group', () => {
    expect(who('journalists')).toMatchObject({ who: { group: 'hostages' }, breakdown: { role: 'journalists' } });
    expect(who('children')).toMatchObject({ breakdown: { age: 'children' } });
  });

  it('gives an event the measure that the scheme has for it', () => {
    const measure = (text: string, of: Scheme) => {
      const event = eventAt(tokenise(text), 0)?.event;
      return event === undefined ? null : measureOf(of, event);
    };
    expect(measure('taken hostage', scheme)).toBe('held');
    expect(measure('unaccounted for', scheme)).toBe('missing');
    expect(measure('rescued', scheme)).toBe('rescued');
    expect(measure('rescued', { groups: [] })).toBe('freed');
    expect(measure('trapped', scheme)).toBeNull();
  });
});
