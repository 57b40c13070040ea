import { useRef, useState } from 'preact/hooks';
import type { Warning } from '../api/shapes.js';
import { locale } from '../words/locale.js';
import { useDesk } from './desk-context.js';
import { missingOfFigure } from './draft-body.js';
import { blankFigure, type FigureDraft } from './draft.js';
import { FigureFields } from './figure-fields.js';
import { figureOfLine } from './figure-of-line.js';
import { cellDraftInWords, quantityDraftInWords } from './figure-words.js';
import type { LineReading } from './line/line-reading.js';
import { readLine } from './line/read-line.js';
import { useProblemsAt } from './problems-context.js';

interface LinesProps {
  readonly figures: readonly FigureDraft[];
  readonly onFigures: (figures: readonly FigureDraft[]) => void;
  /** The line being typed; it is part of the draft, so that a reload does not lose it. */
  readonly line: string;
  readonly onLine: (line: string, figures?: readonly FigureDraft[]) => void;
  readonly outlet: string;
  readonly warnings: readonly Warning[];
}

/** The figures of a report, typed as short lines and shown as what they were read as. */
export function FigureLines({ figures, onFigures, line, onLine, outlet, warnings }: LinesProps) {
  const { incident } = useDesk();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const input = useRef<HTMLInputElement>(null);
  const reading = line.trim() === '' ? null : readLine(line, incident);

  const toggle = (key: string, shown: boolean): void => {
    setOpen((before) => {
      const next = new Set(before);
      if (shown) next.add(key);
      else next.delete(key);
      return next;
    });
  };
  const add = (lines: readonly string[]): void => {
    let all = figures;
    for (const text of lines) {
      const figure = figureOfLine(text, all, incident);
      // What could not be read is asked for.
      if (missingOfFigure(figure, '').length > 0) toggle(figure.key, true);
      all = [...all, figure];
    }
    onLine('', all);
  };
  return (
    <div class="figure-lines" data-pointer="/figures" tabIndex={-1}>
      {figures.length > 0 && (
        <ol class="figure-list">
          {figures.map((figure, place) => (
            <FigureItem
              key={figure.key}
              figure={figure}
              place={place}
              before={figures.slice(0, place)}
              outlet={outlet}
              open={open.has(figure.key)}
              warnings={warnings.filter(({ pointer }) => `${pointer}/`.startsWith(`/figures/${place}/`))}
              onOpen={(shown) => {
                toggle(figure.key, shown);
              }}
              onFigure={(changed) => {
                onFigures(figures.map((each) => (each.key === figure.key ? changed : each)));
              }}
              onRemove={() => {
                const rest = figures.filter((each) => each.key !== figure.key);
                onFigures(rest.map((each) => ({ ...each, of: each.of.filter((name) => name !== figure.key) })));
                input.current?.focus();
              }}
            />
          ))}
        </ol>
      )}
      <div class="line-field">
        <label for="figure-line">{figures.length === 0 ? 'A figure, as it was said' : 'Another figure'}</label>
        <input
          id="figure-line"
          ref={input}
          value={line}
          autocomplete="off"
          spellcheck={false}
          placeholder="at least 7 foreign hostages killed"
          aria-describedby="line-reading"
          onInput={(event) => {
            onLine(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            if (line.trim() !== '') add([line]);
          }}
          onPaste={(event) => {
            const lines = (event.clipboardData?.getData('text/plain') ?? '')
              .split(/\r?\n/u)
              .filter((text) => text.trim() !== '');
            if (lines.length < 2) return;
            event.preventDefault();
            add(lines);
          }}
        />
        <button
          type="button"
          class="button"
          disabled={line.trim() === ''}
          onClick={() => {
            add([line]);
            input.current?.focus();
          }}
        >
          Add
        </button>
        <p id="line-reading" class="line-reading" aria-live="polite">
          {reading === null ? (
            <span class="small">One figure a line; Enter adds it, and its fields can then be edited.</span>
          ) : (
            <Reading reading={reading} />
          )}
        </p>
      </div>
    </div>
  );
}

/** What the line is read as so far. */
function Reading({ reading: { figure, assumed, unread } }: { reading: LineReading }) {
  const missing = missingOfFigure({ ...blankFigure(''), ...figure }, '');
  const cell = cellDraftInWords(figure, locale);
  return (
    <>
      <strong>{quantityDraftInWords(figure.quantity)}</strong>
      {cell !== null && ` · ${cell}`}
      {figure.hedged && ' · hedged'}
      {figure.basis === 'additional' && ' · on top of an earlier number'}
      {assumed.length > 0 && <span class="assumed"> · taken for granted: {assumed.join(', ')}</span>}
      {missing.length > 0 && <span class="assumed"> · still open: {missing.map(({ label }) => label).join(', ')}</span>}
      {unread.length > 0 && <span class="quiet-text"> · not read: {unread.join(' ')}</span>}
    </>
  );
}

interface ItemProps {
  readonly figure: FigureDraft;
  readonly place: number;
  readonly before: readonly FigureDraft[];
  readonly outlet: string;
  readonly open: boolean;
  readonly warnings: readonly Warning[];
  readonly onOpen: (open: boolean) => void;
  readonly onFigure: (figure: FigureDraft) => void;
  readonly onRemove: () => void;
}

function FigureItem(props: ItemProps) {
  const { figure, place, before, outlet, open, warnings, onOpen, onFigure, onRemove } = props;
  const at = `/figures/${place}`;
  const problems = useProblemsAt(at, true);
  const cell = cellDraftInWords(figure, locale);
  const name = `${quantityDraftInWords(figure.quantity)}, ${cell ?? 'no cell yet'}`;
  // A field that is wrong must be in sight.
  const shown = open || problems.length > 0;
  return (
    <li class={problems.length > 0 ? 'figure-item figure-wrong' : 'figure-item'} data-figure={figure.key}>
      <div class="figure-head">
        <p class="figure-said">
          <strong>{quantityDraftInWords(figure.quantity)}</strong>{' '}
          <span class={cell === null ? 'assumed' : ''}>{cell ?? 'no cell yet'}</span>
          <FigureNotes figure={figure} />
        </p>
        <button
          type="button"
          class="link"
          aria-expanded={shown}
          aria-label={`${shown ? 'Fold' : 'Edit'} ${name}`}
          onClick={() => {
            onOpen(!shown);
          }}
        >
          {shown ? 'Fold' : 'Edit'}
        </button>
        <button type="button" class="link" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </button>
      </div>
      {warnings.map((warning) => (
        <p key={warning.code} class="warning">
          {warning.detail}
        </p>
      ))}
      {shown && <FigureFields figure={figure} at={at} outlet={outlet} before={before} onFigure={onFigure} />}
    </li>
  );
}

const bases: Readonly<Record<string, string>> = { partial: 'a part', additional: 'an addition', sum: 'a sum' };

function FigureNotes({ figure: { hedged, basis, attribution, words, line } }: { figure: FigureDraft }) {
  const notes = [
    hedged ? 'hedged' : '',
    bases[basis] ?? '',
    attribution === null ? '' : `said by ${attribution[0]?.name || 'somebody else'}`,
  ].filter((note) => note !== '');
  return (
    <span class="quiet-text">
      {notes.length > 0 && ` · ${notes.join(', ')}`}
      {words !== '' && words !== line && ` · “${words}”`}
    </span>
  );
}
