import { describe, expect, it } from '@jest/globals';
import { connectionWords } from '../../web/src/feed/connection-words.js';
import { chooseLocale } from '../../web/src/words/choose-locale.js';
import { numberWords, printed, splitQualifier } from '../../web/src/words/format-number.js';
import { ageInWords, timeWords } from '../../web/src/words/format-time.js';
import { cellName, measureName, valueNames, whoName } from '../../web/src/words/names.js';
import { splitPhrase } from '../../web/src/words/split-phrase.js';

const words = numberWords('en-GB');
const times = timeWords('en-GB');

describe('numbers', () => {
  it.each([
    [{ low: 38, high: 38, point: 38 }, '38'],
    [{ low: 1200, high: 1200, point: 1200 }, '1,200'],
    [{ low: 12, high: 30, point: null }, '12–30'],
    [{ low: 24, high: null, point: null }, 'at least 24'],
    [{ low: 0, high: 22, point: null }, 'at most 22'],
    [{ low: 0, high: 0, point: 0 }, '0'],
    [{ low: 0, high: null, point: null }, 'not known'],
    [{ low: 245, high: 255, point: 250 }, 'about 250'],
    [null, 'no estimate'],
  ])('prints %j as %s', (best, text) => {
    expect(words.best(best)).toBe(text);
  });

  it('writes ranges for narrow columns and for reading out', () => {
    expect(words.compact({ low: 36, high: null })).toBe('36+');
    expect(words.compact({ low: 0, high: 22 })).toBe('0–22');
    expect(words.spoken({ low: 12, high: 30 })).toBe('12 to 30');
  });

  it('prints the point, or else the low', () => {
    expect(printed({ low: 245, high: 255, point: 250 })).toBe(250);
    expect(printed({ low: 12, high: 30, point: null })).toBe(12);
    expect(printed(null)).toBeNull();
  });

  it('parts words from the number that is set larger', () => {
    expect(splitQualifier('at least 24')).toEqual({ words: 'at least', number: '24' });
    expect(splitQualifier('perhaps at least 1,200')).toEqual({ words: 'perhaps at least', number: '1,200' });
    expect(splitQualifier('12–30')).toEqual({ words: '', number: '12–30' });
    expect(splitQualifier('no estimate')).toEqual({ words: '', number: 'no estimate' });
  });
});

describe('chooseLocale', () => {
  it('takes the reader’s English, and never a tag that Intl refuses', () => {
    expect(chooseLocale(['de-DE', 'en-AU', 'en'])).toBe('en-AU');
    expect(chooseLocale(['en-US@posix', 'en'])).toBe('en');
    expect(chooseLocale(['en-US@posix'])).toBe('en-GB');
    expect(chooseLocale(['fr'])).toBe('en-GB');
    expect(chooseLocale([])).toBe('en-GB');
  });
});

describe('splitPhrase', () => {
  it('sets the number apart from who said it', () => {
    expect(splitPhrase('at least 23, the interior ministry said', '23')).toEqual({
      lead: 'at least 23',
      rest: 'the interior ministry said',
    });
    expect(splitPhrase('1,200, Reuters said', '1,200')).toEqual({ lead: '1,200', rest: 'Reuters said' });
  });

  it('keeps a phrase together that does not open with a number', () => {
    const phrase = 'an unknown number, a local source said';
    expect(splitPhrase(phrase, 'at least 1')).toEqual({ lead: 'at least 1', rest: phrase });
    expect(splitPhrase('38', '38')).toEqual({ lead: '38', rest: '' });
  });
});

describe('times', () => {
  it('says UTC with every time of day, whatever the machine’s zone', () => {
    expect(times.dateTime('2013-01-21T16:00:00Z')).toBe('21 Jan 2013, 16:00 UTC');
    expect(times.dateTime('2013-01-21T23:30:00-02:00')).toBe('22 Jan 2013, 01:30 UTC');
    expect(times.clock(Date.parse('2013-01-21T00:05:09Z'))).toBe('00:05 UTC');
  });

  it('joins the dates of an incident', () => {
    expect(times.dates('2013-01-16', '2013-01-19')).toMatch(/^16\s?–\s?19 Jan 2013$/u);
    expect(times.dates('2013-01-16', '2013-01-16')).toBe('16 Jan 2013');
    expect(times.dates('2013-01-16', null)).toBe('since 16 Jan 2013');
  });

  it.each([
    [0, 'just now'],
    [12_000, '12 s ago'],
    [180_000, '3 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [72 * 3_600_000, '3 days ago'],
    [-5000, 'just now'],
  ])('tells the age of %i ms as %s', (ms, text) => {
    expect(ageInWords(ms)).toBe(text);
  });
});

describe('names', () => {
  it('reads cells as words', () => {
    expect(cellName('killed/hostages/nationality=JP', 'en')).toBe('Killed: hostages, Japan');
    expect(cellName('presumedDead/side:victims', 'en')).toBe('Presumed dead: all victims');
    expect(cellName('killed/all', 'en')).toBe('Killed: all sides together');
    expect(measureName('deadOrMissing')).toBe('Dead or missing');
    expect(whoName('not-attackers')).toBe('Not attackers');
  });

  it('names countries in the reader’s language and other values as they are', () => {
    expect(valueNames('en')('nationality', 'GB')).toBe('United Kingdom');
    expect(valueNames('en')('nationality', 'foreign')).toBe('Foreign nationals');
    expect(valueNames('en')('role', 'statoil-staff')).toBe('Statoil staff');
  });
});

describe('connectionWords', () => {
  const contactAt = Date.parse('2026-11-22T22:03:10Z');
  const problem = { type: 'about:blank', title: 't', status: 0 };
  const current = { stale: false, lagEvents: 0, lagSeconds: 0 };

  it('says when away and how old the numbers are', () => {
    const away = { phase: 'away', since: contactAt + 5000, problem, final: false } as const;
    expect(connectionWords(away, contactAt, contactAt + 120_000, times, current)).toEqual({
      tone: 'away',
      label: 'Away since 22:03 UTC',
      age: 'Numbers as of 22:03:10 UTC, 2 min ago',
    });
  });

  it('says until when live numbers are known to be current', () => {
    expect(connectionWords({ phase: 'live' }, contactAt, contactAt + 12_000, times, current)).toMatchObject({
      tone: 'live',
      age: 'Up to date at 22:03:10 UTC, 12 s ago',
    });
  });

  it('does not call numbers live that stand still, or that the service is late with', () => {
    const live = { phase: 'live' } as const;
    const stale = connectionWords(live, contactAt, contactAt, times, { ...current, stale: true });
    expect(stale).toMatchObject({ tone: 'away', label: 'Out of date' });
    const late = connectionWords(live, contactAt, contactAt, times, { stale: false, lagEvents: 12, lagSeconds: 9 });
    expect(late).toMatchObject({ tone: 'waiting', label: 'Behind' });
    expect(late.age).toContain('12 events');
  });

  it('never calls anything live but a live connection', () => {
    const reconnecting = { phase: 'reconnecting', since: contactAt, problem } as const;
    expect(connectionWords(reconnecting, contactAt, contactAt, times, current).tone).toBe('waiting');
    expect(connectionWords({ phase: 'connecting' }, contactAt, contactAt, times, current).tone).toBe('waiting');
  });
});
