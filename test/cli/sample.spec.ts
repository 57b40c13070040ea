import { describe, expect, test } from '@jest/globals';
import { incidentSchema } from '../../src/domain/schema/incident.js';
import { reportSchema, type ReportAsFiled } from '../../src/domain/schema/report.js';
import { fileSample, readSample, SampleRefused, type SampleCall } from '../../src/cli/sample.js';

interface Sent {
  readonly path: string;
  readonly key: string | undefined;
  /** `null` for the incident. */
  readonly report: ReportAsFiled | null;
}

/** A service that gives each figure an id, remembers keys, and checks bodies by the very schemas of the real one. */
const fakeService = () => {
  const sent: Sent[] = [];
  const answers = new Map<string | undefined, unknown>();
  const call: SampleCall = async (_method, path, body, headers) => {
    const key = headers['idempotency-key'];
    const report = path === '/v1/incidents' ? null : reportSchema.parse(body);
    if (report === null) incidentSchema.parse(body);
    const known = answers.get(key);
    sent.push({ path, key, report });
    const figures = (report?.figures ?? []).map((_figure, place) => ({ id: `${key}/${place}` }));
    const answer = known ?? { position: String(sent.length), figures };
    answers.set(key, answer);
    return { status: 201, headers: known === undefined ? {} : { 'idempotency-replayed': 'true' }, body: answer };
  };
  return { sent, call };
};

describe('the sample', () => {
  test('is filed in order of publication, one key a request, and every body passes its schema', async () => {
    const { sent, call } = fakeService();
    const filed = await fileSample(call);
    expect(filed).toEqual({ incident: 'in-amenas-2013', reports: 32, figures: 106, repeated: 0, position: '33' });
    const [opening, ...reports] = sent;
    expect(opening?.path).toBe('/v1/incidents');
    expect(reports.every(({ path }) => path === '/v1/incidents/in-amenas-2013/reports')).toBe(true);
    const published = reports.map(({ report }) => Date.parse(report!.publishedAt));
    expect(published).toEqual(published.toSorted((a, b) => a - b));
    expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length);
  });

  test('names the figures that others build on by the ids that the service gave', async () => {
    const { sent, call } = fakeService();
    await fileSample(call);
    const sum = sent.find(({ key }) => key === 'sample-r11');
    expect(sum?.report?.figures?.[0]?.of).toEqual(['sample-r08/0', 'sample-r10/0']);
    const seven = sent.find(({ key }) => key === 'sample-r12');
    expect(seven?.report?.figures?.map(({ of }) => of)).toEqual([undefined, ['sample-r10/1'], ['sample-r10/0']]);
  });

  test('says how much of it was there already', async () => {
    const { call } = fakeService();
    const steps: number[] = [];
    await fileSample(call);
    expect(await fileSample(call, (done) => steps.push(done))).toMatchObject({ repeated: 32, position: '33' });
    expect(steps).toEqual(Array.from({ length: 32 }, (_, place) => place + 1));
  });

  test('stops at the first refusal and hands on its answer', async () => {
    const refusal = { status: 409, headers: {}, body: { detail: 'the slug is taken' } };
    const filing = fileSample(async () => refusal);
    await expect(filing).rejects.toThrow(SampleRefused);
    await expect(filing).rejects.toMatchObject({ answer: refusal });
  });

  test('carries facts only: no notes', async () => {
    const { reports } = await readSample();
    for (const report of reports) expect(Object.keys(report)).not.toContain('note');
  });
});
