import type { FiledEvent, IncidentEvent } from '#tollbook/domain/events.js';
import type { Scheme } from '#tollbook/domain/schema/incident.js';
import { absorb, applyFiling, createLedger, tallyOf, type Ledger } from '#tollbook/domain/tally/ledger.js';
import { inTurn, type Row } from './compare.ts';

const rounds = 15;
const filingsMeasured = 400;

const scheme: Scheme = {
  title: 'Bench',
  place: 'Here',
  from: '2020-01-01',
  to: null,
  home: 'DZ',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  headline: 'killed/side:victims',
  groups: Array.from({ length: 10 }, (_, n) => ({ id: `group-${n}`, side: 'victims' as const })),
  measures: [],
  breakdowns: [],
};

let made = 0;
const nextId = (): string => {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
};

const filingOf = (drafts: readonly IncidentEvent[], minute: number): FiledEvent[] => {
  const filing = nextId();
  const recordedAt = new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
  return drafts.map((draft, place) => {
    const id = draft.type === 'FigureReported' ? draft.data.figure : nextId();
    const meta = { recordedAt, filing, place, size: drafts.length, desk: 'bench', person: null, correlationId: filing };
    return { ...draft, id, meta };
  });
};

/** The n-th report: one figure, its cell and origin by turns. */
const reportOf = (n: number, cells: number, origins: number): FiledEvent[] => {
  const at = new Date(Date.UTC(2020, 0, 1) + n * 60_000).toISOString();
  const cell = n % cells;
  const origin = Math.floor(n / cells) % origins;
  const [figure, report] = [nextId(), `rep_${nextId()}`];
  return filingOf(
    [
      {
        type: 'ReportFiled',
        data: {
          report,
          outlet: 'Wire',
          url: 'https://example.org/report',
          publishedAt: at,
          statedAt: at,
          attribution: [
            { name: `Hospital ${origin}`, kind: 'organisation', id: `hospital-${origin}` },
            { name: 'Wire', kind: 'press' },
          ],
          bodyHash: 'f'.repeat(64),
          figures: 1,
        },
      },
      {
        type: 'FigureReported',
        data: {
          figure,
          report,
          place: 0,
          measure: 'killed',
          group: `group-${cell % 10}`,
          breakdown: { role: `role-${Math.floor(cell / 10)}` },
          // Each further figure of a cell raises it, in the large incident as in the small one.
          quantity: { kind: 'atLeast', value: 1 + Math.floor(n / cells) },
          words: 'at least that many',
        },
      },
    ],
    n,
  );
};

const openedWith = (figures: number, cells: number, origins: number): { ledger: Ledger; filings: FiledEvent[][] } => {
  const ledger = createLedger();
  const filings = [filingOf([{ type: 'IncidentOpened', data: { slug: 'bench', scheme } }], 0)];
  for (let n = 0; n < figures; n += 1) filings.push(reportOf(n, cells, origins));
  for (const filing of filings) applyFiling(ledger, filing);
  return { ledger, filings };
};

/** µs that one further figure takes, a median over many. */
const nextFigure = (ledger: Ledger, from: number, cells: number, origins: number): number => {
  const reports = Array.from({ length: filingsMeasured }, (_, n) => reportOf(from + n, cells, origins));
  const startedAt = performance.now();
  for (const report of reports) applyFiling(ledger, report);
  return ((performance.now() - startedAt) * 1000) / filingsMeasured;
};

/** What the domain alone costs: the next figure in a large incident and a small one, the whole fold, one parse. */
export const benchLedger = async (): Promise<Row[]> => {
  const large = openedWith(10_000, 500, 200);
  let largeAt = 10_000;
  const next = await inTurn(
    rounds,
    async () => {
      const took = nextFigure(large.ledger, largeAt, 500, 200);
      largeAt += filingsMeasured;
      return took;
    },
    async () => {
      // As many figures in a cell, so that as much is touched: one cell and those above it. Begun anew each time, since
      // the small one would soon be large.
      const fresh = openedWith(100, 5, 20);
      return nextFigure(fresh.ledger, 100, 5, 20);
    },
  );
  const { filings } = openedWith(10_000, 500, 200);
  const texts = filings.flat().map((event) => JSON.stringify(event));
  const events = filings.flat();
  const fold = await inTurn(
    rounds,
    async () => {
      const startedAt = performance.now();
      const ledger = createLedger();
      absorb(ledger, events);
      tallyOf(ledger);
      return events.length / (performance.now() - startedAt);
    },
    async () => {
      const startedAt = performance.now();
      for (const text of texts) JSON.parse(text);
      return texts.length / (performance.now() - startedAt);
    },
  );
  return [
    {
      name: 'next figure, among 10,000 in 500 cells of 200 origins',
      ours: `${next.ours.toFixed(0)} µs`,
      floor: `${next.floor.toFixed(0)} µs`,
      floorName: 'the next among 100 in 5 cells',
      ratio: next.ratio,
      bar: { atMost: 1.2 },
    },
    {
      name: 'fold of 10,000 figures and their tally',
      ours: `${Math.round(fold.ours)}k/s`,
      floor: `${Math.round(fold.floor)}k/s`,
      floorName: 'JSON.parse of its events',
      ratio: fold.ratio,
      bar: { atLeast: 0.5 },
    },
  ];
};
