import { useEffect, useRef, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { cellPath, figuresPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { CellExplained, Estimate, Figure, Page, Problem, Statement } from '../api/shapes.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { basisInWords, kindInWords, statusWords, useInWords } from '../words/sentences.js';
import { ProblemNotice } from './problem-notice.js';

interface Explained {
  readonly cell: CellExplained;
  readonly figures: ReadonlyMap<string, Figure>;
}

interface WhyProps {
  readonly slug: string;
  readonly estimate: Estimate;
  readonly onClose: () => void;
}

/** Why a cell shows its number: the rule, who said what and what was made of it, what the other cells leave. */
export function WhyDialog({ slug, estimate, onClose }: WhyProps) {
  const { key } = useAccess();
  const dialog = useRef<HTMLDialogElement>(null);
  const [explained, setExplained] = useState<Explained | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  // Again with each change of the estimate: the object is a new one then.
  useEffect(() => {
    const asking = new AbortController();
    const read = async (): Promise<void> => {
      try {
        const [cell, figures] = await Promise.all([
          getJson<CellExplained>(cellPath(slug, estimate.cell), { key, signal: asking.signal }),
          getJson<Page<Figure>>(figuresPath(slug, { cell: estimate.cell, limit: 1000 }), {
            key,
            signal: asking.signal,
          }),
        ]);
        setProblem(null);
        setExplained({ cell, figures: new Map(figures.data.map((figure) => [figure.id, figure])) });
      } catch (error) {
        if (!asking.signal.aborted) setProblem(error instanceof RequestError ? error.problem : unreachable);
      }
    };
    void read();
    return () => {
      asking.abort();
    };
  }, [slug, estimate, key]);

  const status = statusWords[estimate.status];
  return (
    <dialog ref={dialog} class="why-dialog" aria-labelledby="why-title" onClose={onClose} closedby="any">
      <div class="why-panel">
        <header class="why-head">
          <h2 id="why-title">{cellName(estimate.cell, locale)}</h2>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <p class="why-phrase">{estimate.phrase}</p>
        <p>
          <span class={`status status-${estimate.status}`}>{status.label}</span>: {status.meaning}.
        </p>
        {problem !== null && <ProblemNotice problem={problem} />}
        {explained === null && problem === null && <p class="loading">Reading the statements…</p>}
        {explained !== null && <Explanation explained={explained} />}
      </div>
    </dialog>
  );
}

function Explanation({ explained: { cell, figures } }: { explained: Explained }) {
  const { rule, pin, statements, impliedBy } = cell;
  return (
    <>
      <h3>Method</h3>
      <p>
        {rule.text} <span class="small">({rule.method})</span>
      </p>
      {pin !== null && (
        <p class="notice">
          Pinned at {numbers.range(pin.best)} by {pin.by.person ?? pin.by.desk}, {times.dateTime(pin.at)}: {pin.reason}
        </p>
      )}
      <h3>Statements</h3>
      {statements.length === 0 ? (
        <p>No statement is about this cell itself: its parts add up to it.</p>
      ) : (
        <ul class="statements">
          {statements.map((statement) => (
            <StatementItem
              key={`${statement.origin} ${statement.saidAt} ${statement.basis} ${statement.figures.join(' ')}`}
              statement={statement}
              figures={figures}
            />
          ))}
        </ul>
      )}
      {impliedBy.length > 0 && (
        <>
          <h3>Implied by the other cells</h3>
          <ul>
            {impliedBy.map((implied) => (
              <li key={implied.bound}>{implied.text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function StatementItem({ statement, figures }: { statement: Statement; figures: ReadonlyMap<string, Figure> }) {
  const relays = statement.figures.map((id) => figures.get(id)).filter((figure) => figure !== undefined);
  const basis = basisInWords(statement.basis);
  return (
    <li class={`statement use-${statement.use}`}>
      <p class="statement-said">
        <strong>{numbers.range(statement.interval)}</strong>
        {basis !== '' && ` ${basis}`}
        <span class="statement-use">{useInWords(statement.use)}</span>
      </p>
      <p>
        {relays[0]?.attribution[0]?.name ?? statement.origin}{' '}
        <span class="small">
          ({kindInWords(statement.kind)}), {times.dateTime(statement.saidAt)}
        </span>
      </p>
      {relays.length > 0 && (
        <p class="small">
          Published by{' '}
          {relays.map((figure, at) => (
            <span key={figure.id}>
              {at > 0 && ', '}
              {figure.url === null ? (
                figure.outlet
              ) : (
                <a href={figure.url} rel="noreferrer">
                  {figure.outlet}
                </a>
              )}
              {figure.words !== null && <q>{figure.words}</q>}
              {figure.state !== 'standing' && ` (${figure.state})`}
            </span>
          ))}
        </p>
      )}
    </li>
  );
}
