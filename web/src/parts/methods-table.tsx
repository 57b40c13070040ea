import { useEffect, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { methodsPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { Best, MethodsCompared, Problem } from '../api/shapes.js';
import type { Section } from '../tally/arrange-cells.js';
import { locale, numbers } from '../words/locale.js';
import { measureName, whomName } from '../words/names.js';
import { methodInWords } from '../words/sentences.js';
import { BestNumber } from './number.js';
import { ProblemNotice } from './problem-notice.js';
import { ScrollX } from './scroll-x.js';

interface MethodsProps {
  readonly slug: string;
  /** The incident's own. */
  readonly method: string;
  readonly sections: readonly Section[];
  /** Changes with the tally: the comparison is then read again. */
  readonly version: string;
}

/** Every method's best side by side, read once somebody asks. */
export function MethodsSection(props: MethodsProps) {
  const [open, setOpen] = useState(false);
  return (
    <details
      class="methods"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <h2 id="methods">Methods side by side</h2>
        <span class="small">what the same figures come to by other rules</span>
      </summary>
      {open && <MethodsTable {...props} />}
    </details>
  );
}

function MethodsTable({ slug, method, sections, version }: MethodsProps) {
  const { key } = useAccess();
  const [compared, setCompared] = useState<MethodsCompared | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    getJson<MethodsCompared>(methodsPath(slug), { key, signal: asking.signal }).then(
      (answer) => {
        setProblem(null);
        setCompared(answer);
      },
      (error: unknown) => {
        if (!asking.signal.aborted) setProblem(error instanceof RequestError ? error.problem : unreachable);
      },
    );
    return () => {
      asking.abort();
    };
  }, [slug, key, version]);
  if (problem !== null) return <ProblemNotice problem={problem} />;
  if (compared === null) return <p class="loading">Counting by every method…</p>;
  const rows = new Map(compared.cells.map(({ cell, best }) => [cell, best]));
  return (
    <ScrollX labelledBy="methods" all={`all ${numbers.count(compared.methods.length)} methods`}>
      <table class="methods-table">
        <thead>
          <tr>
            <th scope="col">Cell</th>
            {compared.methods.map((id) => (
              <th key={id} scope="col" class={id === method ? 'numeric own-method' : 'numeric'}>
                {methodInWords(id)}
                {id === method && <span class="small"> (used here)</span>}
              </th>
            ))}
          </tr>
        </thead>
        {sections.map(({ measure, blocks }) => (
          <tbody key={measure}>
            <tr>
              <th scope="rowgroup" colSpan={compared.methods.length + 1}>
                {measureName(measure)}
              </th>
            </tr>
            {blocks
              .flatMap((block) => block.rows.map((row) => row.estimate.cell))
              .map((cell) => (
                <MethodRow
                  key={cell}
                  cell={cell}
                  best={rows.get(cell) ?? {}}
                  methods={compared.methods}
                  method={method}
                />
              ))}
          </tbody>
        ))}
      </table>
    </ScrollX>
  );
}

const isSameBest = (a: Best | null, b: Best | null): boolean =>
  a?.low === b?.low && a?.high === b?.high && a?.point === b?.point;

const NoEstimate = () => (
  <>
    <span class="quiet-text" aria-hidden="true">
      –
    </span>
    <span class="visually-hidden">no estimate</span>
  </>
);

interface MethodRowProps {
  readonly cell: string;
  readonly best: Readonly<Record<string, Best | null>>;
  readonly methods: readonly string[];
  readonly method: string;
}

function MethodRow({ cell, best, methods, method }: MethodRowProps) {
  const own = best[method] ?? null;
  return (
    <tr>
      <th scope="row">{whomName(cell, locale)}</th>
      {methods.map((id) => {
        const of = best[id] ?? null;
        const differs = !isSameBest(of, own);
        return (
          <td key={id} class={differs && of !== null ? 'numeric differs' : 'numeric'}>
            {of === null ? <NoEstimate /> : <BestNumber best={of} />}
            {differs && of !== null && <span class="visually-hidden">, another than by the method used here</span>}
          </td>
        );
      })}
    </tr>
  );
}
