import { describe, expect, it } from '@jest/globals';
import { kindOf, type CloudEvent } from '../../web/src/audit/cloud-event.js';
import { cellOf, eventInWords, kinds, quantityInWords } from '../../web/src/audit/event-words.js';
import { selectEvents, type EventFilter } from '../../web/src/audit/select-events.js';
import { numberWords } from '../../web/src/words/format-number.js';
import { storedTypes } from '../../src/domain/event-codec.js';
import { revision } from './samples.js';

const numbers = numberWords('en-GB');

const event = (position: string, filing: string, kind: string, members: Partial<CloudEvent> = {}): CloudEvent => ({
  id: `id-${position}`,
  type: `tollbook.${kind}.v1`,
  time: '2026-11-22T20:00:00.000Z',
  subject: 'x',
  filing,
  filingplace: 0,
  filingsize: 1,
  desk: 'a',
  data: {},
  position,
  leafhash: 'h',
  ...members,
});

const all: EventFilter = { kind: '', desk: '', text: '', at: '', changing: false };

describe('selectEvents', () => {
  const events = [
    event('1', 'f1', 'IncidentOpened'),
    event('2', 'f2', 'ReportFiled', { data: { outlet: 'Reuters' } }),
    event('3', 'f2', 'FigureReported'),
    event('9', 'f3', 'FigureReported', { desk: 'b' }),
    event('10', 'f4', 'RevisionExplained'),
  ];
  const revisions = [
    revision('1', { position: '3' }),
    revision('2', { position: '3' }),
    revision('3', { position: '9' }),
  ];
  const select = (filter: Partial<EventFilter>) =>
    selectEvents(events, revisions, { ...all, ...filter }).map(({ events: of, revisions: changes, hidden }) => [
      of.map(({ position }) => position).join(' '),
      changes.length,
      hidden,
    ]);

  it('gives every event in order, by filing, with what the filing changed', () => {
    expect(select({})).toEqual([
      ['1', 0, 0],
      ['2 3', 2, 0],
      ['9', 1, 0],
      ['10', 0, 0],
    ]);
  });

  it('filters by kind, desk, text and effect, and says how much of a filing is left out', () => {
    expect(select({ kind: 'FigureReported' })).toEqual([
      ['3', 2, 1],
      ['9', 1, 0],
    ]);
    expect(select({ desk: 'b' })).toEqual([['9', 1, 0]]);
    expect(select({ text: ' reuters ' })).toEqual([['2', 2, 1]]);
    expect(select({ changing: true }).map(([positions]) => positions)).toEqual(['2 3', '9']);
  });

  it('ends at a position, and leaves out a filing that it cuts', () => {
    expect(select({ at: '9' }).map(([positions]) => positions)).toEqual(['1', '2 3', '9']);
    expect(select({ at: '2' }).map(([positions]) => positions)).toEqual(['1']);
    expect(select({ at: '100' })).toHaveLength(4);
  });
});

describe('events in words', () => {
  it('have a name for every kind that there is', () => {
    expect(Object.keys(kinds).toSorted()).toEqual(Object.keys(storedTypes).toSorted());
  });

  it.each([
    [{ kind: 'exactly', value: 1200 }, '1,200'],
    [{ kind: 'atLeast', value: 7 }, 'at least 7'],
    [{ kind: 'moreThan', value: 7 }, 'more than 7'],
    [{ kind: 'atMost', value: 7 }, 'at most 7'],
    [{ kind: 'fewerThan', value: 7 }, 'fewer than 7'],
    [{ kind: 'about', value: 250 }, 'about 250'],
    [{ kind: 'between', low: 12, high: 30 }, '12 to 30'],
    [{ kind: 'vague', word: 'dozens' }, 'dozens'],
    [{ kind: 'unspecified' }, 'an unspecified number'],
  ])('say a quantity as it was said: %j', (quantity, words) => {
    expect(quantityInWords(quantity, numbers)).toBe(words);
  });

  it('name a cell as the interface does', () => {
    const figure = { measure: 'killed', group: 'hostages', breakdown: { sex: 'female', nationality: 'JP' } };
    expect(cellOf(figure)).toBe('killed/hostages/nationality=JP/sex=female');
    expect(cellOf({ measure: 'killed', side: 'victims' })).toBe('killed/side:victims');
  });

  it('say who did what, and go on where a member is not as expected', () => {
    const retracted = event('1', 'f', 'FigureRetracted', { data: { by: 'speaker', reason: 'a slip' } });
    expect(eventInWords(retracted, 'en-GB', numbers)).toBe('by its speaker: a slip');
    const filed = event('1', 'f', 'ReportFiled', { data: { outlet: 'APA', attribution: [{ name: 'a source' }, {}] } });
    expect(eventInWords(filed, 'en-GB', numbers)).toBe('APA (a source → )');
    expect(eventInWords(event('1', 'f', 'SomethingNew'), 'en-GB', numbers)).toBe('');
    expect(kindOf(event('1', 'f', 'SomethingNew'))).toBe('SomethingNew');
  });
});
