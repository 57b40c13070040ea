import { useMemo, useState } from 'preact/hooks';
import type { Figure, Revision } from '../api/shapes.js';
import type { Clock } from '../past/moments.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { markOutline } from './draw-mark.js';
import { closerWindow, headlineSteps, type Step, type TimeWindow } from './headline-steps.js';
import { LazyStepChart } from './lazy-step-chart.js';
import { marksOf, originsShownMax, type Marks } from './marks.js';

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

const none: readonly Figure[] = [];

interface HeadlineChartProps {
  readonly cell: string;
  readonly revisions: readonly Revision[];
  /** What was reported of the cell or, where it is a side, of its groups; `null` while unknown. */
  readonly figures: readonly Figure[] | null;
  readonly clock: Clock;
  /** The incident was filed afterwards: what its desk decided has no time of its own. */
  readonly filedLate: boolean;
  /** The moment shown, Unix milliseconds; `null` is now. */
  readonly shownAt: number | null;
  readonly onSeek?: (at: number) => void;
}

/** How the headline moved, with the band of what was reported, and every report of it by who was its origin. */
export function HeadlineChart({ cell, revisions, figures, clock, filedLate, shownAt, onSeek }: HeadlineChartProps) {
  const steps = useMemo(() => headlineSteps(revisions, clock, filedLate), [revisions, clock, filedLate]);
  const closer = useMemo(() => closerWindow(steps), [steps]);
  const reports = useMemo(() => marksOf(figures ?? none, clock), [figures, clock]);
  const [whole, setWhole] = useState(false);
  if (steps.length < 2) return null;
  const window = whole ? null : closer;
  const falls = steps.some((step) => step.unexplainedFall);
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">
          {cellName(cell, locale)}, as {clock === 'published' ? 'reported' : 'recorded'} over time
        </span>
        <span class="chart-key">
          <span class="key key-best">best</span> <span class="key key-band">reported range</span>
          {falls && <span class="key key-fall">unexplained fall</span>}
        </span>
      </figcaption>
      <LazyStepChart
        steps={steps}
        marks={reports.marks}
        window={window}
        label={`${cellName(cell, locale)}. ${inWords(steps)}`}
        shownAt={shownAt}
        {...(onSeek === undefined ? {} : { onSeek })}
      />
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
      <OriginKey marks={reports} />
    </figure>
  );
}

const Shape = ({ origin }: { origin: number }) => (
  <svg class={`mark mark-${origin}`} width="14" height="14" aria-hidden="true">
    <path d={markOutline(origin)} />
  </svg>
);

const inFigures = (count: number): string => (count === 1 ? '1 figure' : `${numbers.count(count)} figures`);

/** Who said what the marks show. */
function OriginKey({ marks: { origins, others } }: { marks: Marks }) {
  if (origins.length === 0) return null;
  return (
    <ul class="origin-key" aria-label="Figures, by who said them">
      {origins.map(({ origin, speaker, count }, at) => (
        <li key={origin}>
          <Shape origin={at} />
          {speaker} <span class="quiet-text">{inFigures(count)}</span>
        </li>
      ))}
      {others > 0 && (
        <li>
          <Shape origin={originsShownMax} />
          others <span class="quiet-text">{inFigures(others)}</span>
        </li>
      )}
    </ul>
  );
}
