import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FiledEvent } from '../../src/domain/events.js';
import { givenReasons } from '../../src/domain/vocabulary.js';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import { history } from '../domain/decide/random-command.js';
import { brussels, open } from '../domain/given.js';
import { History } from '../domain/tally/history.js';
import { step, take } from '../domain/tally/random-history.js';
import { scheme } from '../domain/tally/random-scheme.js';
import { FakeReader, FeedClient, parseEvents } from '../support/feed-client.js';
import { MemoryLog } from '../support/memory-log.js';
import { appendFiling, Opened, request, tallyJson, until } from '../support/tollbook.js';

/*
 * The law of the feed: a snapshot and the frames after it give, byte for byte, what GET tally gives. Histories are
 * random (reports, corrections, retractions, denials, reinstatements, links, grades, pins, amendments, explanations, in
 * two incidents), and readers are cut off and come back at random moments, one of them on a service started anew.
 */

const opened = new Opened();
afterEach(() => opened.close());

const slugs = ['x-2020', 'y-2020'] as const;

const turn = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('file' as const), in: fc.nat(1), step }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('explain' as const), in: fc.nat(1), which: fc.nat(), why: fc.nat() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), reader: fc.nat(2) }) },
  // Cut after so many bytes of what comes next, in the middle of a frame.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tear' as const), reader: fc.nat(2), bytes: fc.nat(4_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), reader: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** A dashboard that follows some incidents, and loses its connection. */
class Dashboard {
  readonly client: FeedClient;
  #reader: FakeReader | null = null;
  #detach: () => void = () => undefined;
  #bytesLeft = Infinity;
  #text = '';

  constructor(
    epoch: string,
    readonly follows: readonly string[] | 'all',
  ) {
    this.client = new FeedClient(epoch);
  }

  get isConnected(): boolean {
    return this.#reader !== null && !this.#reader.closed;
  }

  async connect(tollbook: Tollbook): Promise<void> {
    this.cut();
    const admitted = await tollbook.hub.admit({ incidents: this.follows, lastEventId: this.client.lastEventId });
    if (admitted.kind !== 'admitted') throw new Error(JSON.stringify(admitted));
    this.#text = '';
    this.#bytesLeft = Infinity;
    this.#reader = new FakeReader((bytes) => this.#receive(bytes));
    this.#detach = admitted.start(this.#reader);
  }

  cut(): void {
    this.#detach();
    this.#reader = null;
  }

  tearAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  #receive(bytes: Buffer): void {
    const text = bytes.subarray(0, Math.min(bytes.length, this.#bytesLeft)).toString('latin1');
    this.#bytesLeft -= text.length;
    this.#text += text;
    // As EventSource does it: an event counts once its blank line has come.
    const end = this.#text.lastIndexOf('\n\n') + 2;
    if (end > 1) {
      for (const event of parseEvents(Buffer.from(this.#text.slice(0, end), 'latin1').toString()))
        this.client.take(event);
      this.#text = this.#text.slice(end);
    }
    if (this.#bytesLeft <= 0) this.cut();
  }
}

/** A tally in pieces of which a difference can be read. */
const linesOf = (tally: string): string[] => tally.split(/(?=\{"cell")/u);

const renamed = (events: readonly FiledEvent[], slug: string): FiledEvent[] =>
  events.map((event) => (event.type === 'IncidentOpened' ? { ...event, data: { ...event.data, slug } } : event));

test.each([
  ['with all frames at hand', { framesKeptMax: 1_000, incidentsLoadedMax: 100 }],
  ['with few frames and one incident in memory', { framesKeptMax: 3, incidentsLoadedMax: 1 }],
])(
  'snapshot and frames give what GET tally gives, %s',
  async (_, bounds) => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 5, maxLength: 40 }), async (turns) => {
        const log = new MemoryLog();
        const viewsDirectory = opened.directory();
        let tollbook = await opened.tollbook(log, { viewsDirectory, ...bounds });
        const histories = slugs.map(() => new History(scheme));
        const dashboards = [
          new Dashboard(log.epoch, [slugs[0]]),
          new Dashboard(log.epoch, [...slugs]),
          new Dashboard(log.epoch, 'all'),
        ];
        const stored = async (at: number): Promise<void> => {
          for (const events of histories[at]!.filings.splice(0))
            await appendFiling(log, slugs[at]!, renamed(events, slugs[at]!));
        };
        for (const at of slugs.keys()) await stored(at);
        for (const dashboard of dashboards) await dashboard.connect(tollbook);

        for (const each of turns)
          switch (each.do) {
            case 'file':
              take(histories[each.in]!, each.step);
              await stored(each.in);
              break;
            case 'explain': {
              const { revisions } = histories[each.in]!.ledger;
              const revision = revisions[each.which % Math.max(1, revisions.length)];
              if (revision === undefined) break;
              const reason = givenReasons[each.why % givenReasons.length]!;
              histories[each.in]!.explain(revision.cause, revision.cell, reason);
              await stored(each.in);
              break;
            }
            case 'cut':
              dashboards[each.reader]!.cut();
              break;
            case 'tear':
              dashboards[each.reader]!.tearAfter(each.bytes);
              break;
            case 'return':
              await dashboards[each.reader]!.connect(tollbook);
              break;
            case 'wait':
              for (let at = 0; at < each.turns; at += 1) await new Promise((resolve) => setImmediate(resolve));
              break;
            case 'restart':
              for (const dashboard of dashboards) dashboard.cut();
              await tollbook.close();
              tollbook = await opened.tollbook(log, { viewsDirectory, ...bounds });
              break;
            default:
              each satisfies never;
          }

        // Filings of other instances reach this one by its subscription.
        expect(await tollbook.projector.waitFor(await log.head(), 5_000)).toBe(true);
        for (const dashboard of dashboards) {
          dashboard.tearAfter(Infinity);
          if (!dashboard.isConnected) await dashboard.connect(tollbook);
          for (const slug of dashboard.follows === 'all' ? slugs : dashboard.follows) {
            const tally = await tallyJson(tollbook, slug);
            await until(() => dashboard.client.tallyJson(slug) === tally, slug, 1_000).catch(() => undefined);
            expect(linesOf(dashboard.client.tallyJson(slug))).toEqual(linesOf(tally));
            expect(dashboard.client.tallyJson(slug) === tally).toBe(true);
          }
          expect(dashboard.client.complaints).toEqual([]);
        }
        await opened.close();
      }),
      { numRuns: 40, endOnFailure: true },
    );
  },
  120_000,
);

test('the same where this service writes: its ledgers run ahead of the disk, and commands come many at once', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.array(fc.nat(9), { maxLength: 12 }), async (commands, moments) => {
      const log = new MemoryLog();
      log.before = () => new Promise((resolve) => setImmediate(resolve));
      const tollbook = await opened.tollbook(log, { framesKeptMax: 4 });
      const slug = brussels.slug;
      const dashboards = [new Dashboard(log.epoch, [slug]), new Dashboard(log.epoch, 'all')];
      await tollbook.desk.execute(slug, open(), request());
      const under: Promise<unknown>[] = [];
      for (const [at, command] of commands.entries()) {
        const ifMatch = '*';
        // What a random command breaks is refused; that is no matter here.
        under.push(tollbook.desk.execute(slug, command, request({ ifMatch })));
        const moment = moments[at % Math.max(1, moments.length)] ?? 0;
        const dashboard = dashboards[at % 2]!;
        if (moment < 3) await new Promise((resolve) => setImmediate(resolve));
        else if (moment < 6) await dashboard.connect(tollbook);
        else if (moment < 8) dashboard.tearAfter(moment * 100);
        else await Promise.all(under);
      }
      await Promise.all(under);
      for (const dashboard of dashboards) {
        dashboard.tearAfter(Infinity);
        if (!dashboard.isConnected) await dashboard.connect(tollbook);
        const tally = await tallyJson(tollbook, slug);
        await until(() => dashboard.client.tallyJson(slug) === tally, slug, 1_000).catch(() => undefined);
        expect(linesOf(dashboard.client.tallyJson(slug))).toEqual(linesOf(tally));
        expect(dashboard.client.complaints).toEqual([]);
      }
      await opened.close();
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);
