import { useMemo, useState } from 'preact/hooks';
import { ScrollX } from '../../parts/scroll-x.js';
import { numbers } from '../../words/locale.js';
import type { ReportOutcome } from './file-sheet.js';
import { cellOfPointer, type Grouped } from './group-reports.js';
import type { Sheet, SheetRow } from './parse-table.js';
import type { CellProblem, Matching } from './read-rows.js';
import { ignored, type Role } from './roles.js';

/** Rows shown at once. */
const shownStep = 30;

interface RowsProps {
  readonly sheet: Sheet;
  readonly matching: Matching;
  readonly grouped: Grouped;
  readonly outcomes: ReadonlyMap<string, ReportOutcome>;
}

/** The rows as they stand in the sheet, with what is wrong at the very cell. */
export function SheetRows({ sheet, matching, grouped, outcomes }: RowsProps) {
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [count, setCount] = useState(shownStep);
  const problems = useMemo(() => [...grouped.problems, ...refusalsOf(grouped, outcomes)], [grouped, outcomes]);
  const byLine = useMemo(() => byLineOf(problems), [problems]);
  const columns = sheet.headers.map((_, place) => place).filter((place) => matching.roles[place] !== ignored);
  const rows = onlyWrong ? sheet.rows.filter(({ line }) => byLine.has(line)) : sheet.rows;
  return (
    <section aria-labelledby="rows-title">
      <div class="sheet-head">
        <h2 id="rows-title" class="sheet-title">
          The rows
        </h2>
        <p role="status" data-problems={problems.length}>
          {problems.length === 0 ? (
            'Nothing is wrong with them.'
          ) : (
            <span class="flag">
              {problems.length === 1 ? '1 problem' : `${numbers.count(problems.length)} problems`} in{' '}
              {byLine.size === 1 ? '1 row' : `${numbers.count(byLine.size)} rows`}
            </span>
          )}
        </p>
        {problems.length > 0 && (
          <label class="tick">
            <input
              type="checkbox"
              checked={onlyWrong}
              onChange={(event) => {
                setOnlyWrong(event.currentTarget.checked);
              }}
            />
            <span>only these</span>
          </label>
        )}
      </div>
      <ScrollX labelledBy="rows-title" all={`all ${numbers.count(columns.length)} columns`}>
        <table class="sheet-rows">
          <thead>
            <tr>
              <th scope="col" class="numeric">
                Row
              </th>
              {columns.map((place) => (
                <th key={place} scope="col">
                  {sheet.headers[place] === '' ? `Column ${place + 1}` : sheet.headers[place]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, count).map((row) => (
              <Row
                key={row.line}
                row={row}
                columns={columns}
                roles={matching.roles}
                problems={byLine.get(row.line) ?? noProblems}
              />
            ))}
          </tbody>
        </table>
      </ScrollX>
      {rows.length > count && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setCount(count + shownStep);
          }}
        >
          {numbers.count(rows.length - count)} more rows
        </button>
      )}
    </section>
  );
}

const noProblems: readonly CellProblem[] = [];

function byLineOf(problems: readonly CellProblem[]): ReadonlyMap<number, readonly CellProblem[]> {
  const found = new Map<number, CellProblem[]>();
  for (const problem of problems) {
    const known = found.get(problem.line);
    if (known === undefined) found.set(problem.line, [problem]);
    else known.push(problem);
  }
  return found;
}

/** What the service refused, at the cells that it names. */
const refusalsOf = (grouped: Grouped, outcomes: ReadonlyMap<string, ReportOutcome>): readonly CellProblem[] =>
  grouped.reports.flatMap((report) => {
    const problem = outcomes.get(report.key)?.problem ?? null;
    if (problem === null) return [];
    const errors = problem.errors ?? [];
    if (errors.length === 0)
      return [{ line: report.rows[0]?.line ?? 0, role: null, detail: problem.detail ?? problem.title }];
    return errors.map(({ pointer = '', detail }) => ({ ...cellOfPointer(report, pointer), detail }));
  });

/** The columns of a cell as text stand for those that would take it apart. */
const placeOf = (role: Role | null, roles: readonly Role[]): number => {
  if (role === null) return -1;
  const place = roles.indexOf(role);
  return place < 0 && /^(?:measure|group|side|part:)/u.test(role) ? roles.indexOf('cell') : place;
};

interface RowProps {
  readonly row: SheetRow;
  readonly columns: readonly number[];
  readonly roles: readonly Role[];
  readonly problems: readonly CellProblem[];
}

function Row({ row, columns, roles, problems }: RowProps) {
  const placed = problems.map((problem) => ({ ...problem, place: placeOf(problem.role, roles) }));
  const ofRow = placed.filter(({ place }) => !columns.includes(place));
  return (
    <tr class={problems.length > 0 ? 'row-wrong' : ''}>
      <th scope="row" class="numeric">
        {row.line}
        {ofRow.map(({ detail }) => (
          <span key={detail} class="cell-problem">
            {detail}
          </span>
        ))}
      </th>
      {columns.map((place) => {
        const wrong = placed.filter((problem) => problem.place === place);
        return (
          <td key={place} class={wrong.length > 0 ? 'cell-wrong' : ''}>
            {row.cells[place] ?? ''}
            {wrong.map(({ detail }) => (
              <span key={detail} class="cell-problem">
                {detail}
              </span>
            ))}
          </td>
        );
      })}
    </tr>
  );
}
