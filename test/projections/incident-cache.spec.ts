import { afterEach, expect, test } from '@jest/globals';
import { IncidentCache } from '../../src/projections/incident-cache.js';
import type { LoadedIncident } from '../../src/projections/loaded-incident.js';
import { MemoryLog } from '../support/memory-log.js';
import { nthReport, Opened, openIncident, request } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slugs = ['a-2020', 'b-2021', 'c-2022'];

const filled = async (): Promise<MemoryLog> => {
  const log = new MemoryLog();
  const tollbook = await opened.tollbook(log);
  for (const slug of slugs) {
    await tollbook.desk.execute(slug, openIncident(slug), request());
    for (let n = 1; n <= 3; n += 1) await tollbook.desk.execute(slug, nthReport(n), request());
  }
  return log;
};

const tallyIn = (incident: LoadedIncident): string => incident.tallyBytes().toString();

test('a glance at an incident shows what a read shows, and keeps nothing', async () => {
  const log = await filled();
  const glancing = new IncidentCache({ log });
  const reading = new IncidentCache({ log });
  for (const slug of slugs) expect(await glancing.glance(slug, tallyIn)).toEqual(await reading.read(slug, tallyIn));
  expect([glancing.size, reading.size]).toEqual([0, slugs.length]);
});

test('glances push out no incident that is in use', async () => {
  const cache = new IncidentCache({ log: await filled(), incidentsMax: 1 });
  const [used = '', ...others] = slugs;
  const before = await cache.load(used);
  for (const slug of others) expect(await cache.glance(slug, tallyIn)).not.toBeNull();
  expect(cache.peek(used)).toBe(before);
});

test('a glance at an incident in memory waits for who is changing it', async () => {
  const [slug = ''] = slugs;
  const cache = new IncidentCache({ log: await filled() });
  const incident = await cache.load(slug);
  await incident?.enter();
  let seen: string | null = null;
  const glance = cache.glance(slug, tallyIn).then((tally) => (seen = tally));
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toBeNull();
  incident?.leave();
  expect(await glance).toEqual(await cache.read(slug, tallyIn));
});

test('there is nothing to glance at where there is no incident', async () => {
  const cache = new IncidentCache({ log: await filled() });
  expect(await cache.glance('none-2020', tallyIn)).toBeNull();
});
