import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { encodeEvent, streamOf } from '#tollbook/domain/event-codec.js';
import type { FiledEvent, IncidentEvent } from '#tollbook/domain/events.js';
import { openTollbook } from '#tollbook/filing/open-tollbook.js';
import { openEmbeddedLog } from '#tollbook/log/embedded/open-embedded-log.js';
import type { EventLog } from '#tollbook/log/event-log.js';
import { inTurn, type Row } from './compare.ts';

const incidents = 200;
const reportsAnIncident = 60;
const figuresAReport = 4;
const rounds = 3;
const nationalities = ['FR', 'DE', 'GB', 'US', 'JP', 'NO', 'RO', 'PH'];

const scheme = {
  title: 'Bench',
  place: 'Here',
  from: '2020-01-01',
  to: null,
  home: 'DZ',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  headline: 'killed/side:victims',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'militants', side: 'perpetrators' },
  ],
  measures: [],
  breakdowns: [],
} as const;

const reportOf = (n: number): IncidentEvent[] => {
  const at = new Date(Date.UTC(2020, 0, 1) + n * 3_600_000).toISOString();
  const report = `rep_${crypto.randomUUID()}`;
  return [
    {
      type: 'ReportFiled',
      data: {
        report,
        outlet: `Paper ${n % 7}`,
        url: 'https://example.org/a-report-of-the-day',
        publishedAt: at,
        statedAt: at,
        attribution: [
          { name: `Hospital ${n % 5}`, kind: 'organisation', id: `hospital-${n % 5}` },
          { name: `Paper ${n % 7}`, kind: 'press' },
        ],
        bodyHash: 'f'.repeat(64),
        figures: figuresAReport,
      },
    },
    ...Array.from({ length: figuresAReport }, (_, place): IncidentEvent => ({
      type: 'FigureReported',
      data: {
        figure: '',
        report,
        place,
        measure: 'killed',
        group: place === 0 ? 'militants' : 'hostages',
        ...(place < 2 ? {} : { breakdown: { nationality: nationalities[(n + place) % nationalities.length] ?? 'FR' } }),
        quantity: { kind: 'atLeast', value: 1 + n },
        words: 'at least as many as were named',
      },
    })),
  ];
};

const fill = async (log: EventLog): Promise<number> => {
  let count = 0;
  const file = async (slug: string, revision: number, drafts: readonly IncidentEvent[]): Promise<number> => {
    const filing = crypto.randomUUID();
    const events = drafts.map((draft, place) => {
      const id = crypto.randomUUID();
      const event: FiledEvent = {
        ...(draft.type === 'FigureReported' ? { type: draft.type, data: { ...draft.data, figure: id } } : draft),
        id,
        meta: {
          recordedAt: new Date(Date.UTC(2026, 0, 1)).toISOString(),
          filing,
          place,
          size: drafts.length,
          desk: 'bench',
          person: null,
          correlationId: filing,
        },
      };
      return { id, ...encodeEvent(event) };
    });
    const result = await log.append(streamOf(slug), BigInt(revision), events);
    if (!result.ok) throw new Error('a conflict on a log of our own');
    count += events.length;
    return revision + events.length;
  };
  await Promise.all(
    Array.from({ length: incidents }, async (_, n) => {
      const slug = `bench-${n}`;
      let revision = await file(slug, -1, [{ type: 'IncidentOpened', data: { slug, scheme } }]);
      for (let report = 0; report < reportsAnIncident; report += 1)
        revision = await file(slug, revision, reportOf(report));
    }),
  );
  return count;
};

/** Making the incident list anew from the first event on, against reading the same rows and parsing them. */
export const benchRebuild = async (): Promise<Row[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  const log = await openEmbeddedLog({ directory });
  try {
    const count = await fill(log);
    const tollbook = await openTollbook({ log, viewsDirectory: directory });
    await tollbook.projector.caughtUp();
    await tollbook.projector.rebuild();
    const db = new DatabaseSync(join(directory, 'log.sqlite'), { readOnly: true });
    const result = await inTurn(
      rounds,
      async () => {
        const startedAt = performance.now();
        await tollbook.projector.rebuild();
        return (count * 1000) / (performance.now() - startedAt);
      },
      async () => {
        const startedAt = performance.now();
        for (const row of db.prepare('SELECT position, revision, body FROM events ORDER BY position').iterate())
          JSON.parse(String(row['body']));
        return (count * 1000) / (performance.now() - startedAt);
      },
    );
    db.close();
    await tollbook.close();
    return [
      {
        name: `rebuild of ${incidents} incidents, ${count.toLocaleString('en')} events`,
        ours: `${Math.round(result.ours).toLocaleString('en')}/s`,
        floor: `${Math.round(result.floor).toLocaleString('en')}/s`,
        floorName: 'SELECT and JSON.parse of the same rows',
        ratio: result.ratio,
        bar: { atLeast: 0.6 },
      },
    ];
  } finally {
    await log.close();
    rmSync(directory, { recursive: true, force: true });
  }
};
