import { useMemo, useState } from 'preact/hooks';
import type { Revision } from '../api/shapes.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { closerWindow, headlineSteps, type Step, type TimeWindow } from './headline-steps.js';
import { LazyStepChart } from './lazy-step-chart.js';

const dayOf = (at: number): string => times.date(new Date(at).toISOString());

function inWords(steps: readonly Step[]): string {
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return '';
  const number = ({ best }: Step): string => (best === null ? 'no estimate' : numbers.spoken(best));
  const day = ({ at }: Step): string => dayOf(at);
  return `From ${number(first)} on ${day(first)} to ${number(last)} on ${day(last)}, in ${steps.length} steps; each is listed below.`;
}

/** What a closer view leaves out: the line's last number there is not the last there is. */
function laterInWords(steps: readonly Step[], { to }: TimeWindow): string {
  const later = steps.filter((step) => step.at > to);
  const last = later.at(-1);
  if (last === undefined) return '';
  const changes = later.length === 1 ? 'one later change' : `${numbers.count(later.length)} later changes`;
  return `Until ${dayOf(to)}; ${changes}, to ${numbers.best(last.best)} on ${dayOf(last.at)}.`;
}

/** How the headline moved, with the band of what was reported. */
export function HeadlineChart({ cell, revisions }: { cell: string; revisions: readonly Revision[] }) {
  const steps = useMemo(() => headlineSteps(revisions), [revisions]);
  const closer = useMemo(() => closerWindow(steps), [steps]);
  const [whole, setWhole] = useState(false);
  if (steps.length < 2) return null;
  const window = whole ? null : closer;
  const falls = steps.some((step) => step.unexplainedFall);
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{cellName(cell, locale)}, as reported over time</span>
        <span class="chart-key">
          <span class="key key-best">best</span> <span class="key key-band">reported range</span>
          {falls && <span class="key key-fall">unexplained fall</span>}
        </span>
      </figcaption>
      <LazyStepChart steps={steps} window={window} label={`${cellName(cell, locale)}. ${inWords(steps)}`} />
      {closer !== null && (
        <p class="chart-window">
          {!whole && <span class="small">{laterInWords(steps, closer)}</span>}
          <button
            type="button"
            class="link"
            onClick={() => {
              setWhole(!whole);
            }}
          >
            {whole ? 'Show the first days only' : 'Show all'}
          </button>
        </p>
      )}
    </figure>
  );
}
