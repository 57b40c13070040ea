import { useMemo, useState } from 'preact/hooks';
import type { Revision } from '../api/shapes.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { closerWindow, headlineSteps, type Step } from './headline-steps.js';
import { StepChart } from './step-chart.js';

function inWords(steps: readonly Step[]): string {
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return '';
  const number = ({ best }: Step): string => (best === null ? 'no estimate' : numbers.spoken(best));
  const day = ({ at }: Step): string => times.date(new Date(at).toISOString());
  return `From ${number(first)} on ${day(first)} to ${number(last)} on ${day(last)}, in ${steps.length} steps; each is listed below.`;
}

/** How the headline moved, with the band of what was reported. */
export function HeadlineChart({ cell, revisions }: { cell: string; revisions: readonly Revision[] }) {
  const steps = useMemo(() => headlineSteps(revisions), [revisions]);
  const closer = useMemo(() => closerWindow(steps), [steps]);
  const [whole, setWhole] = useState(false);
  if (steps.length < 2) return null;
  const window = whole ? null : closer;
  const later = window === null ? 0 : steps.filter((step) => step.at > window.to).length;
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
      <StepChart steps={steps} window={window} label={`${cellName(cell, locale)}. ${inWords(steps)}`} />
      {closer !== null && (
        <p class="chart-window">
          {later > 0 && (
            <span class="small">{later === 1 ? '1 later change' : `${later} later changes`} not shown. </span>
          )}
          <button
            type="button"
            class="link"
            onClick={() => {
              setWhole(!whole);
            }}
          >
            {whole
              ? 'Show the first days'
              : `Show all until ${times.date(new Date(steps.at(-1)?.at ?? 0).toISOString())}`}
          </button>
        </p>
      )}
    </figure>
  );
}
