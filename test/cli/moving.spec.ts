import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort, serve, tollbook } from './process.js';

/* Backup, restore, export and import, as an operator runs them. */

const slug = 'in-amenas-2013';
const report = {
  outlet: 'APA',
  publishedAt: '2015-02-01T12:00:00Z',
  attribution: [{ name: 'Inquest', kind: 'authority' }],
  figures: [{ measure: 'killed', group: 'hostages', quantity: { kind: 'exactly', value: 41 } }],
};

let directory: string;
let port: string;
const at = (name: string): string => join(directory, name);
const run = (name: string, args: readonly string[], input?: string) =>
  tollbook(args, { TOLLBOOK_LOG: `embedded:${at(name)}`, TOLLBOOK_PORT: port }, input);

interface Told {
  readonly epoch: string;
  readonly tally: string;
  readonly revisions: string;
}

/** What a log tells of the incident, its epoch and its positions taken out. */
const told = async (name: string): Promise<Told> => {
  const tally = await run(name, ['tally', slug, '--json']);
  const revisions = await run(name, ['revisions', slug, '--json']);
  const { epoch, position: _, ...rest } = JSON.parse(tally.out) as { epoch: string; position: string };
  return { epoch, tally: JSON.stringify(rest), revisions: revisions.out.replaceAll(/"position":"\d+"/gu, '') };
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-move-'));
  port = await freePort();
  const { code, err } = await run('one', ['sample']);
  if (code !== 0) throw new Error(err);
}, 30_000);

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('a backup', () => {
  test('made while the service runs holds what was acknowledged; restored, it is of another epoch', async () => {
    const served = await serve({ TOLLBOOK_LOG: `embedded:${at('one')}`, TOLLBOOK_PORT: '0' });
    let made: { directory: string; position: string };
    let cursor: string;
    try {
      const answer = await fetch(new URL('/v1/admin/backup', served.url), { method: 'POST' });
      expect(answer.status).toBe(201);
      made = (await answer.json()) as typeof made;
      const direct = await tollbook(['backup', at('direct'), '--json'], { TOLLBOOK_LOG: `embedded:${at('one')}` });
      expect(JSON.parse(direct.out)).toMatchObject({ position: made.position });
      // Filed after the backup: the restored log must not take this reader on from here.
      const filed = await fetch(new URL(`/v1/incidents/${slug}/reports`, served.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(report),
      });
      const { epoch, position } = (await filed.json()) as { epoch: string; position: string };
      cursor = `${epoch}:${position}`;
    } finally {
      await served.stop();
    }
    const restored = await run('restored', ['restore', made.directory]);
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toContain('epoch e');
    const again = await run('restored', ['restore', made.directory]);
    expect(again.code).toBe(1);
    expect(again.err).toContain('empty directory');

    const from = await told('restored');
    expect(cursor).not.toContain(from.epoch);
    const after = await serve({ TOLLBOOK_LOG: `embedded:${at('restored')}`, TOLLBOOK_PORT: '0' });
    try {
      const feed = await fetch(new URL(`/v1/incidents/${slug}/feed?last_event_id=${cursor}`, after.url));
      const reader = feed.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('event: snapshot')) text += (await reader.read()).value ?? '';
      await reader.cancel();
      expect(text).toContain('"reason":"epoch"');
    } finally {
      await after.stop();
    }
  }, 60_000);

  test('of nothing, or over a log, is refused', async () => {
    expect(await run('nothing', ['backup', at('b')])).toMatchObject({ code: 1 });
    const over = await run('one', ['backup', at('one')]);
    expect(over.code).toBe(1);
    expect(over.err).toContain('empty directory');
    await writeFile(at('no-log'), 'x');
    expect((await run('two', ['restore', at('no-log')])).code).toBe(1);
  }, 60_000);
});

describe('what works on the log itself', () => {
  // Passed over, another log than the one meant would be written.
  test.each([[['import', '-']], [['backup', 'somewhere']], [['restore', 'somewhere']]])(
    '%s takes no --url',
    async (args) => {
      const refused = await run('untouched', [...args, '--url', 'http://127.0.0.1:1']);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain('--url does not go with it');
    },
  );
});

describe('an export', () => {
  test('imported into another log gives the same tally and history; doing it again changes nothing', async () => {
    const out = at('events.ndjson');
    expect(await run('one', ['export', '--out', out])).toMatchObject({ code: 0 });
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    // A second run goes on after what is there: nothing.
    expect(await run('one', ['export', '--out', out])).toMatchObject({ code: 0 });
    expect((await readFile(out, 'utf8')).trimEnd().split('\n')).toHaveLength(lines.length);
    const printed = await run('one', ['export']);
    expect(printed.out.trimEnd().split('\n')).toEqual(lines);

    // Broken off in the middle of a filing, named by its line, and taken up again.
    const cut = lines.slice(0, 20).join('\n');
    const broken = await run('moved', ['import', '-'], cut);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/Line \d+: its filing has \d+ events/u);
    const rest = await run('moved', ['import', out, '--json']);
    expect(rest).toMatchObject({ code: 0 });
    const { events, known } = JSON.parse(rest.out) as { events: number; known: number };
    expect(events).toBe(lines.length);
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(events);
    const again = await run('moved', ['import', out, '--json']);
    expect(JSON.parse(again.out)).toEqual({ events, known: events });

    const [one, moved] = [await told('one'), await told('moved')];
    expect(moved.epoch).not.toBe(one.epoch);
    expect({ ...moved, epoch: '' }).toEqual({ ...one, epoch: '' });
    // Event by event too: only the place in the log is its own.
    const exported = await run('moved', ['export']);
    expect(exported.out.replaceAll(/"position":"\d+"/gu, '')).toBe(printed.out.replaceAll(/"position":"\d+"/gu, ''));
    // What was filed under a key is known by it there as well.
    expect(await run('moved', ['sample'])).toMatchObject({ out: expect.stringContaining('nothing filed again') });
  }, 90_000);

  test('that was changed, or is no export, is refused by line, and nothing of that line is stored', async () => {
    const { out } = await run('one', ['export']);
    const lines = out.trimEnd().split('\n');
    const target = lines.findIndex((line) => line.includes('"value":'));
    const bad = lines.with(target, lines[target]!.replace('"value":', '"value":1'));
    const refused = await run('forged', ['import', '-'], bad.join('\n'));
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`Line ${target + 1}: it was changed after it was exported`);
    for (const text of ['{"a":1}', 'no JSON', '[]']) {
      const none = await run('none', ['import', '-'], text);
      expect(none.code).toBe(1);
      expect(none.err).toContain('Line 1: ');
    }
    const opened = { slug, title: 'Other', place: 'P', from: '2013-01-16', groups: [{ id: 'g', side: 'victims' }] };
    expect((await run('other', ['incident', 'open', '-'], JSON.stringify(opened))).code).toBe(0);
    const conflict = await run('other', ['import', '-'], out);
    expect(conflict.code).toBe(1);
    expect(conflict.err).toContain('another history');
  }, 90_000);
});
