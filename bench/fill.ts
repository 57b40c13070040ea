import { encodeEvent, streamOf } from '#tollbook/domain/event-codec.js';
import type { FiledEvent, IncidentEvent } from '#tollbook/domain/events.js';
import type { EventLog } from '#tollbook/log/event-log.js';
import { schemeOf } from './scheme.ts';

const figuresAReport = 4;
const nationalities = ['FR', 'DE', 'GB', 'US', 'JP', 'NO', 'RO', 'PH'];

const scheme = schemeOf([
  { id: 'hostages', side: 'victims' },
  { id: 'militants', side: 'perpetrators' },
]);

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

/**
 * Opens so many incidents and files so many reports in each, all of them by turns.
 * @param prefix of their slugs
 * @returns how many events that is
 */
export const fill = async (
  log: EventLog,
  incidents: number,
  reportsAnIncident: number,
  prefix = 'bench',
): Promise<number> => {
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
      const slug = `${prefix}-${n}`;
      let revision = await file(slug, -1, [{ type: 'IncidentOpened', data: { slug, scheme } }]);
      for (let report = 0; report < reportsAnIncident; report += 1)
        revision = await file(slug, revision, reportOf(report));
    }),
  );
  return count;
};
