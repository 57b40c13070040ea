import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  cloudEventSchema,
  decidedSchema,
  diffSchema,
  figureListSchema,
  figureShapeSchema,
  incidentDecidedSchema,
  incidentListSchema,
  incidentShapeSchema,
  methodsSchema,
  reportFiledSchema,
  reportShapeSchema,
  revisionListSchema,
} from '../../src/http/shapes/history.js';
import { readySchema } from '../../src/http/shapes/health.js';
import { keyListSchema, keyMadeSchema } from '../../src/http/shapes/keys.js';
import { problemSchema } from '../../src/http/shapes/problem.js';
import { cellExplainedSchema, tallySchema } from '../../src/http/shapes/tally.js';
import { figure, incident, report, reportsPath, slug } from './fixtures.js';
import { startTestService, type TestService } from './service.js';

let service: TestService;
const of = (rest: string): string => `/v1/incidents/${slug}/${rest}`;

beforeAll(async () => {
  service = await startTestService();
  await service.must('POST', '/v1/incidents', { body: incident });
  const minister = { name: 'Interior minister', kind: 'authority' };
  const bodies = [
    report({ url: 'https://a.example/1', note: 'first' }),
    report({
      outlet: 'TV',
      publishedAt: '2013-01-19T04:00:00Z',
      statedAt: undefined,
      attribution: [minister],
      figures: [figure(12), figure(3, { breakdown: { nationality: 'JP' }, words: 'three' })],
    }),
    report({
      publishedAt: '2013-01-20',
      statedAt: undefined,
      figures: [
        figure(1, { group: undefined, side: 'perpetrators', quantity: { kind: 'about', value: 29 }, hedged: true }),
      ],
    }),
    report({
      publishedAt: '2013-01-21',
      statedAt: undefined,
      figures: [figure(1, { quantity: { kind: 'vague', word: 'dozens' } })],
    }),
  ];
  for (const body of bodies) await service.must('POST', reportsPath, { body });
  const pin = { best: { low: 30, high: null }, reason: 'the coroner on the phone' };
  await service.must('PUT', of('pins/killed%2Fhostages'), { body: pin, headers: { 'if-match': '*' } });
});
afterAll(() => service.close());

/** What an answer has and the schema does not would be taken off, and so be seen. */
const expectShape = (body: unknown, schema: z.ZodType): void => {
  expect(schema.parse(body)).toEqual(body);
};

it.each([
  ['tally', tallySchema],
  ['tally?method=range%2F1', tallySchema],
  ['cells/killed%2Fhostages', cellExplainedSchema],
  ['cells/killed%2Fside:victims', cellExplainedSchema],
  ['revisions', revisionListSchema],
  ['figures', figureListSchema],
  ['methods', methodsSchema],
  ['tally/diff?from=1&to=3', diffSchema],
  ['tally/diff?from=most-authoritative%2F1&to=range%2F1', diffSchema],
  ['events', z.array(cloudEventSchema)],
] as const)('%s answers as the document says', async (rest, schema) => {
  const answer = await service.must('GET', of(rest));
  expectShape(JSON.parse(answer.text), schema);
});

it('figures and reports give their times in UTC, whatever the offset they were filed with, and dates as dates', async () => {
  const filed = async (times: object): Promise<{ id: string; figures: { id: string }[] }> =>
    (await service.must('POST', reportsPath, { body: report(times) })).body as never;
  const statedAt = '2013-01-18T04:30:00+02:00';
  const instants = await filed({ publishedAt: '2013-01-18T05:00:00.5+02:00', statedAt });
  const utc = { publishedAt: '2013-01-18T03:00:00.500Z', statedAt: '2013-01-18T02:30:00Z' };
  expect((await service.must('GET', of(`reports/${instants.id}`))).body).toMatchObject({ ...utc, figures: [utc] });
  expect((await service.must('GET', of(`figures/${instants.figures[0]!.id}`))).body).toMatchObject(utc);
  const dates = { publishedAt: '2013-01-18', statedAt: '2013-01-17' };
  const { id } = await filed(dates);
  expect((await service.must('GET', of(`reports/${id}`))).body).toMatchObject({ ...dates, figures: [dates] });
});

it('so do the others', async () => {
  const filed = await service.must('POST', reportsPath, { body: report({ url: 'https://a.example/2' }) });
  expectShape(filed.body, reportFiledSchema);
  expectShape((await service.must('GET', `${reportsPath}/${String(filed.body['id'])}`)).body, reportShapeSchema);
  const [{ id }] = filed.body['figures'] as [{ id: string }];
  expectShape((await service.must('GET', of(`figures/${id}`))).body, figureShapeSchema);
  const retraction = { by: 'desk', reason: 'twice' };
  expectShape((await service.must('POST', of(`figures/${id}/retraction`), { body: retraction })).body, decidedSchema);
  expectShape((await service.must('GET', `/v1/incidents/${slug}`)).body, incidentShapeSchema);
  expectShape((await service.must('GET', '/v1/incidents')).body, incidentListSchema);
  const patch = { title: 'Another', reason: 'clearer' };
  const amended = await service.must('PATCH', `/v1/incidents/${slug}`, { body: patch, headers: { 'if-match': '*' } });
  expectShape(amended.body, incidentDecidedSchema);
  expectShape((await service.must('GET', '/health/ready')).body, readySchema);
  expectShape((await service.call('POST', reportsPath, { body: report({ outlet: '' }) })).body, problemSchema);
  const made = await service.must('POST', '/v1/keys', { body: { role: 'admin' } });
  expectShape(made.body, keyMadeSchema);
  expectShape((await service.must('GET', '/v1/keys', { key: String(made.body['secret']) })).body, keyListSchema);
});
