import { numbers } from '../../words/locale.js';
import { Warnings } from '../warnings.js';
import type { SheetUse } from './use-sheet.js';

const reportsInWords = (count: number): string => (count === 1 ? '1 report' : `${numbers.count(count)} reports`);

/** The reports that the rows make: asked about, filed, and how far that has come. */
export function ReportsOfSheet({ use }: { use: SheetUse }) {
  const { grouped, outcomes, run, waiting } = use;
  const total = grouped.reports.length;
  const of = (state: string): number => [...outcomes.values()].filter((outcome) => outcome.state === state).length;
  const warnings = grouped.reports.flatMap((report) =>
    (outcomes.get(report.key)?.warnings ?? []).map((warning) => ({ ...warning, report })),
  );
  const busy = run === 'checking' || run === 'filing';
  return (
    <section class="sheet-reports" aria-labelledby="sheet-reports-title" data-run={run}>
      <h2 id="sheet-reports-title" class="sheet-title">
        {reportsInWords(total)}
      </h2>
      <p class="small">
        Rows of one article are one report; reports are filed in the order in which they were published.
        {grouped.repeated > 0 && ` ${reportsInWords(grouped.repeated)} stood in the sheet again and are filed once.`}
        {grouped.leftOut > 0 &&
          ` ${grouped.leftOut === 1 ? '1 row is' : `${numbers.count(grouped.leftOut)} rows are`} left out: with a problem, withdrawn, given again, or of a report with such a row.`}
      </p>
      <div class="form-end">
        <button
          type="button"
          class="button"
          disabled={busy || total === 0}
          onClick={() => {
            use.start('checking');
          }}
        >
          Check with the service
        </button>
        <button
          type="button"
          class="button button-main"
          disabled={busy || total === 0}
          onClick={() => {
            use.start('filing');
          }}
        >
          File {reportsInWords(total)}
        </button>
        {busy && (
          <button type="button" class="link" onClick={use.stop}>
            Stop
          </button>
        )}
      </div>
      {run !== 'none' && (
        <div class="sheet-progress">
          <progress max={total} value={outcomes.size} aria-label={run === 'checking' ? 'Checked' : 'Filed'} />
          <p role="status">
            {inWords(run, total, {
              done: outcomes.size,
              filed: of('filed'),
              known: of('known'),
              refused: of('refused'),
            })}
          </p>
        </div>
      )}
      {waiting !== null && (
        <p class="notice notice-stale" role="alert">
          <strong>{waiting.title}.</strong> {waiting.detail !== waiting.title && waiting.detail}{' '}
          {waiting.status === 401 || waiting.status === 403
            ? 'Sign in with a desk’s key, then file again: what is in the log already is not filed twice.'
            : 'Goes on by itself once the service answers; what is in the log already is not filed twice.'}
        </p>
      )}
      <Warnings warnings={warnings} />
    </section>
  );
}

interface Counts {
  readonly done: number;
  readonly filed: number;
  readonly known: number;
  readonly refused: number;
}

function inWords(run: SheetUse['run'], total: number, { done, filed, known, refused }: Counts): string {
  const refusals = refused === 0 ? '' : `, ${numbers.count(refused)} refused: see the rows`;
  if (run === 'checking' || run === 'checked')
    return `${numbers.count(done)} of ${reportsInWords(total)} checked, against the tally as it is now${refusals}. Nothing is filed yet.`;
  const before = known === 0 ? '' : `, ${numbers.count(known)} had been filed before`;
  const end = run === 'stopped' ? ' Stopped: filing again goes on from here.' : '';
  return `${numbers.count(filed)} of ${reportsInWords(total)} filed${before}${refusals}.${end}`;
}
