import type { Scheme } from '#tollbook/domain/schema/incident.js';

/** The scheme of an incident that is measured, which counts these groups. */
export const schemeOf = (groups: Scheme['groups']): Scheme => ({
  title: 'Bench',
  place: 'Here',
  from: '2020-01-01',
  to: null,
  home: 'DZ',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  headline: 'killed/side:victims',
  groups,
  measures: [],
  breakdowns: [],
});
