import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Call } from '../../src/cli/call.js';
import { fixture } from '../audit/fixture.js';
import { runHere } from './fake-terminal.js';
import { freePort, serve, tollbook } from './process.js';

const slug = 'in-amenas-2013';

let directory: string;
let port: string;
let lines: readonly string[];
const environment = () => ({ TOLLBOOK_LOG: `embedded:${directory}/log`, TOLLBOOK_PORT: port });
const run = (args: readonly string[]) => tollbook(args, environment());

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-verify-'));
  port = await freePort();
  lines = (await readFile(fixture('events.ndjson'), 'utf8')).trimEnd().split('\n');
  const { code, err } = await run(['import', fixture('events.ndjson')]);
  if (code !== 0) throw new Error(err);
}, 60_000);

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('verify', () => {
  test('finds a log to hold, with a service and without one; of one incident, and of an export', async () => {
    const alone = await run(['verify', '--json']);
    expect(alone).toMatchObject({ code: 0, err: '' });
    const verified = JSON.parse(alone.out) as Record<string, unknown>;
    expect(verified).toEqual({
      events: lines.length,
      position: String(lines.length),
      incidents: 2,
      revisions: expect.any(Number),
    });
    const service = await serve({ ...environment(), TOLLBOOK_PORT: '0' });
    try {
      const over = await run(['--url', service.url, 'verify']);
      expect(over.out).toBe(
        `${lines.length} events up to position ${lines.length}: hashes, order and whole filings hold.\n` +
          `Tallies of 2 incidents and ${String(verified['revisions'])} revisions are what the events alone give.\n`,
      );
    } finally {
      await service.stop();
    }
    expect((await run(['verify', '--incident', slug])).out).toContain('Tallies of 1 incident and');
    expect((await run(['verify', '--file', fixture('events.ndjson')])).out).toContain(`${lines.length} events`);
    expect((await run(['verify', '--file', join(directory, 'none')])).code).toBe(1);
  }, 90_000);

  test.each<[string, (all: readonly string[]) => readonly string[], RegExp]>([
    ['changed', (all) => all.with(9, all[9]!.replace('"desk":"night"', '"desk":"day"')), /position 10 .*leafhash/u],
    ['left out', (all) => all.toSpliced(9, 1), /position \d+ does not hold: (it is number|filing)/u],
    ['there twice', (all) => all.toSpliced(9, 0, all[8]!), /position 9 does not hold: it comes after position 9/u],
    ['the last of the export, not of its filing', (all) => all.slice(0, 3), /position 3 .*only \d+ are there/u],
    ['no event', (all) => all.with(4, '{"a":1}'), /position \? .*no event/u],
  ])('names an event that was %s, by position', async (_, change, message) => {
    const file = join(directory, 'changed.ndjson');
    await writeFile(file, change(lines).join('\n'));
    const { code, err } = await runHere(['verify', '--file', file]);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  const service = (change: (path: string, text: string) => string): Call => {
    const events = lines.filter((line) => line.includes(`"/incidents/${slug}"`));
    return async (_method, path): Promise<Answer> => {
      const url = new URL(path, 'http://x');
      const { pathname } = url;
      let text: string;
      if (pathname.endsWith('/events'))
        text = `[${events.filter((line) => positionOf(line) > Number(url.searchParams.get('after') ?? 0)).join(',')}]`;
      else if (pathname.endsWith('/revisions')) text = revisions;
      else text = tally;
      return { status: 200, headers: {}, text: change(pathname, text) };
    };
  };
  const positionOf = (line: string): number => Number((JSON.parse(line) as { position: string }).position);
  let revisions = '';
  let tally = '';
  beforeAll(async () => {
    const data = (await readFile(fixture(`${slug}.revisions.ndjson`), 'utf8')).trimEnd().split('\n').join(',');
    revisions = `{"data":[${data}],"hasMore":false,"next":null}`;
    tally = await readFile(fixture(`${slug}.tally.ndjson`), 'utf8');
  });

  test.each<[string, (path: string, text: string) => string, RegExp | null]>([
    ['that the events give', (_, text) => text, null],
    [
      'with another revision',
      (path, text) => (path.endsWith('/revisions') ? text.replace('"reason":"newFigure"', '"reason":"fraud"') : text),
      /position \d+ does not hold: revision 1 of in-amenas-2013 .* is another than the service says/u,
    ],
    [
      'that lacks its revisions',
      (path, text) => (path.endsWith('/revisions') ? '{"data":[],"hasMore":false,"next":null}' : text),
      /gives revision 1 of in-amenas-2013, which the service does not have/u,
    ],
    [
      'with another number',
      (path, text) => (path.endsWith('/tally') ? text.replace(/"low":\d+/u, '"low":4711') : text),
      /the tally of in-amenas-2013 as of then is another than the service says \(first in /u,
    ],
  ])('holds a tally %s against the events', async (_, change, message) => {
    const connect = async () => ({ call: service(change), close: async () => {} });
    const { code, err } = await runHere(['verify', '--incident', slug], {}, connect);
    expect(code).toBe(message === null ? 0 : 1);
    if (message !== null) expect(err).toMatch(message);
  });

  test('of a damaged store names the position', async () => {
    const db = new DatabaseSync(join(directory, 'log', 'log.sqlite'));
    db.exec(`UPDATE events SET body = replace(body, 'e', 'f') WHERE position = 12`);
    db.close();
    const { code, err } = await run(['verify']);
    expect(code).toBe(1);
    expect(err).toMatch(/is damaged: the event at position 12 does not match its checksum.*restore the latest backup/u);
  }, 60_000);
});
