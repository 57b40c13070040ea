import { expect, test } from '@jest/globals';
import { EventArchive } from '../../src/audit/event-archive.js';
import { importEvents, type Imported } from '../../src/audit/import-events.js';
import { LogUnavailableError } from '../../src/log/event-log.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, nthReport, Opened, openIncident, request } from '../support/tollbook.js';

/** As on one machine: appends are stored in the order in which they were asked for. */
class OwnLog extends MemoryLog {
  override readonly isShared = false;
}

const slugs = Array.from({ length: 40 }, (_, n) => `i-${2000 + n}`);

/** Forty incidents with ten reports each, by turns. */
const exported = async (log = new MemoryLog()): Promise<string[]> => {
  const opened = new Opened();
  const { desk } = await opened.tollbook(log);
  for (const slug of slugs) done(await desk.execute(slug, openIncident(slug), request()));
  for (let n = 1; n <= 10; n += 1) for (const slug of slugs) done(await desk.execute(slug, nthReport(n), request()));
  await opened.close();
  return linesOf(log);
};

const linesOf = async (log: MemoryLog): Promise<string[]> => {
  let text = '';
  for await (const chunk of new EventArchive(new MemoryLog(log.store)).stream({})) text += chunk;
  return text.split('\n').slice(0, -1);
};

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const incidentOf = (line: string): string => (JSON.parse(line) as { source: string }).source;
const ofEach = (lines: readonly string[]): unknown =>
  slugs.map((slug) => lines.filter((line) => incidentOf(line) === `/incidents/${slug}`).map(idOf));
const idOf = (line: string): string => (JSON.parse(line) as { id: string }).id;

test.each([
  ['one of its own, in the order of the lines', new OwnLog()],
  ['one that others share, each incident in its order', new MemoryLog()],
])('filings of many incidents are under way at once into a log: %s', async (_, log) => {
  const lines = await exported();
  let now = 0;
  let most = 0;
  let stored = 0;
  log.before = async () => {
    now += 1;
    most = Math.max(most, now);
    // On a shared log some take longer than others.
    for (let n = 0; log.isShared && n < now % 5; n += 1) await turn();
  };
  log.after = async (_stream, events) => {
    await turn();
    now -= 1;
    stored += events.length;
  };
  const told: Imported[] = [];
  const result = await importEvents(log, each(lines), (so) => {
    told.push(so);
    // What is not stored is not told.
    expect(so.events).toBeLessThanOrEqual(stored);
  });
  expect(result).toEqual({ events: lines.length, known: 0 });
  expect(told.at(-1)).toEqual(result);
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(128);
  const imported = await linesOf(log);
  expect(ofEach(imported)).toEqual(ofEach(lines));
  if (!log.isShared) expect(imported.map(idOf)).toEqual(lines.map(idOf));
  const openings = imported.filter((line) => line.includes('IncidentOpened')).map(incidentOf);
  expect(openings).toEqual(slugs.map((slug) => `/incidents/${slug}`));
});

test('of several that fail, the first line is told; what stands before is stored, and the same import goes on', async () => {
  const lines = await exported();
  const log = new OwnLog();
  let appends = 0;
  log.before = async () => {
    appends += 1;
    const failing = appends >= 200;
    await turn();
    if (failing) throw new LogUnavailableError(`append ${appends}`, false);
  };
  await expect(importEvents(log, each(lines))).rejects.toThrow(LogUnavailableError);
  log.before = () => undefined;
  const before = await linesOf(log);
  expect(before.map(idOf)).toEqual(lines.slice(0, before.length).map(idOf));
  expect(before.length).toBeGreaterThan(100);
  const again = await importEvents(log, each(lines));
  expect(again).toEqual({ events: lines.length, known: before.length });
  expect((await linesOf(log)).map(idOf)).toEqual(lines.map(idOf));
});

test('a line that does not hold is told, once all before it is stored', async () => {
  const lines = await exported();
  const at = 300;
  const changed = lines.with(at, (lines[at] ?? '').replace('"desk":"', '"desk":"another '));
  const log = new MemoryLog();
  log.after = turn;
  await expect(importEvents(log, each(changed))).rejects.toThrow(`Line ${at + 1}: `);
  const stored = await linesOf(log);
  expect(stored.length).toBeLessThanOrEqual(at);
  expect(stored.length).toBeGreaterThan(at - 10);
  expect(await importEvents(log, each(lines))).toEqual({ events: lines.length, known: stored.length });
});

test('where somebody else writes to an incident meanwhile, its line is told', async () => {
  const lines = await exported();
  const log = new MemoryLog();
  let isDone = false;
  log.before = async (stream, events) => {
    if (isDone || !stream.endsWith('i-2007') || (await log.head()) < 60n) return;
    isDone = true;
    const { length } = log.store.streams.get(stream) ?? [];
    await log.append(stream, BigInt(length ?? 0) - 1n, [{ ...events[0]!, id: crypto.randomUUID() }]);
  };
  await expect(importEvents(log, each(lines))).rejects.toThrow(
    /^Line \d+: somebody else writes to incident i-2007 meanwhile$/u,
  );
});
