import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, serve, tollbook } from './process.js';

/*
 * The same events give the same bytes: in another process, in another time zone, under another locale, and from a log
 * without any read model.
 */

const slug = 'in-amenas-2013';
const asked = [
  `/v1/incidents/${slug}/tally`,
  `/v1/incidents/${slug}/tally?method=two-source/1&lang=fr`,
  `/v1/incidents/${slug}/tally?publishedBy=2013-01-19T12:00:00Z`,
  `/v1/incidents/${slug}/cells/${encodeURIComponent('killed/hostages')}`,
  `/v1/incidents/${slug}/revisions?limit=1000`,
  `/v1/incidents/${slug}/methods`,
  '/v1/incidents',
];

let directory: string;

/** What a process of its own answers from a log. */
const answers = async (log: string, environment: Readonly<Record<string, string>> = {}): Promise<string[]> => {
  const served = await serve({ TOLLBOOK_LOG: `embedded:${log}`, TOLLBOOK_PORT: '0', ...environment });
  try {
    const texts: string[] = [];
    for (const path of asked) texts.push(await (await fetch(new URL(path, served.url))).text());
    return texts;
  } finally {
    await served.stop();
  }
};

describe('the same events give the same bytes', () => {
  let log: string;
  let first: readonly string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tollbook-same-'));
    log = join(directory, 'log');
    const environment = { TOLLBOOK_LOG: `embedded:${log}`, TOLLBOOK_PORT: await freePort() };
    const { code, err } = await tollbook(['sample'], environment);
    if (code !== 0) throw new Error(err);
    first = await answers(log, { TZ: 'UTC', LC_ALL: 'C.UTF-8' });
  }, 60_000);

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  test('which are those of tallies and histories', () => {
    expect(first.join()).toContain('"killed/hostages"');
    expect(first.join()).not.toContain('urn:tollbook:problem');
  });

  test.each([
    ['in another process', {}],
    ['in another time zone', { TZ: 'Pacific/Kiritimati' }],
    ['under a locale of other digits', { TZ: 'America/St_Johns', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' }],
    ['under the locale of the dotless i', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' }],
  ])(
    '%s',
    async (_, environment) => {
      expect(await answers(log, environment)).toEqual(first);
    },
    60_000,
  );

  test('from the log alone, the read models gone', async () => {
    const copy = join(directory, 'copy');
    await cp(log, copy, { recursive: true });
    for (const file of ['views.db', 'views.db-wal', 'views.db-shm']) await rm(join(copy, file), { force: true });
    expect(await answers(copy)).toEqual(first);
  }, 60_000);
});
