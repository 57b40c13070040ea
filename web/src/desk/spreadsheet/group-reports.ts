import { contentKey } from './content-key.js';
import type { CellProblem, ReadRow, RowFigure } from './read-rows.js';

/** What a report of the interface takes at most. */
const figuresMax = 500;

/** A report that rows of a sheet make, before it is known what earlier ones will be called. */
export interface SheetReport {
  /** Its Idempotency-Key: the same rows are the same report, however often they are filed. */
  readonly key: string;
  readonly label: string;
  readonly publishedAt: string;
  readonly rows: readonly ReadRow[];
  readonly figures: readonly RowFigure[];
  /** @param idOf the id that a figure of an earlier report of the sheet was filed under */
  readonly body: (idOf: (id: string) => string | undefined) => string;
}

export interface Grouped {
  readonly reports: readonly SheetReport[];
  readonly problems: readonly CellProblem[];
  /** Rows that make no report: with what is wrong, withdrawn, or of a report that has such a row. */
  readonly leftOut: number;
  /** Reports that stand in the sheet more than once, and are filed once. */
  readonly repeated: number;
}

/** Rows of one published item: by the sheet's own name for it, by its link, or in a run of rows that share its head. */
function groupsOf(rows: readonly ReadRow[]): readonly (readonly ReadRow[])[] {
  const groups = new Map<string, ReadRow[]>();
  let run = 0;
  let before = '';
  for (const row of rows) {
    const head = JSON.stringify([row.outlet, row.url, row.publishedAt]);
    if (head !== before) run += 1;
    before = head;
    const key = row.report === '' ? (row.url === '' ? `run ${run}` : head) : `report ${row.report}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function reportOf(slug: string, rows: readonly ReadRow[]): SheetReport {
  const [first] = rows as readonly [ReadRow];
  const figures = rows.flatMap((row) => row.figures.map((figure) => ({ ...figure, row })));
  // A time or a speaker that only some rows have is theirs, and not that of the others.
  const statedAt = rows.every((row) => row.statedAt === first.statedAt) ? first.statedAt : '';
  const places = new Map(figures.map(({ id }, place) => [id, place]));
  const body: SheetReport['body'] = (idOf) =>
    JSON.stringify({
      outlet: first.outlet,
      ...(first.url === '' ? {} : { url: first.url }),
      publishedAt: first.publishedAt,
      ...(statedAt === '' ? {} : { statedAt }),
      attribution: first.attribution,
      ...(first.note === '' ? {} : { note: first.note }),
      figures: figures.map(({ figure, of, row }, place) => {
        const named = of.map((id) => {
          const at = places.get(id);
          return at !== undefined && at < place ? `#${at}` : (idOf(id) ?? id);
        });
        return {
          ...figure,
          ...(named.length === 0 ? {} : { of: named }),
          ...(same(row.attribution, first.attribution) ? {} : { attribution: row.attribution }),
          ...(row.statedAt === statedAt || row.statedAt === '' ? {} : { statedAt: row.statedAt }),
        };
      }),
    });
  return {
    // Without what others are called, which is known only once they are filed.
    key: `sheet-${contentKey(`${slug}\n${body(() => undefined)}`)}`,
    label: `${first.outlet}, ${figures.length === 1 ? '1 figure' : `${figures.length} figures`}`,
    publishedAt: first.publishedAt,
    rows,
    figures,
    body,
  };
}

/** Reports of the good rows, in the order in which they were published. */
export function groupReports(slug: string, rows: readonly ReadRow[]): Grouped {
  const problems = rows.filter(({ leftOut }) => leftOut === '').flatMap((row) => row.problems);
  const wrong = new Set(problems.map(({ line }) => line));
  const standing = rows.filter(({ leftOut }) => leftOut === '');
  const found = new Map<string, SheetReport>();
  const tooMany: CellProblem[] = [];
  let repeated = 0;
  for (const group of groupsOf(standing)) {
    // A report of which a row is left out would say less than its article does.
    if (group.some(({ line }) => wrong.has(line))) continue;
    const report = reportOf(slug, group);
    if (report.figures.length > figuresMax) {
      const detail = `One report has at most ${figuresMax} figures; this one has ${report.figures.length}.`;
      tooMany.push({ line: group[0]?.line ?? 0, role: null, detail });
    } else if (found.has(report.key)) repeated += 1;
    else found.set(report.key, report);
  }
  const reports = [...found.values()].toSorted((a, b) =>
    a.publishedAt < b.publishedAt ? -1 : Number(a.publishedAt > b.publishedAt),
  );
  const taken = reports.reduce((sum, report) => sum + report.rows.length, 0);
  return { reports, problems: [...problems, ...tooMany], leftOut: rows.length - taken, repeated };
}

/** The cell that a problem of the service is about, by its JSON Pointer into the report. */
export function cellOfPointer(report: SheetReport, pointer: string): Pick<CellProblem, 'line' | 'role'> {
  const [, member = '', place = '', inner = ''] = pointer.split('/');
  const first = report.rows[0]?.line ?? 0;
  if (member === 'figures') {
    const figure = report.figures[Number(place)];
    if (figure === undefined) return { line: first, role: null };
    if (inner === 'quantity') return { line: figure.line, role: figure.role };
    if (inner === 'breakdown') return { line: figure.line, role: `part:${pointer.split('/')[4] ?? ''}` };
    return { line: figure.line, role: figure.role === 'line' ? 'line' : inner === 'attribution' ? 'speaker' : inner };
  }
  return { line: first, role: member === 'attribution' ? roleOfLink(pointer) : member };
}

const roleOfLink = (pointer: string): string => {
  const [, , place, member = ''] = pointer.split('/');
  if (place !== '0') return 'relays';
  return { kind: 'kind', id: 'speakerId', body: 'body' }[member] ?? 'speaker';
};
