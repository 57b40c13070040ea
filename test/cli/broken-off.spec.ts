import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventArchive } from '../../src/audit/event-archive.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { done, fileReport, killed, Opened, openIncident, request } from '../support/tollbook.js';
import { freePort, tollbook } from './process.js';

/* Exports and imports that are killed in the middle, and gone on with. */

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const slugs = ['a-2020', 'b-2021', 'c-2022'];
const reports = 120;
const figuresAReport = 40;
/** A process is killed at a random moment of so many ms after its start. */
const killWithinMs = 900;
const killsMax = 6;

const opened = new Opened();
let directory: string;
let port: string;
let lines: readonly string[];
const at = (name: string): string => join(directory, name);
const environmentOf = (name: string) => ({ TOLLBOOK_LOG: `embedded:${at(name)}`, TOLLBOOK_PORT: port });
const run = (name: string, args: readonly string[]) => tollbook(args, environmentOf(name));

/** Runs the command line, and kills it at some moment; answers whether it had come to its end before. */
const killedRun = async (name: string, args: readonly string[]): Promise<boolean> => {
  const env = { PATH: process.env['PATH'], ...environmentOf(name) };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * killWithinMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  return code === 0;
};

const withoutPosition = (text: string): string => text.replaceAll(/"position":"\d+"/gu, '');

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-broken-'));
  port = await freePort();
  const log = await openEmbeddedLog({ directory: at('one') });
  const service = await opened.tollbook(log);
  for (const slug of slugs) done(await service.desk.execute(slug, openIncident(slug), request()));
  for (let n = 0; n < reports; n += 1) {
    const figures = Array.from({ length: figuresAReport }, (_, place) =>
      killed(n, { breakdown: { role: `r-${place}` } }),
    );
    done(await service.desk.execute(slugs[n % 3]!, fileReport(figures), request()));
  }
  await service.close();
  let text = '';
  for await (const chunk of new EventArchive(log).stream({})) text += chunk;
  lines = text.trimEnd().split('\n');
  await log.close();
}, 60_000);

afterAll(async () => {
  await opened.close();
  await rm(directory, { recursive: true, force: true });
});

describe('an export', () => {
  test('killed at any moment goes on, and is the same in the end', async () => {
    const out = at('killed.ndjson');
    for (let kill = 0; kill < killsMax; kill += 1) await killedRun('one', ['export', '--out', out]);
    expect(await run('one', ['export', '--out', out])).toMatchObject({ code: 0 });
    expect(await readFile(out, 'utf8')).toBe(`${lines.join('\n')}\n`);
  }, 90_000);

  test('whose last line was cut off writes that line anew, and says so', async () => {
    const out = at('cut.ndjson');
    const cut = 700;
    await writeFile(out, `${lines.slice(0, cut).join('\n')}\n${lines[cut]!.slice(0, 100)}`);
    const ended = await run('one', ['export', '--out', out]);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.err).toContain('was cut off when the export broke off');
    expect(await readFile(out, 'utf8')).toBe(`${lines.join('\n')}\n`);
  }, 30_000);

  test('is not gone on with on another log, nor after what is no export', async () => {
    const out = at('other.ndjson');
    expect((await run('other', ['import', at('cut.ndjson')])).code).toBe(0);
    // The same place in the log, another event there.
    const [first = '', second = ''] = lines;
    const forged = second.replace(/"id":"[^"]+"/u, '"id":"00000000-0000-4000-8000-000000000000"');
    await writeFile(out, `${first}\n${forged}\n`);
    const refused = await run('one', ['export', '--out', out]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('export of another log');
    expect(await readFile(out, 'utf8')).toBe(`${first}\n${forged}\n`);
    await writeFile(out, 'Dear diary\n');
    expect((await run('one', ['export', '--out', out])).err).toContain('is no event');
    await appendFile(out, 'x'.repeat(1_000));
    expect((await run('one', ['export', '--out', out])).code).toBe(1);
  }, 60_000);
});

describe('an import', () => {
  test('killed at any moment goes on, stores each event once, and gives the same tallies', async () => {
    const input = at('all.ndjson');
    await writeFile(input, `${lines.join('\n')}\n`);
    for (let kill = 0; kill < killsMax; kill += 1) await killedRun('moved', ['import', input]);
    const rest = await run('moved', ['import', input, '--json']);
    expect(rest).toMatchObject({ code: 0 });
    expect(JSON.parse(rest.out)).toMatchObject({ events: lines.length });
    const exported = await run('moved', ['export']);
    expect(withoutPosition(exported.out)).toBe(withoutPosition(`${lines.join('\n')}\n`));
    for (const slug of slugs) {
      const [from, to] = [await run('one', ['tally', slug, '--json']), await run('moved', ['tally', slug, '--json'])];
      expect(to.out.replace(/"epoch":"[^"]+"/u, '')).toBe(from.out.replace(/"epoch":"[^"]+"/u, ''));
    }
  }, 120_000);
});
