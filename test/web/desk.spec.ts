import { describe, expect, it } from '@jest/globals';
import type { Figure } from '../../web/src/api/shapes.js';
import {
  actsOn,
  blankFields,
  draftOfFigure,
  missingOfAct,
  sendingOf,
  type Subject,
} from '../../web/src/desk/acts/acts.js';
import { figureBody, missingOf, reportBody } from '../../web/src/desk/draft-body.js';
import { draftStore, type TextStore } from '../../web/src/desk/draft-store.js';
import { blankFigure, blankReport, noLink, timeDraftOf, type ReportDraft } from '../../web/src/desk/draft.js';
import { earlierSpeakers, maybeSame, originOf } from '../../web/src/desk/speakers.js';

const figure = (members: Partial<Figure> = {}): Figure => ({
  id: '1',
  report: 'rep_1',
  cell: 'killed/hostages/nationality=JP/place=bus',
  position: '1',
  recordedAt: '2013-01-18T05:00:00Z',
  statedAt: '2013-01-17T22:00:00Z',
  publishedAt: '2013-01-18',
  outlet: 'APA',
  url: null,
  attribution: [
    { name: 'Algerian security source', kind: 'official', named: false, body: 'algerian-government' },
    { name: 'Reuters', kind: 'press' },
  ],
  origin: 'algerian security source @ reuters',
  quantity: { kind: 'between', low: 2, high: 4 },
  interval: { low: 2, high: 4 },
  words: 'two to four',
  basis: 'sum',
  of: ['0'],
  hedged: true,
  state: 'standing',
  filedBy: { desk: 'a', person: null },
  ...members,
});

const draft: ReportDraft = {
  ...blankReport,
  outlet: ' BBC ',
  publishedAt: { date: '2013-01-18', time: '04:00' },
  attribution: [
    { ...noLink, name: 'Ministry', kind: 'authority' },
    { ...noLink, kind: 'press' },
  ],
  figures: [
    {
      ...blankFigure('f1'),
      measure: 'killed',
      who: 'side:victims',
      quantity: { kind: 'atLeast', value: '1,200', high: '', word: '' },
    },
    {
      ...blankFigure('f2'),
      measure: 'killed',
      who: 'hostages',
      quantity: { kind: 'vague', value: '', high: '', word: 'dozens' },
      basis: 'sum',
      of: ['f1', 'old'],
    },
  ],
};

describe('a report as it is written', () => {
  it('is filed without what was left empty, its own figures named by their places', () => {
    expect(JSON.parse(reportBody(draft))).toEqual({
      outlet: 'BBC',
      publishedAt: '2013-01-18T04:00:00Z',
      attribution: [{ name: 'Ministry', kind: 'authority' }],
      figures: [
        { measure: 'killed', side: 'victims', quantity: { kind: 'atLeast', value: 1200 } },
        {
          measure: 'killed',
          group: 'hostages',
          quantity: { kind: 'vague', word: 'dozens' },
          basis: 'sum',
          of: ['#0', 'old'],
        },
      ],
    });
    expect(missingOf(draft)).toEqual([]);
  });

  it('lacks what it lacks, in the order of its fields', () => {
    const lacking = missingOf({ ...blankReport, figures: [blankFigure('f1')] }).map(({ pointer }) => pointer);
    expect(lacking).toEqual([
      '/outlet',
      '/publishedAt',
      '/attribution/0/name',
      '/attribution/0/kind',
      '/figures/0/measure',
      '/figures/0/group',
      '/figures/0/quantity/kind',
    ]);
  });

  it('leaves a number that is none to the service, which tells it at its field', () => {
    const odd = { ...blankFigure('f1'), quantity: { kind: 'exactly', value: '3.5', high: '', word: '' } } as const;
    expect(figureBody(odd, () => undefined)).toMatchObject({ quantity: { kind: 'exactly', value: '3.5' } });
  });
});

describe('a figure that is corrected', () => {
  it('comes back into the fields with nothing lost or added', () => {
    const filed = figure();
    const own = draftOfFigure(filed, { attribution: [], statedAt: null });
    expect(figureBody(own, () => undefined)).toEqual({
      measure: 'killed',
      group: 'hostages',
      side: undefined,
      breakdown: { nationality: 'JP', place: 'bus' },
      quantity: { kind: 'between', low: 2, high: 4 },
      words: 'two to four',
      basis: 'sum',
      of: ['0'],
      hedged: true,
      reason: undefined,
      attribution: filed.attribution.map((link, place) => ({
        name: link.name,
        kind: link.kind,
        named: place === 0 ? false : undefined,
        id: undefined,
        body: place === 0 ? 'algerian-government' : undefined,
      })),
      statedAt: '2013-01-17T22:00:00Z',
    });
    // What it shares with its report stays its report's.
    const shared = draftOfFigure(filed, filed);
    expect(shared.attribution).toBeNull();
    expect(shared.statedAt).toEqual({ date: '', time: '' });
  });

  it('keeps times to the second, and days as days', () => {
    expect(timeDraftOf('2013-01-18')).toEqual({ date: '2013-01-18', time: '' });
    expect(timeDraftOf('2013-01-18T06:00:30+02:00')).toEqual({ date: '2013-01-18', time: '04:00:30' });
    expect(timeDraftOf('2013-01-18T04:00:00Z')).toEqual({ date: '2013-01-18', time: '04:00' });
  });
});

describe('a decision', () => {
  const subject: Subject = { kind: 'figure', figure: figure() };
  const target = { slug: 'x-2013', subject, etag: null };

  it('goes to its call, with what that takes', () => {
    const fields = { ...blankFields, reason: ' why ' };
    expect(sendingOf('deny', fields, target)).toEqual({
      method: 'POST',
      path: '/v1/incidents/x-2013/figures/1/denial',
      body: '{"reason":"why"}',
    });
    expect(
      sendingOf('retract', { ...fields, by: 'speaker', statedAt: { date: '2013-01-20', time: '' } }, target)?.body,
    ).toBe('{"by":"speaker","statedAt":"2013-01-20","reason":"why"}');
    expect(sendingOf('link', { ...fields, other: 'b' }, target)?.body).toBe(
      '{"origins":["algerian security source @ reuters","b"],"reason":"why"}',
    );
  });

  it('about a cell needs the version that was seen', () => {
    const cell: Subject = { kind: 'cell', cell: 'killed/hostages' };
    const fields = { ...blankFields, reason: 'why', low: '38' };
    expect(sendingOf('pin', fields, { ...target, subject: cell })).toBeNull();
    expect(sendingOf('pin', fields, { slug: 'x-2013', subject: cell, etag: '"e"' })).toMatchObject({
      method: 'PUT',
      path: '/v1/incidents/x-2013/pins/killed%2Fhostages',
      body: '{"best":{"low":38,"high":38},"reason":"why"}',
      ifMatch: '"e"',
    });
    expect(sendingOf('pin', { ...fields, high: '∞' }, { slug: 'x-2013', subject: cell, etag: '"e"' })?.body).toContain(
      '"high":null',
    );
  });

  it('about a speaker goes to its origin, and undoes a link by its id', () => {
    const fields = { ...blankFields, reason: 'an aide', kind: 'official', link: 'lnk_1' };
    expect(sendingOf('grade', fields, target)).toEqual({
      method: 'POST',
      path: '/v1/incidents/x-2013/grades',
      body: '{"origin":"algerian security source @ reuters","kind":"official","reason":"an aide"}',
    });
    expect(sendingOf('unlink', { ...fields, reason: 'two men & two desks' }, target)).toEqual({
      method: 'DELETE',
      path: '/v1/incidents/x-2013/links/lnk_1?reason=two%20men%20%26%20two%20desks',
    });
    expect(missingOfAct('grade', blankFields).map(({ pointer }) => pointer)).toEqual(['/kind', '/reason']);
    expect(missingOfAct('unlink', blankFields).map(({ pointer }) => pointer)).toEqual(['/link', '/reason']);
    expect(actsOn(subject, { pinned: false, linked: false })).not.toContain('unlink');
    expect(actsOn(subject, { pinned: false, linked: true })).toContain('unlink');
  });

  it('lacks its reason, and a speaker’s retraction its time', () => {
    expect(missingOfAct('retract', { ...blankFields, by: 'speaker' }).map(({ pointer }) => pointer)).toEqual([
      '/statedAt',
      '/reason',
    ]);
  });
});

describe('earlier speakers', () => {
  const speakers = earlierSpeakers([
    figure(),
    figure({
      id: '2',
      origin: 'ministry',
      attribution: [{ name: 'Interior Ministry', kind: 'authority', id: 'ministry' }],
    }),
    figure({ id: '3', origin: 'red crescent', attribution: [{ name: 'Red Crescent', kind: 'organisation' }] }),
  ]);
  const asked = (name: string, members: object = {}, relay = 'AFP') =>
    maybeSame({ ...noLink, name, ...members }, relay, speakers).map(({ origin }) => origin);

  it('are asked about where a new name is like theirs', () => {
    expect(asked('Spokesman of the interior ministry')).toEqual(['ministry']);
    expect(asked('Red Crescent of Illizi')).toEqual(['red crescent']);
    expect(asked('Coroner of Surrey')).toEqual([]);
    expect(asked('Sources')).toEqual([]);
  });

  it('are not asked about where the origin is theirs already', () => {
    expect(asked('RED  crescent')).toEqual([]);
    expect(asked('Anybody', { id: 'somebody' })).toEqual([]);
    expect(asked('Algerian security source', { named: false }, 'Reuters')).toEqual([]);
  });

  it('without a name of their own are others with each relay, so that is asked', () => {
    expect(asked('Algerian security source', { named: false })).toEqual(['algerian security source @ reuters']);
    expect(originOf({ ...noLink, name: 'Algerian  security source', named: false }, 'Reuters')).toBe(
      'algerian security source @ reuters',
    );
  });
});

describe('unsent drafts', () => {
  const memory = (): TextStore & { readonly size: () => number } => {
    const kept = new Map<string, string>();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, text) => void kept.set(name, text),
      removeItem: (name) => void kept.delete(name),
      size: () => kept.size,
    };
  };

  it('are each tab’s own, and the last one is there for a new tab', () => {
    const shared = memory();
    const [a, b] = [memory(), memory()];
    draftStore('x', a, shared).save({ ...draft, outlet: 'A' });
    draftStore('x', b, shared).save({ ...draft, outlet: 'B' });
    expect(draftStore('x', a, shared).load()?.outlet).toBe('A');
    expect(draftStore('x', memory(), shared).load()?.outlet).toBe('B');
    // What another tab wrote last is not removed with this tab's own.
    draftStore('x', a, shared).save(blankReport);
    expect(draftStore('x', memory(), shared).load()?.outlet).toBe('B');
    draftStore('x', b, shared).save(blankReport);
    expect(shared.size()).toBe(0);
  });

  it('say where nothing can be kept, and take no other version for theirs', () => {
    const full = {
      ...memory(),
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(draftStore('x', full, full).save(draft)).toBe(false);
    const other = memory();
    other.setItem('tollbook.draft.x', '{"version":99,"draft":{}}');
    expect(draftStore('x', other, other).load()).toBeNull();
    other.setItem('tollbook.draft.x', 'not JSON');
    expect(draftStore('x', other, other).load()).toBeNull();
  });
});
