import type { Refusal, RefusalCode } from '../domain/refusal.js';
import { inUtc } from '../domain/schema/time.js';
import { explainCell } from '../domain/tally/explain.js';
import { tallyOf } from '../domain/tally/ledger.js';
import type { Best, RevisionBody } from '../domain/tally/shapes.js';
import { type MethodId, methodIds } from '../domain/vocabulary.js';
import type { EventLog } from '../log/event-log.js';
import { BoundedMap } from './bounded-map.js';
import { cellOfFigure, figureViewer } from './figure-view.js';
import { cellAt, countAt, revisionsUnder, tallyAt } from './historical-tally.js';
import type { IncidentCache } from './incident-cache.js';
import type { IncidentList } from './incident-list.js';
import type { IncidentRow } from './incident-row.js';
import { definedOf, type LoadedIncident, type TallyOptions } from './loaded-incident.js';
import { pageOfGrades, pageOfLinks } from './origin-decisions.js';
import { type List, listOf, pageItemsDefault, pageOf, type Paging } from './paging.js';
import type { Projector } from './projector.js';
import { pageOfRevisions, type RevisionsQuery } from './revision-page.js';
import { incidentTag, tagOfCell, tallyTag } from './version-tags.js';
import { differenceOf } from './tally-difference.js';
import { incidentOnWire, type TallyOnWire, tallyOnWire } from './wire.js';

/** How long a read waits for the position that it asks for, in ms. */
export const minPositionMsMax = 5_000;
const behindRetrySeconds = 1;
/** Answers that took a fold of their own (tallies of the past, methods side by side) and are kept. */
const foldedAnswersMax = 200;
const foldedBytesMax = 32 * 1024 * 1024;
/** Histories under another method than the incident's that are kept, and revisions in all of them. */
const historiesMax = 16;
const historiesRevisionsMax = 50_000;

export type Found<T> = {
  readonly kind: 'found';
  readonly body: T;
  /** Strong; `null` where the answer has none. */
  readonly etag: string | null;
};
export type NotFound = { readonly kind: 'refused'; readonly refusal: Refusal };
export type Behind = { readonly kind: 'behind'; readonly detail: string; readonly retryAfterSeconds: number };
export type Read<T> = Found<T> | NotFound | Behind;

/** As of when; all combine. */
export interface MomentQuery {
  /** A position, inclusive. */
  readonly at?: string | undefined;
  /** A time of recording. */
  readonly knownAt?: string | undefined;
  /** A time of publication. */
  readonly publishedBy?: string | undefined;
}

export interface TallyQuery extends TallyOptions, MomentQuery {
  /** Waits for it, within `minPositionMsMax`. */
  readonly minPosition?: string | undefined;
}

export interface IncidentReaderDeps {
  readonly log: EventLog;
  readonly cache: IncidentCache;
  readonly list: IncidentList;
  readonly projector: Projector;
}

/**
 * Answers what readers ask. Every answer shows only what is on disk, and what was acknowledged before the question was
 * asked. All may throw LogUnavailableError.
 */
export class IncidentReader {
  readonly #folded = new BoundedMap<string, Buffer>(foldedAnswersMax, foldedBytesMax);
  readonly #histories = new BoundedMap<string, readonly RevisionBody[]>(historiesMax, historiesRevisionsMax);

  constructor(private readonly deps: IncidentReaderDeps) {}

  /** The tally as JSON bytes. */
  async tally(slug: string, query: TallyQuery = {}): Promise<Read<Buffer>> {
    const { publishedBy, minPosition } = query;
    if (minPosition !== undefined) {
      const behind = await this.#behind(slug, BigInt(minPosition));
      if (behind !== null) return behind;
    }
    const options = definedOf(query);
    const found = await this.#read(slug, (incident) => {
      const count = countOf(incident, query);
      const isPresent = count === incident.recordedCount && publishedBy === undefined;
      const position = BigInt(incident.positionOf(count - 1));
      const variant = variantOf(options, publishedBy);
      return {
        count,
        position,
        etag: tallyTag(incident.epoch, position, variant, this.#isStaleAt(incident, count)),
        bytes: isPresent ? incident.tallyBytes(options) : null,
        // As they are now, for a moment of the past; they may change while the log is read.
        revisions: isPresent ? [] : incident.ledger.revisions.slice(),
        stale: this.#isStaleAt(incident, count) ? incident.stale : null,
      };
    });
    if (found.kind !== 'found') return found;
    const { count, position, etag, bytes, revisions, stale } = found.body;
    if (count === 0) return notOpenYet(slug);
    if (bytes !== null) return { kind: 'found', body: bytes, etag };
    const key = `${slug} ${etag}`;
    const known = this.#folded.get(key);
    if (known !== undefined) return { kind: 'found', body: known, etag };
    const { log } = this.deps;
    const moment = { count, publishedBy: publishedBy ?? null };
    const tally = await tallyAt(log, slug, moment, revisions, options);
    const body = Buffer.from(JSON.stringify(tallyOnWire(tally, { epoch: log.epoch, position, stale })));
    this.#folded.set(key, body, body.length);
    return { kind: 'found', body, etag };
  }

  /** What two tallies have differently; each is named by a position or by a method, the rest is the same for both. */
  async tallyDiff(
    slug: string,
    query: TallyQuery & { readonly from: string; readonly to: string },
  ): Promise<Read<object>> {
    const { from: nameFrom, to: nameTo, ...both } = query;
    const side = (name: string): TallyQuery =>
      /^\d+$/u.test(name) ? { ...both, at: name } : { ...both, method: name as MethodId };
    const from = await this.tally(slug, side(nameFrom));
    if (from.kind !== 'found') return from;
    const to = await this.tally(slug, side(nameTo));
    if (to.kind !== 'found') return to;
    const [before, after] = [from, to].map(({ body }) => JSON.parse(body.toString()) as TallyOnWire) as [
      TallyOnWire,
      TallyOnWire,
    ];
    const body = differenceOf(before, after);
    return { kind: 'found', body, etag: `"${unquoted(from.etag)}..${unquoted(to.etag)}"` };
  }

  /** One cell's estimate, explained. The tag is what a pin's If-Match asks for. */
  async cell(slug: string, cell: string, query: TallyOptions & MomentQuery = {}): Promise<Read<object>> {
    if (query.at !== undefined || query.knownAt !== undefined || query.publishedBy !== undefined)
      return this.#cellAt(slug, cell, query);
    const options = definedOf(query);
    const found = await this.#read(slug, (incident) => {
      const own = explainCell(incident.ledger, cell);
      if (Object.keys(options).length === 0)
        return { body: own, etag: own === null ? '' : tagOfCell(incident.epoch, own) };
      const body = explainCell(incident.ledger, cell, options);
      return { body, etag: own === null || body === null ? '' : tagOfCell(incident.epoch, own, body) };
    });
    if (found.kind !== 'found') return found;
    const { body, etag } = found.body;
    if (body === null) return noSuchCell(slug, cell);
    return { kind: 'found', body, etag };
  }

  async #cellAt(slug: string, cell: string, query: TallyOptions & MomentQuery): Promise<Read<object>> {
    const options = definedOf(query);
    const publishedBy = query.publishedBy ?? null;
    const found = await this.#read(slug, (incident) => {
      const count = countOf(incident, query);
      const variant = JSON.stringify([cell, options, publishedBy]);
      const etag = tallyTag(incident.epoch, BigInt(incident.positionOf(count - 1)), variant, false);
      return { count, etag, revisions: incident.ledger.revisions.slice() };
    });
    if (found.kind !== 'found') return found;
    const { count, etag, revisions } = found.body;
    if (count === 0) return notOpenYet(slug);
    const body = await cellAt(this.deps.log, slug, { count, publishedBy }, revisions, cell, options);
    return body === null ? noSuchCell(slug, cell) : { kind: 'found', body, etag };
  }

  /** Every method's best of every cell, side by side; the same in every language. */
  async methods(slug: string, _options: Pick<TallyOptions, 'lang'> = {}): Promise<Read<object>> {
    return this.#read(
      slug,
      (incident) => {
        const cells = new Map<string, Partial<Record<MethodId, Best | null>>>();
        for (const method of methodIds)
          for (const { cell, best } of tallyOf(incident.ledger, { method }).cells) {
            const row = cells.get(cell);
            if (row === undefined) cells.set(cell, { [method]: best });
            else row[method] = best;
          }
        return {
          incident: slug,
          epoch: incident.epoch,
          position: String(incident.position),
          methods: methodIds,
          cells: [...cells]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([cell, row]) => ({
              cell,
              best: Object.fromEntries(methodIds.map((method) => [method, row[method] ?? null])),
            })),
        };
      },
      ({ epoch, position, stale }) => tallyTag(epoch, position, 'methods', stale !== null),
    );
  }

  /** The incident with its scheme. The tag is what a PATCH's If-Match asks for. */
  incident(slug: string): Promise<Read<object>> {
    return this.#read(
      slug,
      ({ ledger, position }) => incidentOnWire(ledger.state, position),
      ({ epoch, position }) => incidentTag(epoch, position),
    );
  }

  /** Incidents with their headlines, in the order in which they were opened. */
  async incidents(query: Paging & { readonly q?: string | undefined }): Promise<Read<List>> {
    const { list, projector } = this.deps;
    // Half a list would be taken for the whole.
    if (!(await projector.listReadyWithin(minPositionMsMax))) {
      const detail = 'The list of incidents is being made from the log.';
      return { kind: 'behind', detail, retryAfterSeconds: behindRetrySeconds };
    }
    await projector.flush();
    const { q, after, limit = pageItemsDefault, order = 'asc' } = query;
    const page = list.page({ q, after: after === undefined ? undefined : BigInt(after), limit, order });
    const rows: IncidentRow[] = [];
    // After a rebuild a row lacks its headline's revision number until somebody asks for it.
    for (const row of page.rows) rows.push(row.complete ? row : ((await projector.refresh(row.slug)) ?? row));
    const { data, hasMore, next } = listOf(rows, page.hasMore, ({ opened }) => String(opened));
    return { kind: 'found', body: { data: (data as IncidentRow[]).map(listed), hasMore, next }, etag: null };
  }

  /** The history; under another method as that would have written it. */
  async revisions(slug: string, query: RevisionsQuery): Promise<Read<List>> {
    const { method } = query;
    if (method === undefined)
      return this.#read(slug, ({ ledger, positionOf }) => pageOfRevisions(ledger.revisions, positionOf, query));
    const found = await this.#read(slug, ({ epoch, position, recordedCount, positionOf }) => ({
      key: `${slug} ${epoch} ${position} ${method}`,
      count: recordedCount,
      positionOf,
    }));
    if (found.kind !== 'found') return found;
    const { key, count, positionOf } = found.body;
    let revisions = this.#histories.get(key);
    if (revisions === undefined) {
      revisions = await revisionsUnder(this.deps.log, slug, method, count);
      this.#histories.set(key, revisions, revisions.length);
    }
    return { kind: 'found', body: pageOfRevisions(revisions, positionOf, query), etag: null };
  }

  /** The event and the cell that an explanation of a revision names. */
  async revisionTarget(slug: string, number: string): Promise<Read<{ event: string; cell: string }>> {
    const found = await this.#read(slug, ({ ledger }) => ({ revision: ledger.revisions[Number(number) - 1] }));
    if (found.kind !== 'found') return found;
    const { revision } = found.body;
    if (revision === undefined) return notFound('revision-not-found', `${slug} has no revision ${number}.`);
    return { kind: 'found', body: { event: revision.cause, cell: revision.cell }, etag: null };
  }

  /** Figures in the order of filing. */
  figures(slug: string, query: Paging & { readonly cell?: string | undefined }): Promise<Read<List>> {
    return this.#read(slug, (incident) => {
      const { ledger, positionOf } = incident;
      const { items, hasMore } = pageOf(
        [...ledger.state.figures.values()],
        ({ seq }) => BigInt(positionOf(seq)),
        query,
        query.cell === undefined ? undefined : (figure) => cellOfFigure(figure) === query.cell,
      );
      return listOf(items.map(figureViewer(incident)), hasMore, ({ position }) => position);
    });
  }

  /** The cells that figures of an incident are about, of withdrawn ones too. */
  figureCells(slug: string): Promise<Read<ReadonlySet<string>>> {
    return this.#read(slug, ({ ledger }) => new Set([...ledger.state.figures.values()].map(cellOfFigure)));
  }

  /** Links in force, in the order made. */
  links(slug: string, query: Paging): Promise<Read<List>> {
    return this.#read(slug, ({ ledger, positionOf }) => pageOfLinks(ledger.state, positionOf, query));
  }

  /** Grades in force, in the order given. */
  grades(slug: string, query: Paging): Promise<Read<List>> {
    return this.#read(slug, ({ ledger, positionOf }) => pageOfGrades(ledger.state, positionOf, query));
  }

  async figure(slug: string, id: string): Promise<Read<object>> {
    const found = await this.#read(slug, (incident) => {
      const figure = incident.ledger.state.figures.get(id);
      return { figure: figure === undefined ? null : figureViewer(incident)(figure) };
    });
    if (found.kind !== 'found') return found;
    const { figure } = found.body;
    if (figure === null) return notFound('figure-not-found', `${slug} has no figure ${id}.`);
    return { kind: 'found', body: figure, etag: null };
  }

  /** A report as filed, with its figures as they count now. */
  async report(slug: string, id: string): Promise<Read<object>> {
    const found = await this.#read(slug, (incident) => {
      const { state } = incident.ledger;
      const report = state.reports.get(id);
      if (report === undefined) return { report: null };
      const view = figureViewer(incident);
      return {
        report: {
          id: report.id,
          incident: slug,
          position: incident.positionOf(report.seq + report.figures.length),
          recordedAt: report.meta.recordedAt,
          outlet: report.outlet,
          url: report.url ?? null,
          publishedAt: inUtc(report.publishedAt),
          statedAt: report.statedAt === undefined ? null : inUtc(report.statedAt),
          attribution: report.attribution,
          note: report.note ?? null,
          figures: report.figures.flatMap((figure) => {
            const record = state.figures.get(figure);
            return record === undefined ? [] : [view(record)];
          }),
          filedBy: { desk: report.meta.desk, person: report.meta.person },
        },
      };
    });
    if (found.kind !== 'found') return found;
    const { report } = found.body;
    if (report === null) return notFound('report-not-found', `${slug} has no report ${id}.`);
    return { kind: 'found', body: report, etag: null };
  }

  async #read<T extends object>(
    slug: string,
    read: (incident: LoadedIncident) => T,
    tag: (incident: LoadedIncident) => string | null = () => null,
  ): Promise<Found<T> | NotFound> {
    const found = await this.deps.cache.read(slug, (incident) =>
      incident.ledger.state.scheme === null ? null : { body: read(incident), etag: tag(incident) },
    );
    return found === null
      ? notFound('incident-not-found', `There is no incident ${slug}.`)
      : { kind: 'found', ...found };
  }

  async #behind(slug: string, position: bigint): Promise<Read<never> | null> {
    // What this instance filed is there at once, whatever the subscription has told of yet.
    const found = await this.#read(slug, (incident) => ({ position: incident.position }));
    if (found.kind !== 'found') return found;
    if (found.body.position >= position || (await this.deps.projector.waitFor(position, minPositionMsMax))) return null;
    const detail = `Position ${position} has not been reached within ${minPositionMsMax / 1000} s.`;
    return { kind: 'behind', detail, retryAfterSeconds: behindRetrySeconds };
  }

  /** A poisoned incident is stale from its last good filing on; before that nothing is missing. */
  #isStaleAt(incident: LoadedIncident, count: number): boolean {
    return incident.stale !== null && count === incident.recordedCount;
  }
}

const notFound = (code: RefusalCode, detail: string): NotFound => ({
  kind: 'refused',
  refusal: { code, detail, errors: [] },
});

const notOpenYet = (slug: string): NotFound =>
  notFound('incident-not-found', `Incident ${slug} was not open yet at that moment.`);

const noSuchCell = (slug: string, cell: string): NotFound =>
  notFound('cell-not-found', `The tally of ${slug} has no cell ${cell}.`);

const countOf = (incident: LoadedIncident, { at, knownAt }: MomentQuery): number =>
  countAt(incident, { position: at === undefined ? null : BigInt(at), knownAt: knownAt ?? null });

/** The empty string for the tally as it is by default. */
const variantOf = ({ method, lang }: TallyOptions, publishedBy: string | undefined): string =>
  method === undefined && lang === undefined && publishedBy === undefined
    ? ''
    : JSON.stringify([method ?? null, lang ?? null, publishedBy ?? null]);

const unquoted = (tag: string | null): string => tag?.slice(1, -1) ?? '';

const listed = ({ incident, headline }: IncidentRow): object => ({
  ...(JSON.parse(incident) as object),
  headlineEstimate: headline === null ? null : (JSON.parse(headline) as object),
});
