import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventArchive } from '../audit/event-archive.js';
import { atomOf } from '../export/atom.js';
import { breakdownKeysOf } from '../export/cell-columns.js';
import { csvOf } from '../export/csv.js';
import { figureColumns } from '../export/figure-columns.js';
import { jsonLdOf } from '../export/json-ld.js';
import { makeWorkbook, sheetOf } from '../export/make-workbook.js';
import { Provenance } from '../export/prov.js';
import { revisionColumns } from '../export/revision-columns.js';
import { tallyColumns } from '../export/tally-columns.js';
import type { FigureOnWire } from '../projections/figure-view.js';
import { IncidentReader } from '../projections/incident-reader.js';
import type { IncidentOnWire, RevisionOnWire, TallyOnWire } from '../projections/wire.js';
import { Access } from './access.js';
import { foundOf } from './answer.js';
import { Call } from './call.decorator.js';
import { OneAtATime } from './one-at-a-time.js';
import { Parameters } from './parameters.decorator.js';
import { exportQuery, type ExportQuery } from './parameters.js';
import { ProblemError } from './problems.js';
import { slugOf } from './slug.js';

const csvType = 'text/csv; charset=utf-8; header=present';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const linesType = 'application/x-ndjson';
const linkedType = 'application/ld+json';
const provType = 'application/json; charset=utf-8';
const atomType = 'application/atom+xml; charset=utf-8';
/** Revisions of a feed for feed readers: the newest. */
const atomEntriesMax = 1_000;
/** Rows read at once, so that a long export does not hold up everything else. */
const pageRows = 1_000;
/** Rows of what is made in memory, as a workbook is; CSV comes in pieces and has no such bound. */
const rowsInMemoryMax = 20_000;
/** Such exports that wait while one is made. */
const waitingMax = 8;

const text = { type: 'string' } as const;
const bytes = { type: 'string', format: 'binary' } as const;

type Listed = { readonly data: readonly object[]; readonly next: string | null };

/** What an incident comes to, for spreadsheets and other programs. */
@ApiTags('export')
@Controller('v1/incidents/:slug/export')
export class ExportController {
  private readonly inMemory = new OneAtATime(waitingMax);

  constructor(
    private readonly reader: IncidentReader,
    private readonly archive: EventArchive,
    private readonly access: Access,
  ) {}

  @Get()
  @Call({
    role: 'reader',
    summary: 'An incident for spreadsheets and other programs; its events as lines of JSON (role auditor)',
    query: exportQuery,
    answer: {
      status: 200,
      description: 'The export, as a file to keep.',
      types: {
        'text/csv': text,
        [xlsxType]: bytes,
        [linkedType]: { type: 'object', description: 'Observations of schema.org.' },
        'application/json': { type: 'object', description: 'PROV-JSON.' },
        'application/atom+xml': { type: 'string', description: 'Revisions, the newest first.' },
        [linesType]: text,
      },
    },
    problems: ['incident-not-found', 'export-too-large', 'busy', 'log-unavailable'],
  })
  async export(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') name: string,
    @Parameters() { format, table }: ExportQuery,
  ): Promise<void> {
    const slug = slugOf(name);
    const isHead = request.method === 'HEAD';
    if (format === 'ndjson') {
      this.access.admit(request, 'auditor');
      if ((await this.archive.list({ incident: slug, limit: 1 })) === null)
        throw new ProblemError('incident-not-found', `There is no incident ${slug}.`);
      send(reply, linesType, `${slug}.ndjson`, isHead ? '' : Readable.from(this.archive.stream({ incident: slug })));
      return;
    }
    const tally = JSON.parse(foundOf(await this.reader.tally(slug)).body.toString()) as TallyOnWire;
    if (format === 'xlsx') {
      send(reply, xlsxType, `${slug}.xlsx`, await this.inMemory.run(() => this.workbook(slug, tally)));
      return;
    }
    if (format === 'jsonld') {
      const incident = foundOf(await this.reader.incident(slug)).body as IncidentOnWire;
      send(reply, linkedType, `${slug}.jsonld`, JSON.stringify(jsonLdOf(incident, tally)));
      return;
    }
    if (format === 'prov') {
      send(
        reply,
        provType,
        `${slug}.prov.json`,
        await this.inMemory.run(async () => JSON.stringify(await this.provenance(slug, tally))),
      );
      return;
    }
    if (format === 'atom') {
      send(reply, atomType, `${slug}.atom`, await this.atom(slug, tally));
      return;
    }
    const rows = await this.csv(slug, tally, table);
    send(reply, csvType, `${slug}-${table}.csv`, isHead ? '' : Readable.from(rows));
  }

  private async csv(slug: string, tally: TallyOnWire, table: ExportQuery['table']): Promise<AsyncIterable<string>> {
    switch (table) {
      case 'tally':
        return csvOf(tallyColumns(tallyKeys(tally), tally), [tally.cells]);
      case 'figures':
        return csvOf(figureColumns(await this.figureKeys(slug)), this.figurePages(slug));
      case 'revisions':
        return csvOf(revisionColumns(await this.revisionKeys(slug, tally)), this.revisionPages(slug));
    }
  }

  private async workbook(slug: string, tally: TallyOnWire): Promise<Buffer> {
    const [figureKeys, revisionKeys] = [await this.figureKeys(slug), await this.revisionKeys(slug, tally)];
    return makeWorkbook([
      sheetOf('Tally', tallyColumns(tallyKeys(tally), tally), [tally.cells]),
      sheetOf('Figures', figureColumns(figureKeys), bounded(this.figurePages(slug))),
      sheetOf('Revisions', revisionColumns(revisionKeys), bounded(this.revisionPages(slug))),
    ]);
  }

  private async provenance(slug: string, tally: TallyOnWire): Promise<Provenance> {
    const provenance = new Provenance(tally);
    for await (const page of bounded(this.figurePages(slug))) for (const each of page) provenance.addFigure(each);
    for await (const page of bounded(this.revisionPages(slug))) for (const each of page) provenance.addRevision(each);
    return provenance;
  }

  private async atom(slug: string, tally: TallyOnWire): Promise<string> {
    const incident = foundOf(await this.reader.incident(slug)).body as IncidentOnWire;
    const newest = foundOf(await this.reader.revisions(slug, { limit: atomEntriesMax, order: 'desc' })).body;
    return atomOf(incident, tally, newest.data as readonly RevisionOnWire[], `${incident.from}T00:00:00Z`);
  }

  private async figureKeys(slug: string): Promise<readonly string[]> {
    return breakdownKeysOf(foundOf(await this.reader.figureCells(slug)).body);
  }

  /** A cell that is no more had figures, of which all are kept; unions and sides have their cells' keys. */
  private async revisionKeys(slug: string, tally: TallyOnWire): Promise<readonly string[]> {
    return [...new Set([...tallyKeys(tally), ...(await this.figureKeys(slug))])].sort();
  }

  private figurePages(slug: string): AsyncGenerator<readonly FigureOnWire[], void> {
    return pages(async (after) => foundOf(await this.reader.figures(slug, { limit: pageRows, after })).body);
  }

  private revisionPages(slug: string): AsyncGenerator<readonly RevisionOnWire[], void> {
    return pages(async (after) => foundOf(await this.reader.revisions(slug, { limit: pageRows, after })).body);
  }
}

const tallyKeys = ({ cells }: TallyOnWire): readonly string[] => breakdownKeysOf(cells.map(({ cell }) => cell));

async function* pages<Row>(read: (after: string | undefined) => Promise<Listed>): AsyncGenerator<readonly Row[], void> {
  let after: string | undefined;
  for (;;) {
    const { data, next } = await read(after);
    yield data as readonly Row[];
    if (next === null) return;
    // A turn for everybody else: what is read from memory would otherwise go on without one.
    await setImmediate();
    after = next;
  }
}

/** Passes pages on until there are more rows than are held in memory. @throws ProblemError 413 */
async function* bounded<Row>(from: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[], void> {
  let rows = 0;
  for await (const page of from) {
    rows += page.length;
    if (rows > rowsInMemoryMax)
      throw new ProblemError('export-too-large', `This format takes ${rowsInMemoryMax} rows of a kind; ask for CSV.`);
    yield page;
  }
}

const send = (reply: FastifyReply, type: string, file: string, body: Readable | Buffer | string): void => {
  void reply
    .code(200)
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${file}"`)
    .header('cache-control', 'no-cache')
    .send(body);
};
