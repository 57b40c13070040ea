import type { Command } from '#tollbook/domain/commands.js';
import { decide } from '#tollbook/domain/decide/decide.js';
import type { FiledEvent, IncidentEvent } from '#tollbook/domain/events.js';
import { absorb, applyFiling, createLedger, tallyOf, tryFiling, type Ledger } from '#tollbook/domain/tally/ledger.js';
import { warningsOf } from '#tollbook/domain/warnings/warnings.js';
import { inTurn, inTurnAsWhole, type Row } from './compare.ts';
import { cpuMicroseconds } from './cpu.ts';
import { schemeOf } from './scheme.ts';

const rounds = 9;
/**
 * Figures filed in one round: enough for the clock, which moves in steps of some milliseconds, and few, so that the large
 * incident stays about as large as it is said to be.
 */
const filingsMeasured = 480;
/** Small incidents that share a round's figures, so that each stays small. */
const smallIncidents = 16;
/** Small incidents that together hold as many figures as the large one. */
const incidentsAsLarge = 100;
/** Dry runs in one round. */
const triesMeasured = 200;
/** Incidents that newsrooms file into at once, and filings in one round. */
const desks = 64;
const deskFilings = 3_200;

const scheme = schemeOf(Array.from({ length: 10 }, (_, n) => ({ id: `group-${n}`, side: 'victims' as const })));

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

/** µs that one of many takes. */
const each = (count: number, work: () => void): number => {
  const startedAt = cpuMicroseconds();
  work();
  return (cpuMicroseconds() - startedAt) / count;
};

/** Files reports by turns into ledgers that hold what they hold, and tells the µs that one takes. */
const filedInto = (filings: readonly (readonly [Ledger, FiledEvent[]])[]): number =>
  each(filings.length, () => {
    for (const [ledger, filing] of filings) applyFiling(ledger, filing);
  });

const nextFigure = async (large: Ledger): Promise<Row[]> => {
  let largeAt = 10_000;
  const nextOfLarge = async (): Promise<number> => {
    const from = largeAt;
    largeAt += filingsMeasured;
    return filedInto(Array.from({ length: filingsMeasured }, (_, n) => [large, reportOf(from + n, 500, 200)] as const));
  };

  // Kept to the end, as the large one is: else the collector would have less to carry about for them.
  const kept: Ledger[] = [];
  const besideOne = await inTurnAsWhole(rounds, nextOfLarge, async () => {
    // As many figures in a cell, so that as much is touched: one cell and those above it. Begun anew each time, since
    // small ones would soon be large.
    const small = Array.from({ length: smallIncidents }, () => openedWith(100, 5, 200).ledger);
    kept.push(...small);
    const count = filingsMeasured / smallIncidents;
    return filedInto(
      small.flatMap((ledger) => Array.from({ length: count }, (_, n) => [ledger, reportOf(100 + n, 5, 200)] as const)),
    );
  });

  // As many figures in memory on both sides: the small incidents together hold what the large one does, and each is
  // looked at again only after all the others.
  const small = Array.from({ length: incidentsAsLarge }, () => openedWith(100, 5, 200).ledger);
  let smallAt = 100;
  const besideAsMany = await inTurnAsWhole(rounds, nextOfLarge, async () => {
    const filings: (readonly [Ledger, FiledEvent[]])[] = [];
    while (filings.length < filingsMeasured) {
      for (const ledger of small) filings.push([ledger, reportOf(smallAt, 5, 200)]);
      smallAt += 1;
    }
    return filedInto(filings);
  });

  const name = 'next figure, among 10,000 in 500 cells of 200 origins';
  return [
    {
      name,
      ours: `${besideOne.ours.toFixed(0)} µs`,
      floor: `${besideOne.floor.toFixed(0)} µs`,
      floorName: 'the next among 100 in 5 cells',
      ratio: besideOne.ratio,
      bar: { atMost: 1.2 },
    },
    {
      name,
      ours: `${besideAsMany.ours.toFixed(0)} µs`,
      floor: `${besideAsMany.floor.toFixed(0)} µs`,
      floorName: `the next among 100 in 5 cells, in one of ${incidentsAsLarge} incidents by turns`,
      ratio: besideAsMany.ratio,
      bar: null,
    },
  ];
};

/** A dry run folds, looks, and takes out again: it may cost about two filings, whatever was filed before. */
const dryRun = async (large: Ledger): Promise<Row> => {
  let at = 20_000;
  const reportsOf = (): FiledEvent[][] => {
    at += triesMeasured;
    return Array.from({ length: triesMeasured }, (_, n) => reportOf(at + n, 500, 200));
  };
  const tried = await inTurn(
    rounds,
    async () => {
      const reports = reportsOf();
      return each(triesMeasured, () => {
        for (const report of reports) tryFiling(large, report, () => warningsOf(report, large));
      });
    },
    async () => {
      const reports = reportsOf();
      return each(triesMeasured, () => {
        for (const report of reports) {
          applyFiling(large, report);
          warningsOf(report, large);
        }
      });
    },
  );
  return {
    name: 'dry run of one figure, among 10,000 in 500 cells',
    ours: `${tried.ours.toFixed(0)} µs`,
    floor: `${tried.floor.toFixed(0)} µs`,
    floorName: 'filing it',
    ratio: tried.ratio,
    bar: null,
  };
};

const wholeFold = async (): Promise<Row> => {
  const { filings } = openedWith(10_000, 500, 200);
  const events = filings.flat();
  const texts = events.map((event) => JSON.stringify(event));
  const fold = await inTurn(
    rounds,
    async () => {
      const took = each(events.length, () => {
        const ledger = createLedger();
        absorb(ledger, events);
        tallyOf(ledger);
      });
      return 1_000 / took;
    },
    async () => {
      // What is parsed is kept for as long: a fold keeps what it has read.
      const took = each(texts.length, () => texts.map((text): unknown => JSON.parse(text)));
      return 1_000 / took;
    },
  );
  return {
    name: 'fold of 10,000 figures and their tally',
    ours: `${Math.round(fold.ours)}k/s`,
    floor: `${Math.round(fold.floor)}k/s`,
    floorName: 'JSON.parse of its events',
    ratio: fold.ratio,
    bar: { atLeast: 0.5 },
  };
};

const nationalities = ['FR', 'DE', 'GB', 'US', 'JP', 'NO', 'RO', 'PH', 'MY', 'CO', 'IT', 'ES', 'BE', 'NL', 'SE', 'PL'];

const meta = { desk: 'bench', person: null, correlationId: 'bench' };

const decided = (ledger: Ledger, command: Command, minute: number): readonly FiledEvent[] => {
  const now = new Date(Date.UTC(2026, 0, 1) + minute * 1_000).toISOString();
  const decision = decide(ledger.state, command, { now, newId: nextId, filingId: nextId(), ledger, meta });
  if (decision.kind !== 'events') throw new Error(JSON.stringify(decision));
  return decision.events;
};

/** A report of one figure, as a desk files it: a count of a nationality that grows as time goes on. */
const deskReport = (desk: number, n: number): string => {
  const at = new Date(Date.UTC(2020, 0, 1) + n * 1_000).toISOString();
  return JSON.stringify({
    outlet: 'Wire',
    publishedAt: at,
    statedAt: at,
    attribution: [{ name: `Hospital ${desk}`, kind: 'organisation', id: `hospital-${desk}` }],
    figures: [
      {
        measure: 'killed',
        group: 'hostages',
        breakdown: { nationality: nationalities[(desk + n) % nationalities.length] },
        quantity: { kind: 'atLeast', value: 1 + Math.floor(n / 100) },
        words: 'at least that many',
      },
    ],
  });
};

const opening = (n: number): Command => ({
  kind: 'openIncident',
  incident: {
    slug: `bench-${n}`,
    title: 'Bench',
    place: 'Here',
    from: '2020-01-01',
    home: 'DZ',
    groups: [
      { id: 'hostages', side: 'victims' },
      { id: 'militants', side: 'perpetrators' },
    ],
  },
});

/** One figure into one of many small incidents: decided, folded, its revisions, warnings and answer made. */
const smallFiling = async (): Promise<Row> => {
  const ledgers = Array.from({ length: desks }, createLedger);
  for (const [n, ledger] of ledgers.entries()) applyFiling(ledger, decided(ledger, opening(n), 0));
  let filed = 0;
  const bodies = (): string[] =>
    Array.from({ length: deskFilings }, (_, n) => deskReport(n % desks, Math.floor((filed + n) / desks)));
  let answers: string[] = [];
  const filing = await inTurn(
    rounds,
    async () => {
      const requests = bodies();
      answers = [];
      const took = each(deskFilings, () => {
        for (const [n, body] of requests.entries()) {
          const ledger = ledgers[n % desks] ?? createLedger();
          const command: Command = { kind: 'fileReport', report: JSON.parse(body), bodyHash: 'f'.repeat(64) };
          const events = decided(ledger, command, Math.floor((filed + n) / desks));
          const { revisions } = applyFiling(ledger, events);
          answers.push(JSON.stringify({ events, revisions, warnings: warningsOf(events, ledger) }));
        }
      });
      filed += deskFilings;
      return took;
    },
    async () => {
      const requests = bodies();
      const parsed = answers.map((answer): unknown => JSON.parse(answer));
      const written: string[] = [];
      return each(deskFilings, () => {
        for (const [n, body] of requests.entries())
          if (JSON.parse(body) !== null) written.push(JSON.stringify(parsed[n]));
      });
    },
  );
  return {
    name: 'one figure into one of 64 small incidents',
    ours: `${filing.ours.toFixed(1)} µs`,
    floor: `${filing.floor.toFixed(1)} µs`,
    floorName: 'JSON.parse of the request, JSON.stringify of events and answer',
    ratio: filing.ratio,
    bar: null,
  };
};

/** What the domain alone costs: the next figure in a large incident and a small one, the whole fold, one parse. */
export const benchLedger = async (): Promise<Row[]> => {
  const large = openedWith(10_000, 500, 200).ledger;
  return [...(await nextFigure(large)), await wholeFold(), await smallFiling(), await dryRun(large)];
};
