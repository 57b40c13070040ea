/** An incident and reports of it, for tests over HTTP. */

export const slug = 'x-2013';

export const incident = {
  slug,
  title: 'An incident',
  place: 'Somewhere',
  from: '2013-01-16',
  home: 'DZ',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'soldiers', side: 'responders' },
    { id: 'militants', side: 'perpetrators' },
  ],
};

export const source = { name: 'Algerian security source', kind: 'official', named: false };

export const figure = (value: number, more: object = {}): object => ({
  measure: 'killed',
  group: 'hostages',
  quantity: { kind: 'exactly', value },
  ...more,
});

export const report = (more: object = {}): Record<string, unknown> => ({
  outlet: 'APA',
  publishedAt: '2013-01-18T04:00:00Z',
  statedAt: '2013-01-17T22:00:00Z',
  attribution: [source, { name: 'Reuters', kind: 'press' }],
  figures: [figure(30)],
  ...more,
});

export const reportsPath = `/v1/incidents/${slug}/reports`;
export const tallyPath = `/v1/incidents/${slug}/tally`;
