import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type RunningService } from '../../src/app.module.js';
import { fileSample } from '../../src/cli/sample.js';
import { readSettings } from '../../src/settings.js';
import { runHere } from '../cli/fake-terminal.js';
import { fetchAsCurl, hasCurl, realCurl, type Curl } from './curl.js';
import { commandsOf, fencedBlocks } from './shell-lines.js';

const address = 'http://127.0.0.1:4711';
const idToPaste = 'the-id-of-the-figure';

/** What the README shows of an answer, as a part of the answer: `…` stands for what differs each time. */
const partOf = (shown: unknown): unknown => {
  if (typeof shown === 'string' && shown.includes('…')) return expect.stringMatching(/./u);
  if (Array.isArray(shown))
    return shown.every((item) => typeof item === 'object') ? expect.arrayContaining(shown.map(partOf)) : shown;
  if (typeof shown !== 'object' || shown === null) return shown;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, partOf(value)])),
  );
};

const start = async (): Promise<{ service: RunningService; directory: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'tollbook-readme-'));
  const service = await startService(readSettings({ TOLLBOOK_LOG: `embedded:${directory}`, TOLLBOOK_PORT: '0' }), {
    quiet: true,
  });
  await fileSample(async (method, path, body, headers) => {
    const all = { ...headers, 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, service.url), { method, headers: all, body: JSON.stringify(body) });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() };
  });
  return { service, directory };
};

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const curls: readonly (readonly [string, Curl])[] = [
  ['fetch in its place', fetchAsCurl],
  ...((await hasCurl()) ? [['curl', realCurl] as const] : []),
];

describe.each(curls)('the README, by %s', (_name, curl) => {
  let service: RunningService;
  let directory: string;

  beforeAll(async () => {
    ({ service, directory } = await start());
  });

  afterAll(async () => {
    await service.close();
    await rm(directory, { recursive: true, force: true });
  });

  test('every curl command does what the README says, and answers what it shows', async () => {
    const variables = new Map<string, string>();
    let answer = '';
    let figure = '';
    let curled = 0;
    let shown = 0;
    for (const { language, text } of fencedBlocks(readme)) {
      if (language === 'json') {
        expect(JSON.parse(answer)).toEqual(partOf(JSON.parse(text)));
        shown += 1;
      }
      if (language !== 'sh' || !text.includes('curl')) continue;
      const script = text.replaceAll(address, service.url).replaceAll(idToPaste, figure);
      for (const [command, ...args] of commandsOf(script, variables)) {
        expect(command).toBe('curl');
        const { status, text: body } = await curl(args);
        // With the answer, which says what was wrong.
        expect({ ok: status >= 200 && status < 300, body }).toEqual({ ok: true, body });
        answer = body;
        curled += 1;
        const filed = /"figures":\[\{"id":"(?<id>[^"]+)"/u.exec(body)?.groups?.['id'];
        if (filed !== undefined) figure = filed;
      }
    }
    expect(curled).toBe(8);
    expect(shown).toBe(4);
    // The last one listened to the feed.
    expect(answer).toContain('event: snapshot');
  });

  test('every command of the command line does what it says', async () => {
    const scripts = fencedBlocks(readme).filter(({ text }) => text.includes('npm run --silent tollbook -- '));
    const commands = scripts.flatMap(({ text }) => commandsOf(text, new Map()));
    expect(commands.length).toBe(3);
    for (const words of commands) {
      const args = words.slice(words.indexOf('--') + 1);
      const { code, out, err } = await runHere(args, { env: { TOLLBOOK_URL: service.url } });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('killed/hostages');
    }
  });
});

test('every page that the README leads to is there', async () => {
  const pages = [...readme.matchAll(/\]\((?<path>[^)#:]+)\)/gu)].map(({ groups }) => groups?.['path'] ?? '');
  expect(pages.length).toBeGreaterThan(4);
  const missing = pages.filter((page) => !existsSync(new URL(`../../${page}`, import.meta.url)));
  expect(missing).toEqual([]);
});
