import { useState } from 'preact/hooks';
import type { Figure, Filed, Revision, Tally } from '../api/shapes.js';
import { Qualified } from '../parts/number.js';
import type { History } from '../tally/join-history.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { basisInWords, directionInWords, reasonInWords, statusWords } from '../words/sentences.js';
import { ActDialog, subjectInWords } from './acts/act-dialog.js';
import type { Subject } from './acts/acts.js';
import { useDesk } from './desk-context.js';
import { quantityInWords } from './figure-words.js';
import type { WaitingFiling } from './outbox/waiting-filing.js';

/** Rows shown at once; more on request. */
const shownStep = 25;

type BookId = 'figures' | 'revisions' | 'cells';

const books: readonly (readonly [id: BookId, name: string])[] = [
  ['figures', 'Figures'],
  ['revisions', 'Changes'],
  ['cells', 'Estimates'],
];

interface BooksProps {
  readonly tally: Tally;
  readonly history: History | null;
  readonly moreFigures: boolean;
  readonly onEarlier: () => void;
  readonly onAdd: (filing: WaitingFiling) => boolean;
  readonly onFiled: (label: string, answer: Filed) => void;
}

/** What was filed and what came of it, each with what a desk can decide about it. */
export function Books({ tally, history, moreFigures, onEarlier, onAdd, onFiled }: BooksProps) {
  const { figures } = useDesk();
  const [book, setBook] = useState<BookId>('figures');
  const [subject, setSubject] = useState<Subject | null>(null);
  const [find, setFind] = useState('');
  return (
    <section class="books" aria-labelledby="books-title">
      <div class="books-head">
        <h2 id="books-title">On the books</h2>
        <div class="books-choice" role="group" aria-label="Show">
          {books.map(([id, name]) => (
            <button
              key={id}
              type="button"
              aria-pressed={book === id}
              onClick={() => {
                setBook(id);
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <label class="books-find">
          <span class="visually-hidden">Find in these</span>
          <input
            type="search"
            placeholder="Find a name, a cell, a number"
            value={find}
            onInput={(event) => {
              setFind(event.currentTarget.value);
            }}
          />
        </label>
      </div>
      {book === 'figures' && (
        <Rows
          key={`figures ${find}`}
          rows={figures.filter((figure) => holds(find, figureText(figure)))}
          none="No figure is like that."
          row={(figure) => <FigureRow key={figure.id} figure={figure} onAct={setSubject} />}
        />
      )}
      {book === 'figures' && moreFigures && (
        <p class="small">These are the latest {numbers.count(figures.length)} figures; the audit page has all.</p>
      )}
      {book === 'revisions' && (
        <Rows
          key={`revisions ${find}`}
          rows={(history?.revisions ?? []).filter(({ cell }) => holds(find, cellName(cell, locale)))}
          none="No change is like that."
          onEarlier={history !== null && history.next !== null ? onEarlier : undefined}
          row={(revision) => <RevisionRow key={revision.number} revision={revision} onAct={setSubject} />}
        />
      )}
      {book === 'cells' && (
        <Rows
          key={`cells ${find}`}
          rows={tally.cells.filter(({ cell, phrase }) => holds(find, `${cellName(cell, locale)} ${phrase}`))}
          none="No estimate is like that."
          row={(estimate) => (
            <li key={estimate.cell} class="book-row" data-cell={estimate.cell}>
              <span class="book-number">
                <Qualified text={numbers.best(estimate.best)} />
              </span>
              <span class="book-what">{cellName(estimate.cell, locale)}</span>
              <span class="book-who quiet-text">{statusWords[estimate.status].label}</span>
              <ActButton name="Pin" subject={{ kind: 'cell', cell: estimate.cell }} onAct={setSubject} />
            </li>
          )}
        />
      )}
      {subject !== null && (
        <ActDialog
          subject={subject}
          onAdd={onAdd}
          onFiled={onFiled}
          onClose={() => {
            setSubject(null);
          }}
        />
      )}
    </section>
  );
}

const holds = (find: string, text: string): boolean => text.toLowerCase().includes(find.trim().toLowerCase());

const figureText = ({ cell, quantity, attribution, outlet, state, words }: Figure): string =>
  [
    cellName(cell, locale),
    quantityInWords(quantity, numbers.count),
    ...attribution.map(({ name }) => name),
    outlet,
    state,
    words ?? '',
  ].join(' ');

interface RowsProps<T> {
  readonly rows: readonly T[];
  readonly none: string;
  readonly row: (item: T) => preact.JSX.Element;
  /** Reads older ones, where there are any. */
  readonly onEarlier?: (() => void) | undefined;
}

function Rows<T>({ rows, none, row, onEarlier }: RowsProps<T>) {
  const [count, setCount] = useState(shownStep);
  const hidden = rows.length - count;
  return (
    <>
      {rows.length === 0 ? <p class="notice">{none}</p> : <ul class="book-rows">{rows.slice(0, count).map(row)}</ul>}
      {(hidden > 0 || onEarlier !== undefined) && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setCount(count + shownStep);
            if (hidden <= shownStep) onEarlier?.();
          }}
        >
          {hidden > 0 && onEarlier === undefined ? `${numbers.count(hidden)} more` : 'Earlier ones'}
        </button>
      )}
    </>
  );
}

interface ActProps {
  readonly name: string;
  readonly subject: Subject;
  readonly onAct: (subject: Subject) => void;
}

const ActButton = ({ name, subject, onAct }: ActProps) => (
  <button
    type="button"
    class="link book-act"
    aria-label={`${name}: ${subjectInWords(subject)}`}
    onClick={() => {
      onAct(subject);
    }}
  >
    {name}…
  </button>
);

function FigureRow({ figure, onAct }: { figure: Figure; onAct: (subject: Subject) => void }) {
  const { quantity, cell, attribution, outlet, publishedAt, statedAt, state, basis, hedged } = figure;
  const basisWords = basisInWords(basis);
  const said = statedAt ?? publishedAt;
  return (
    <li class={`book-row state-${state}`} data-figure={figure.id}>
      <span class="book-number">{quantityInWords(quantity, numbers.count)}</span>
      <span class="book-what">
        {cellName(cell, locale)}
        <span class="quiet-text">
          {basisWords !== '' && ` ${basisWords}`}
          {hedged && ' hedged'}
          {state !== 'standing' && ` · ${state}`}
        </span>
      </span>
      <span class="book-who small">
        {attribution[0]?.name ?? figure.origin}, in {outlet},{' '}
        {said.length > 10 ? times.dateTime(said) : times.date(said)}
      </span>
      <ActButton name="Change" subject={{ kind: 'figure', figure }} onAct={onAct} />
    </li>
  );
}

const numberOf = (estimate: Revision['after']): string => (estimate === null ? 'none' : numbers.best(estimate.best));

function RevisionRow({ revision, onAct }: { revision: Revision; onAct: (subject: Subject) => void }) {
  const { before, after, cell, direction, fall, unexplained, explanation, reason, recordedAt } = revision;
  const open = fall && unexplained;
  return (
    <li class={open ? 'book-row change-unexplained' : 'book-row'} data-revision={revision.number}>
      <span class="book-number">
        {before !== null && numberOf(before) !== numberOf(after) && <span class="before">{numberOf(before)} → </span>}
        {numberOf(after)}
      </span>
      <span class="book-what">
        {cellName(cell, locale)} <span class="quiet-text">{directionInWords(direction)}</span>
      </span>
      <span class="book-who small">
        {open ? <strong class="flag">Unexplained fall</strong> : reasonInWords(explanation?.reason ?? reason)},{' '}
        {times.dateTime(recordedAt)}
      </span>
      <ActButton name="Explain" subject={{ kind: 'revision', revision }} onAct={onAct} />
    </li>
  );
}
