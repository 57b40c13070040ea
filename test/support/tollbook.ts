import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../src/domain/commands.js';
import { encodeEvent, streamOf } from '../../src/domain/event-codec.js';
import type { FiledEvent } from '../../src/domain/events.js';
import type { IncidentAsOpened } from '../../src/domain/schema/incident.js';
import type { FigureAsFiled, ReportAsFiled } from '../../src/domain/schema/report.js';
import { openTollbook, type Tollbook, type TollbookOptions } from '../../src/filing/open-tollbook.js';
import type { Done, FilingRequest, Outcome } from '../../src/filing/outcome.js';
import type { EventLog, Position } from '../../src/log/event-log.js';
import type { TallyOnWire } from '../../src/projections/wire.js';

/** A directory that is gone after the test. */
export const scratch = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'tollbook-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** What was opened in a test, closed after it: the last first. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  directory(): string {
    const { path, remove } = scratch();
    this.add(remove);
    return path;
  }

  async tollbook(log: EventLog, options: Partial<TollbookOptions> = {}): Promise<Tollbook> {
    const viewsDirectory = options.viewsDirectory ?? this.directory();
    const tollbook = await openTollbook({ log, ...options, viewsDirectory });
    let closing: Promise<void> | null = null;
    const once = { ...tollbook, close: () => (closing ??= tollbook.close()) };
    this.add(once.close);
    return once;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

export const request = (more: Partial<FilingRequest> = {}): FilingRequest => ({
  desk: 'night',
  person: null,
  correlationId: 'request-1',
  idempotency: null,
  dryRun: false,
  ifMatch: null,
  ...more,
});

export const keyed = (key: string, body = key): Partial<FilingRequest> => ({
  idempotency: { key, bodyHash: createHash('sha256').update(body).digest('hex') },
});

export const incidentAsOpened = (slug: string, more: Partial<IncidentAsOpened> = {}): IncidentAsOpened => ({
  slug,
  title: 'Attack at a station',
  place: 'Somewhere',
  from: '2020-01-01',
  groups: [
    { id: 'civilians', side: 'victims' },
    { id: 'attackers', side: 'perpetrators' },
  ],
  ...more,
});

export const openIncident = (slug: string, more: Partial<IncidentAsOpened> = {}): Command => ({
  kind: 'openIncident',
  incident: incidentAsOpened(slug, more),
});

export const killed = (value: number, more: Partial<FigureAsFiled> = {}): FigureAsFiled => ({
  measure: 'killed',
  group: 'civilians',
  quantity: { kind: 'exactly', value },
  ...more,
});

export const fileReport = (figures: FigureAsFiled[], more: Partial<ReportAsFiled> = {}): Command => ({
  kind: 'fileReport',
  report: {
    outlet: 'Wire',
    publishedAt: '2020-01-02T10:00:00Z',
    attribution: [
      { name: 'Ministry', kind: 'authority' },
      { name: 'Wire', kind: 'press' },
    ],
    figures,
    ...more,
  },
  bodyHash: 'ab'.repeat(32),
});

/** The n-th report of a day, each said a minute after the one before. */
export const nthReport = (n: number, value = n, by = 'Ministry'): Command =>
  fileReport([killed(value)], {
    publishedAt: new Date(Date.UTC(2020, 0, 2) + n * 60_000).toISOString(),
    attribution: [
      { name: by, kind: 'authority' },
      { name: 'Wire', kind: 'press' },
    ],
  });

/** @throws where it was not done */
export const done = (outcome: Outcome): Done & { readonly body: Record<string, unknown> } => {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return { ...outcome, body: JSON.parse(outcome.json) as Record<string, unknown> };
};

export const tallyOf = async (tollbook: Tollbook, slug: string): Promise<TallyOnWire> =>
  JSON.parse(await tallyJson(tollbook, slug)) as TallyOnWire;

export const tallyJson = async (tollbook: Tollbook, slug: string): Promise<string> => {
  const read = await tollbook.reader.tally(slug);
  if (read.kind !== 'found') throw new Error(`no tally: ${JSON.stringify(read)}`);
  return read.body.toString();
};

/** What another instance on the same log would store. */
export const appendFiling = async (log: EventLog, slug: string, events: readonly FiledEvent[]): Promise<Position> => {
  const stream = streamOf(slug);
  let count = 0n;
  for await (const batch of log.readStream(stream)) count += BigInt(batch.length);
  const result = await log.append(
    stream,
    count - 1n,
    events.map((event) => ({ id: event.id, ...encodeEvent(event) })),
  );
  if (!result.ok) throw new Error('a conflict');
  return result.positions.at(-1) ?? 0n;
};

export const until = async (
  condition: () => boolean | Promise<boolean>,
  what = 'it',
  withinMs = 10_000,
): Promise<void> => {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
