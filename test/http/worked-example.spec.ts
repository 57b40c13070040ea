import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Estimate } from '../../src/domain/tally/shapes.js';
import { startTestService, type TestService } from './service.js';

/*
 * The article that the project began with, filed as one report over HTTP. Why each number is what it is stands beside
 * the same rows in test/domain/tally/worked-example.spec.ts; here they have to come out of the service, and again after
 * a restart.
 */

interface Sample {
  readonly incident: Readonly<Record<string, unknown>> & { readonly slug: string };
  readonly reports: readonly (Readonly<Record<string, unknown>> & { readonly ref: string })[];
}

const range = (ends: { low: number; high: number | null } | null): string => {
  if (ends === null) return '-';
  if (ends.high === null) return `${ends.low}+`;
  return ends.low === ends.high ? String(ends.low) : `${ends.low}-${ends.high}`;
};

let directory = '';
let service: TestService;
let path = '';
let cells = new Map<string, Estimate>();

const readCells = async (): Promise<Map<string, Estimate>> => {
  const tally = await service.must('GET', path);
  return new Map((tally.body['cells'] as Estimate[]).map((estimate) => [estimate.cell, estimate]));
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-example-'));
  service = await startTestService({}, { directory });
  const text = await readFile(new URL('../../sample/in-amenas-2013.json', import.meta.url), 'utf8');
  const { incident, reports } = JSON.parse(text) as Sample;
  const article = reports.find((each) => each.ref === 'r08');
  if (article === undefined) throw new Error('the sample lacks the article');
  const { ref: _ref, ...report } = article;
  path = `/v1/incidents/${incident.slug}/tally`;
  await service.must('POST', '/v1/incidents', { body: incident });
  await service.must('POST', `/v1/incidents/${incident.slug}/reports`, { body: report });
  cells = await readCells();
});

afterAll(async () => {
  await service.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the article, filed over HTTP', () => {
  it.each([
    ['killed/hostages', '30', 'single-source', '30'],
    ['killed/hostages/nationality=foreign', '7+', 'single-source', '7-22'],
    ['killed/hostages/nationality=DZ', '8+', 'single-source', '8-23'],
    ['killed/hostages/nationality=JP', '2+', 'single-source', '2-19'],
    ['killed/hostages/nationality=GB', '2+', 'single-source', '2-19'],
    ['killed/hostages/nationality=FR', '1+', 'single-source', '1-18'],
    ['killed/militants', '11', 'single-source', '11'],
    ['killed/militants/nationality=DZ', '2', 'single-source', '2'],
    ['killed/militants/nationality=EG', '3', 'single-source', '3'],
    ['killed/militants/nationality=TN', '2', 'single-source', '2'],
    ['killed/militants/nationality=LY', '2', 'single-source', '2'],
    ['killed/militants/nationality=ML', '1', 'single-source', '1'],
    ['killed/militants/nationality=FR', '1', 'single-source', '1'],
    ['escaped/hostages', '24+', 'single-source', '24+'],
    ['held/hostages', '36+', 'single-source', '36+'],
    ['held/hostages/nationality=AT', '1', 'single-source', '1'],
    ['held/hostages/nationality=US', '1+', 'single-source', '1+'],
    ['held/hostages/nationality=NO', '1+', 'single-source', '1+'],
    ['held/hostages/nationality=RO', '1+', 'single-source', '1+'],
    ['killed/side:victims', '30', 'derived', '30'],
    ['killed/side:perpetrators', '11', 'derived', '11'],
  ])('%s is %s, %s, implied %s', (cell, best, status, implied) => {
    const estimate = cells.get(cell);
    expect([range(estimate?.best ?? null), estimate?.status, range(estimate?.implied ?? null)]).toEqual([
      best,
      status,
      implied,
    ]);
  });

  it('confirms one dead hostage, keeps the hedge of "perhaps dozens", and prints 41 nowhere', () => {
    expect(cells.get('killed/hostages')?.confirmed).toBe(1);
    expect(cells.get('escaped/hostages')?.hedged).toBe(true);
    expect([...cells.values()].filter(({ best }) => best?.low === 41 || best?.high === 41)).toEqual([]);
  });

  it('gives the same bytes after a restart', async () => {
    const before = await service.must('GET', path);
    await service.close();
    service = await startTestService({}, { directory });
    const after = await service.must('GET', path);
    expect(after.text).toBe(before.text);
    expect(after.headers['etag']).toBe(before.headers['etag']);
  });
});
