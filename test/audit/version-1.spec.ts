import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { EventArchive } from '../../src/audit/event-archive.js';
import { importEvents } from '../../src/audit/import-events.js';
import { storedTypes } from '../../src/domain/event-codec.js';
import { quantitySchema } from '../../src/domain/schema/quantity.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import type { EventLog } from '../../src/log/event-log.js';
import { MemoryLog } from '../support/memory-log.js';
import { Opened } from '../support/tollbook.js';
import { fixture } from './fixture.js';

/*
 * A log that the first version wrote: the sample, and an incident with every type of event and every kind of quantity.
 * `log.sqlite` and `events.ndjson` are kept as they are for ever; whatever comes later reads them. The tallies and
 * revisions beside them change only where the rules do, and then on purpose: run this test with
 * TOLLBOOK_TEST_RENEW=true, and read what changed.
 */

const slugs = ['every-event-2026', 'in-amenas-2013'];
const renew = process.env['TOLLBOOK_TEST_RENEW'] === 'true';

const opened = new Opened();
afterEach(() => opened.close());

const lines = readFileSync(fixture('events.ndjson'), 'utf8').trimEnd().split('\n');

/** All that a log tells of an incident, as kept in the files. */
const told = async (log: EventLog): Promise<Record<string, string>> => {
  const { reader, projector } = await opened.tollbook(log);
  await projector.caughtUp();
  expect((await projector.status()).poisoned).toEqual([]);
  const files: Record<string, string> = {};
  for (const slug of slugs) {
    const tally = await reader.tally(slug);
    const revisions = await reader.revisions(slug, { limit: 1_000 });
    if (tally.kind !== 'found' || revisions.kind !== 'found' || revisions.body.hasMore) throw new Error('not all');
    files[`${slug}.tally.ndjson`] = `${tally.body.toString()}\n`;
    files[`${slug}.revisions.ndjson`] = revisions.body.data.map((each) => `${JSON.stringify(each)}\n`).join('');
  }
  return files;
};

const exported = async (log: EventLog): Promise<string> => {
  let text = '';
  for await (const chunk of new EventArchive(log).stream({})) text += chunk;
  return text;
};

const openKept = async (): Promise<EventLog> => {
  const directory = opened.directory();
  copyFileSync(fixture('log.sqlite'), join(directory, 'log.sqlite'));
  const log = await openEmbeddedLog({ directory });
  opened.add(() => log.close());
  return log;
};

test('every type of event is in it as of its first version, and every kind of quantity', () => {
  const events = lines.map((line) => JSON.parse(line) as { type: string; data: { quantity?: { kind: string } } });
  const types = new Set(events.map(({ type }) => type));
  expect([...types].sort()).toEqual(
    Object.keys(storedTypes)
      .map((name) => `tollbook.${name}.v1`)
      .sort(),
  );
  const kinds = new Set(events.flatMap(({ data }) => data.quantity?.kind ?? []));
  const all = quantitySchema.options.map(({ shape }) => shape.kind.value);
  expect([...kinds].sort()).toEqual([...all].sort());
});

test('its store opens, and gives every event, tally and revision to the byte', async () => {
  const log = await openKept();
  expect(await exported(log)).toBe(`${lines.join('\n')}\n`);
  const files = await told(log);
  if (renew) for (const [name, text] of Object.entries(files)) writeFileSync(fixture(name), text);
  for (const [name, text] of Object.entries(files)) expect(text).toBe(readFileSync(fixture(name), 'utf8'));
});

test('its export is imported with the same events, tallies and revisions; the epoch alone is another', async () => {
  const log = new MemoryLog();
  const each = async function* (): AsyncGenerator<string> {
    yield* lines;
  };
  expect(await importEvents(log, each())).toEqual({ events: lines.length, known: 0 });
  expect(await exported(log)).toBe(`${lines.join('\n')}\n`);
  const [from, to] = [await told(await openKept()), await told(log)];
  for (const [name, text] of Object.entries(to))
    expect(text.replace(/"epoch":"[^"]+"/u, '')).toBe(from[name]?.replace(/"epoch":"[^"]+"/u, ''));
});
