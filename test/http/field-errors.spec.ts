import { describe, expect, it } from '@jest/globals';
import { reportSchema } from '../../src/domain/schema/report.js';
import { incidentSchema } from '../../src/domain/schema/incident.js';
import { fieldErrorsOf } from '../../src/http/field-errors.js';

const figure = { measure: 'killed', group: 'hostages', quantity: { kind: 'exactly', value: 30 } };
const report = {
  outlet: 'APA',
  publishedAt: '2013-01-18T04:00:00Z',
  attribution: [{ name: 'Algerian security source', kind: 'official', named: false }],
  figures: [figure],
};

const rulesOf = (schema: typeof reportSchema | typeof incidentSchema, value: unknown): string[] => {
  const read = schema.safeParse(value);
  return read.success ? [] : fieldErrorsOf(read.error.issues, value).map(({ pointer, rule }) => `${pointer} ${rule}`);
};

const withQuantity = (quantity: unknown) => ({ ...report, figures: [{ ...figure, quantity }] });

describe('field errors', () => {
  it.each([
    ['a value of -1', withQuantity({ kind: 'exactly', value: -1 }), '/figures/0/quantity/value min 0'],
    ['a value of 1.5', withQuantity({ kind: 'exactly', value: 1.5 }), '/figures/0/quantity/value integer'],
    [
      '10⁴⁰⁰',
      withQuantity({ kind: 'exactly', value: JSON.parse('1e400') }),
      '/figures/0/quantity/value max 1000000000',
    ],
    ['10³⁰', withQuantity({ kind: 'exactly', value: 1e30 }), '/figures/0/quantity/value max 1000000000'],
    ['a number as text', withQuantity({ kind: 'exactly', value: '30' }), '/figures/0/quantity/value number'],
    ['no value', withQuantity({ kind: 'exactly' }), '/figures/0/quantity/value required'],
    ['no kind', withQuantity({}), '/figures/0/quantity/kind required'],
    [
      'low above high',
      withQuantity({ kind: 'between', low: 5, high: 3 }),
      '/figures/0/quantity/low low must not be above high',
    ],
    ['an unknown member', { ...report, victims: ['a name'] }, '/victims unknown member'],
    ['__proto__', JSON.parse(`{"__proto__":1,${JSON.stringify(report).slice(1)}`), '/__proto__ unknown member'],
    ['no outlet', { ...report, outlet: undefined }, '/outlet required'],
    ['a blank outlet', { ...report, outlet: ' ' }, '/outlet not be blank'],
    ['a javascript: url', { ...report, url: 'javascript:alert(1)' }, '/url http or https URL'],
    ['no time', { ...report, publishedAt: 'yesterday' }, '/publishedAt RFC 3339 instant or a plain date'],
    ['no figures', { ...report, figures: [] }, '/figures min 1 items'],
    [
      'an unknown speaker kind',
      { ...report, attribution: [{ name: 'X', kind: 'king' }] },
      '/attribution/0/kind one of authority, official, organisation, witness, press, party',
    ],
    ['no object', 5, ' object'],
  ])('say of %s where and which rule', (_what, value, expected) => {
    expect(rulesOf(reportSchema, value)).toEqual([expected]);
  });

  it('name an unknown quantity kind with those that there are', () => {
    const [error] = rulesOf(reportSchema, withQuantity({ kind: 'dozens' }));
    expect(error).toMatch(/^\/figures\/0\/quantity\/kind one of exactly, atLeast, .*unspecified$/u);
  });

  it('are all of them, not only the first', () => {
    const broken = {
      ...report,
      outlet: 5,
      more: 1,
      figures: [
        { ...figure, side: 'victims' },
        { ...figure, words: '' },
      ],
    };
    expect(rulesOf(reportSchema, broken).toSorted()).toEqual([
      '/figures/0/group give either group or side',
      '/figures/1/words not be blank',
      '/more unknown member',
      '/outlet string',
    ]);
  });

  it('follow the branch of a union that was most likely meant', () => {
    const incident = {
      slug: 'x-2016',
      title: 'X',
      place: 'Y',
      from: '2016-03-22',
      groups: [{ id: 'a', side: 'vctims' }],
    };
    expect(rulesOf(incidentSchema, incident)).toEqual(['/groups/0/side one of victims, responders, perpetrators']);
  });
});
