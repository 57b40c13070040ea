import { useState } from 'preact/hooks';
import { exportPath } from '../../api/paths.js';
import { numbers } from '../../words/locale.js';
import { useDesk } from '../desk-context.js';
import { MatchTable } from './match-table.js';
import { readFile } from './read-file.js';
import { ReportsOfSheet } from './reports-of-sheet.js';
import { SheetRows } from './sheet-rows.js';
import { useSheet } from './use-sheet.js';
import '../../style/sheet.css';

/** A spreadsheet in: pasted or dropped, its columns matched, filed as reports. And out. */
export default function SheetTab() {
  const use = useSheet();
  const { sheet } = use;
  return (
    <div class="sheet-tab">
      {sheet === null ? <PasteField onText={use.open} /> : <OpenSheet use={use} />}
      <Exports />
    </div>
  );
}

function PasteField({ onText }: { onText: (text: string) => void }) {
  const [over, setOver] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const take = (file: File | null | undefined): void => {
    if (file === null || file === undefined) return;
    setFailed(null);
    readFile(file).then(onText, (error: unknown) => {
      setFailed(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <div class={over ? 'paste-field paste-over' : 'paste-field'}>
      <p id="sheet-text">Paste rows out of a spreadsheet, or drop a CSV file here</p>
      <textarea
        aria-labelledby="sheet-text"
        rows={6}
        spellcheck={false}
        placeholder={
          'outlet\tpublished\tspeaker\tkind\tfigure\nReuters\t2013-01-18\tAlgerian government\tauthority\tat least 7 foreign hostages killed'
        }
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text/plain') ?? '';
          if (text.trim() === '') return;
          event.preventDefault();
          onText(text);
        }}
        onChange={(event) => {
          if (event.currentTarget.value.trim() !== '') onText(event.currentTarget.value);
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      />
      <label class="file-field">
        Or choose a file
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
          }}
        />
      </label>
      {failed !== null && (
        <p class="flag" role="alert">
          {failed}
        </p>
      )}
      <p class="small">
        The first row names the columns; a row of HXL tags below it is understood too. Nothing is filed before you have
        seen what the rows are read as.
      </p>
    </div>
  );
}

function OpenSheet({ use }: { use: ReturnType<typeof useSheet> }) {
  const { sheet, matching, grouped } = use;
  if (sheet === null) return null;
  return (
    <>
      <div class="sheet-head">
        <p>
          <strong>{numbers.count(sheet.rows.length)}</strong> {sheet.rows.length === 1 ? 'row' : 'rows'},{' '}
          {numbers.count(sheet.headers.length)} columns
          {sheet.tags.some((tag) => tag !== '') && ', with HXL tags'}
        </p>
        <button type="button" class="link" onClick={use.close}>
          Put this sheet away
        </button>
      </div>
      {sheet.problems.map((problem) => (
        <p key={problem} class="flag" role="alert">
          {problem}
        </p>
      ))}
      <MatchTable sheet={sheet} matching={matching} onMatch={use.match} />
      <SheetRows sheet={sheet} matching={matching} grouped={grouped} outcomes={use.outcomes} />
      <ReportsOfSheet use={use} />
    </>
  );
}

const Exports = () => {
  const { slug } = useDesk().incident;
  const files: readonly (readonly [string, string])[] = [
    ['Tally, CSV', exportPath(slug, { format: 'csv' })],
    ['Figures, CSV', exportPath(slug, { format: 'csv', table: 'figures' })],
    ['Revisions, CSV', exportPath(slug, { format: 'csv', table: 'revisions' })],
    ['All three, XLSX', exportPath(slug, { format: 'xlsx' })],
  ];
  return (
    <section class="exports" aria-labelledby="exports-title">
      <h2 id="exports-title">Out of Tollbook</h2>
      <p class="small">The CSV files carry a row of HXL tags. The figures can be pasted above again.</p>
      <ul>
        {files.map(([name, href]) => (
          <li key={href}>
            <a href={href} download>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
