import { useEffect, useRef, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { cellPath, figuresPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { CellExplained, Estimate, Figure, Incident, Page, Problem, Statement } from '../api/shapes.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { basisInWords, kindInWords, statusWords, useInWords } from '../words/sentences.js';
import { BreakdownBars } from './breakdown-bar.js';
import { ProblemNotice } from './problem-notice.js';

interface Explained {
  /** `null` for a cell that is no more. */
  readonly cell: CellExplained | null;
  readonly figures: ReadonlyMap<string, Figure>;
}

interface WhyProps {
  readonly incident: Incident;
  readonly estimate: Estimate;
  /** The tally that the estimate is part of. */
  readonly cells: ReadonlyMap<string, Estimate>;
  /** The moment of that tally in words, where it is not now. */
  readonly then: string | null;
  readonly onClose: () => void;
}

/** Why a cell shows its number: the rule, who said what and what was made of it, what the other cells leave. */
export function WhyDialog({ incident, estimate, cells, then, onClose }: WhyProps) {
  const { key } = useAccess();
  const { slug } = incident;
  const dialog = useRef<HTMLDialogElement>(null);
  const [explained, setExplained] = useState<Explained | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  // Again with each change of the estimate: the object is a new one then.
  useEffect(() => {
    const asking = new AbortController();
    const asked = { key, signal: asking.signal };
    const read = async (): Promise<void> => {
      try {
        const [cell, figures] = await Promise.all([
          getJson<CellExplained>(cellPath(slug, estimate.cell), asked).catch((error: unknown) => {
            if (then !== null && error instanceof RequestError && error.problem.status === 404) return null;
            throw error;
          }),
          getJson<Page<Figure>>(figuresPath(slug, { cell: estimate.cell, limit: 1000 }), asked),
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
  }, [slug, estimate, key, then]);

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
        {then !== null && <p class="then">As it stood {then}</p>}
        <p class="why-phrase">{estimate.phrase}</p>
        <p>
          <span class={`status status-${estimate.status}`}>{status.label}</span>: {status.meaning}.
        </p>
        <WhyFacts estimate={estimate} />
        {problem !== null && <ProblemNotice problem={problem} />}
        {explained === null && problem === null && <p class="loading">Reading the statements…</p>}
        {explained !== null && then === null && explained.cell !== null && (
          <Explanation cell={explained.cell} figures={explained.figures} />
        )}
        {explained !== null && then !== null && <ThenExplained estimate={estimate} figures={explained.figures} />}
        <div class="why-breakdowns">
          <BreakdownBars cell={estimate.cell} cells={cells} scheme={incident} />
        </div>
      </div>
    </dialog>
  );
}

function WhyFacts({ estimate: { reported, confirmed, implied, official, origins } }: { estimate: Estimate }) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Reported', reported === null ? null : numbers.range(reported)],
    ['Confirmed', confirmed === null ? null : `at least ${numbers.count(confirmed)}`],
    ['Authorities alone', official === null ? null : numbers.best(official)],
    ['Implied by the other cells', implied === null ? 'withheld: they contradict each other' : numbers.range(implied)],
    ['Independent origins', origins === 0 ? null : numbers.count(origins)],
  ];
  return (
    <dl class="hero-facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

type Figures = ReadonlyMap<string, Figure>;

/** Statements in the order in which they matter: what made best, who agrees, who dissents, then the rest. */
const useOrder = ['best', 'agrees', 'dissents', 'words', 'overtaken', 'superseded', 'withdrawn'];

const byUse = (a: Statement, b: Statement): number =>
  useOrder.indexOf(a.use) - useOrder.indexOf(b.use) || (a.saidAt < b.saidAt ? 1 : -1);

function Explanation({
  cell: { rule, pin, statements, impliedBy },
  figures,
}: {
  cell: CellExplained;
  figures: Figures;
}) {
  const dissent = statements.filter((statement) => statement.use === 'dissents').length;
  return (
    <>
      <h3>Rule</h3>
      <p>
        {rule.text} <span class="small">({rule.method})</span>
      </p>
      {pin !== null && (
        <p class="notice">
          Pinned at {numbers.range(pin.best)} by {pin.by.person ?? pin.by.desk}, {times.dateTime(pin.at)}: {pin.reason}
        </p>
      )}
      <h3>
        Who said what{' '}
        {dissent > 0 && <span class="flag">{dissent === 1 ? '1 dissents' : `${numbers.count(dissent)} dissent`}</span>}
      </h3>
      {statements.length === 0 ? (
        <p>No statement is about this cell itself: its parts add up to it.</p>
      ) : (
        <ul class="statements">
          {statements.toSorted(byUse).map((statement) => (
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

/** Of an earlier moment the estimate itself tells what made it and who dissented. */
function ThenExplained({ estimate, figures }: { estimate: Estimate; figures: Figures }) {
  const of = (ids: readonly string[]): readonly Figure[] => ids.flatMap((id) => figures.get(id) ?? []);
  const lists: readonly (readonly [string, readonly Figure[]])[] = [
    ['best', of(estimate.figures)],
    ['dissents', of(estimate.dissenting)],
  ];
  return (
    <>
      <h3>Who said what</h3>
      {estimate.figures.length === 0 && <p>No statement made this number: its parts add up to it.</p>}
      <ul class="statements">
        {lists.flatMap(([use, list]) =>
          list.map((figure) => (
            <li key={figure.id} class={`statement use-${use}`}>
              <p class="statement-said">
                <strong>{numbers.range(figure.interval)}</strong>
                <span class="statement-use">{use === 'best' ? 'made best' : 'dissented'}</span>
              </p>
              <p>
                {figure.attribution[0]?.name ?? figure.origin}{' '}
                <span class="small">
                  ({kindInWords(figure.attribution[0]?.kind ?? '')}), {said(figure.statedAt ?? figure.publishedAt)}
                </span>
              </p>
              <ul class="relays">
                <Relay figure={figure} />
              </ul>
            </li>
          )),
        )}
      </ul>
    </>
  );
}

/** A plain date has no time of day to tell. */
const said = (at: string): string => (at.length > 10 ? times.dateTime(at) : times.date(at));

function StatementItem({ statement, figures }: { statement: Statement; figures: Figures }) {
  const relays = statement.figures.map((id) => figures.get(id)).filter((figure) => figure !== undefined);
  const basis = basisInWords(statement.basis);
  const by = statement.by === null ? undefined : figures.get(statement.by);
  return (
    <li class={`statement use-${statement.use}`}>
      <p class="statement-said">
        <strong>{numbers.range(statement.interval)}</strong>
        {basis !== '' && ` ${basis}`}
        <span class="statement-use">
          {useInWords(statement.use)}
          {by !== undefined && ` (${numbers.range(by.interval)})`}
        </span>
      </p>
      <p>
        {relays[0]?.attribution[0]?.name ?? statement.origin}{' '}
        <span class="small">
          ({kindInWords(statement.kind)}), {times.dateTime(statement.saidAt)}
        </span>
      </p>
      {relays.length > 0 && (
        <ul class="relays">
          {relays.map((figure) => (
            <Relay key={figure.id} figure={figure} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Through whom the number came, with the report itself: "via Reuters, in APA". */
function Relay({ figure: { attribution, outlet, url, words, state, publishedAt } }: { figure: Figure }) {
  const between = attribution.slice(1).map(({ name }) => name);
  const via = between.at(-1) === outlet ? between.slice(0, -1) : between;
  return (
    <li class="small">
      {via.length > 0 && `via ${via.join(', ')}, `}in{' '}
      {url === null ? (
        outlet
      ) : (
        <a href={url} rel="noreferrer">
          {outlet}
        </a>
      )}
      , {said(publishedAt)}
      {words !== null && <q>{words}</q>}
      {state !== 'standing' && ` (${state})`}
    </li>
  );
}
