import type { FiledEvent, IncidentEvent } from '../../../src/domain/events.js';
import type { FigureAsFiled, ReportAsFiled } from '../../../src/domain/schema/report.js';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import { applyFiling, createLedger, estimateOf, tallyOf, type Ledger } from '../../../src/domain/tally/ledger.js';
import type { Changes, Estimate } from '../../../src/domain/tally/shapes.js';
import type { GivenReason, SpeakerKind } from '../../../src/domain/vocabulary.js';

export const plainScheme: Scheme = {
  title: 'An incident',
  place: 'Somewhere',
  from: '2020-01-01',
  to: null,
  home: 'DZ',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  headline: 'killed/side:victims',
  groups: [
    { id: 'civilians', side: 'victims' },
    { id: 'soldiers', side: 'responders' },
    { id: 'attackers', side: 'perpetrators' },
  ],
  measures: [],
  breakdowns: [],
};

/** A speaker as tests name them: `authority:Ministry`, `official:source?` (unnamed), `official:A@body`. */
export const speaker = (text: string) => {
  const [kind = 'press', rest = ''] = text.split(':');
  const [name = '', body] = rest.split('@');
  const unnamed = name.endsWith('?');
  return {
    name: unnamed ? name.slice(0, -1) : name,
    kind: kind as SpeakerKind,
    ...(unnamed ? { named: false } : {}),
    ...(body === undefined ? {} : { body }),
  };
};

/** A quantity as tests write it: `30`, `30+`, `>30`, `<=30`, `<30`, `12-30`, `~250`, `?`, or a vague word. */
export const quantity = (text: string | number): FigureAsFiled['quantity'] => {
  const said = String(text);
  const number = Number(said.replace(/[^0-9]/gu, ''));
  if (/^\d+$/u.test(said)) return { kind: 'exactly', value: number };
  if (/^\d+\+$/u.test(said)) return { kind: 'atLeast', value: number };
  if (said.startsWith('>')) return { kind: 'moreThan', value: number };
  if (said.startsWith('<=')) return { kind: 'atMost', value: number };
  if (said.startsWith('<')) return { kind: 'fewerThan', value: number };
  if (said.startsWith('~')) return { kind: 'about', value: number };
  if (said === '?') return { kind: 'unspecified' };
  const between = /^(\d+)-(\d+)$/u.exec(said);
  if (between !== null) return { kind: 'between', low: Number(between[1]), high: Number(between[2]) };
  return { kind: 'vague', word: said };
};

/** A cell in text, as the members of a figure. */
export const inCell = (text: string): Pick<FigureAsFiled, 'measure' | 'group' | 'side' | 'breakdown'> => {
  const [measure = '', who = '', ...pairs] = text.split('/');
  const breakdown = Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
  return {
    measure,
    ...(who.startsWith('side:') ? { side: who.slice(5) as 'victims' } : { group: who }),
    ...(pairs.length === 0 ? {} : { breakdown }),
  };
};

type FigureRest = Partial<Omit<FigureAsFiled, 'measure' | 'group' | 'side' | 'breakdown' | 'quantity' | 'attribution'>>;

export const figure = (cell: string, said: string | number, rest: FigureRest & { by?: string } = {}): FigureAsFiled => {
  const { by, ...members } = rest;
  return {
    ...inCell(cell),
    quantity: quantity(said),
    ...members,
    ...(by === undefined ? {} : { attribution: [speaker(by)] }),
  };
};

/** Day `n` of the tests' January, at noon; a fraction moves the hour. */
export const day = (n: number): string => new Date(Date.UTC(2020, 0, 1, 12) + (n - 1) * 86_400_000).toISOString();

/** Files events straight into a ledger, as the log would give them back. */
export class History {
  readonly ledger: Ledger = createLedger();
  readonly filings: FiledEvent[][] = [];
  #next = 0;

  constructor(scheme: Partial<Scheme> = {}) {
    this.filing([{ type: 'IncidentOpened', data: { slug: 'x-2020', scheme: { ...plainScheme, ...scheme } } }]);
  }

  id(): string {
    this.#next += 1;
    return `00000000-0000-4000-8000-${String(this.#next).padStart(12, '0')}`;
  }

  /** @param before sees the events before they are filed */
  filing(
    drafts: readonly (IncidentEvent & { id?: string })[],
    before: (events: readonly FiledEvent[]) => void = () => undefined,
  ): Changes {
    const filing = this.id();
    const recordedAt = new Date(Date.UTC(2026, 0, 1) + this.filings.length * 60_000).toISOString();
    const events = drafts.map((draft, place): FiledEvent => ({
      ...draft,
      id: draft.id ?? this.id(),
      meta: { recordedAt, filing, place, size: drafts.length, desk: 'test', person: null, correlationId: filing },
    }));
    before(events);
    this.filings.push(events);
    return applyFiling(this.ledger, events);
  }

  /** Files a report by one speaker (and relays), said at once. @returns ids of its figures */
  report(
    by: string,
    said: string,
    figures: readonly FigureAsFiled[],
    rest: Partial<Pick<ReportAsFiled, 'outlet' | 'publishedAt' | 'statedAt'>> = {},
  ): string[] {
    const report = `rep_${this.id()}`;
    const ids = figures.map(() => this.id());
    this.filing([
      {
        type: 'ReportFiled',
        data: {
          report,
          outlet: rest.outlet ?? 'Wire',
          publishedAt: rest.publishedAt ?? said,
          ...('statedAt' in rest
            ? rest.statedAt === undefined
              ? {}
              : { statedAt: rest.statedAt }
            : { statedAt: said }),
          attribution: [speaker(by), { name: rest.outlet ?? 'Wire', kind: 'press' }],
          bodyHash: '',
          figures: figures.length,
        },
      },
      ...figures.map((each, place) => ({
        type: 'FigureReported' as const,
        id: ids[place] ?? '',
        data: { figure: ids[place] ?? '', report, place, ...each },
      })),
    ]);
    return ids;
  }

  /** Files one figure. @returns its id */
  says(
    by: string,
    said: string,
    cell: string,
    number: string | number,
    rest: FigureRest & { outlet?: string } = {},
  ): string {
    const { outlet, ...members } = rest;
    return this.report(by, said, [figure(cell, number, members)], outlet === undefined ? {} : { outlet })[0] ?? '';
  }

  correct(id: string, corrected: FigureAsFiled): Changes {
    return this.filing([{ type: 'FigureCorrected', data: { figure: id, corrected, reason: 'misread' } }]);
  }

  retract(id: string, by: 'desk' | 'outlet' | 'speaker' = 'desk', statedAt?: string): Changes {
    return this.filing([{ type: 'FigureRetracted', data: { figure: id, by, statedAt, reason: 'wrong' } }]);
  }

  deny(id: string): Changes {
    return this.filing([{ type: 'AttributionDenied', data: { figure: id, reason: 'never said so' } }]);
  }

  reinstate(id: string): Changes {
    return this.filing([{ type: 'FigureReinstated', data: { figure: id, reason: 'after all' } }]);
  }

  link(a: string, b: string): string {
    const link = this.id();
    this.filing([{ type: 'OriginsLinked', data: { link, origins: [a, b], reason: 'one person' } }]);
    return link;
  }

  unlink(link: string): Changes {
    return this.filing([{ type: 'OriginsUnlinked', data: { link, reason: 'two people' } }]);
  }

  grade(origin: string, kind: SpeakerKind): Changes {
    return this.filing([{ type: 'SpeakerGraded', data: { origin, kind, reason: 'known now' } }]);
  }

  pin(cell: string, low: number, high: number | null): Changes {
    return this.filing([{ type: 'EstimatePinned', data: { cell, best: { low, high }, reason: 'decided' } }]);
  }

  unpin(cell: string): Changes {
    return this.filing([{ type: 'EstimateUnpinned', data: { cell, reason: 'no longer' } }]);
  }

  amend(changes: Partial<Scheme>): Changes {
    return this.filing([{ type: 'IncidentAmended', data: { changes, reason: 'better known' } }]);
  }

  explain(event: string, cell: string, reason: GivenReason): Changes {
    return this.filing([{ type: 'RevisionExplained', data: { event, cell, reason } }]);
  }

  estimate(cell: string): Estimate {
    const estimate = estimateOf(this.ledger, cell);
    if (estimate === null) throw new Error(`${cell} is not in the tally`);
    return estimate;
  }

  /** Best as tests write it: `30`, `7+`, `12-30`, `~250 (240-260)`; `-` where there is none or no cell. */
  best(cell: string): string {
    const best = estimateOf(this.ledger, cell)?.best ?? null;
    return best === null
      ? '-'
      : interval(best) + (best.point === null || best.point === best.low ? '' : ` (${best.point})`);
  }

  status(cell: string): string {
    return this.estimate(cell).status;
  }

  reported(cell: string): string {
    const { reported } = this.estimate(cell);
    return reported === null ? '-' : interval(reported);
  }

  implied(cell: string): string {
    const { implied } = this.estimate(cell);
    return implied === null ? 'withheld' : interval(implied);
  }

  last(): FiledEvent[] {
    return this.filings[this.filings.length - 1] ?? [];
  }

  tally(): ReturnType<typeof tallyOf> {
    return tallyOf(this.ledger);
  }
}

export const interval = ({ low, high }: { low: number; high: number | null }): string =>
  high === null ? `${low}+` : low === high ? String(low) : `${low}-${high}`;
