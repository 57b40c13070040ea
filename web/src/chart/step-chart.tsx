import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Best } from '../api/shapes.js';
import { printed, splitQualifier } from '../words/format-number.js';
import { locale, numbers, times } from '../words/locale.js';
import { originColour, traceMark } from './draw-mark.js';
import type { Step, TimeWindow } from './headline-steps.js';
import type { Mark } from './marks.js';

const height = 300;
const daySeconds = 86_400;
/** Room for the number at the end of the line. */
const endWidth = 56;
/** Half the width of a report's mark, in CSS pixels, and how near a pointer must come to it. */
const markSize = 4.2;
const reach = 16;
/** Length of the line up from a number with an open end, in CSS pixels. */
const openLength = 13;

export interface StepChartProps {
  readonly steps: readonly Step[];
  readonly marks: readonly Mark[];
  /** `null` shows all of the time. */
  readonly window: TimeWindow | null;
  readonly label: string;
  /** The moment that the page shows, Unix milliseconds; what came later is dimmed. `null` is now. */
  readonly shownAt: number | null;
  /** A reader points at a time in the chart; absent while there is nowhere to go. */
  readonly onSeek?: (at: number) => void;
}

const axisDate = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
const axisMonth = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: 'numeric' });
const axisClock = new Intl.DateTimeFormat(locale, {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function tickText(seconds: number, increment: number): string {
  const at = new Date(seconds * 1000);
  if (increment >= 28 * daySeconds) return axisMonth.format(at);
  if (increment >= daySeconds || seconds % daySeconds === 0) return axisDate.format(at);
  return axisClock.format(at);
}

/** The last value is carried on to the right edge, so that the line ends where the view does and not at the change. */
function dataOf(steps: readonly Step[], to: number): uPlot.AlignedData {
  const last = steps.at(-1);
  const all = last === undefined || last.at >= to ? steps : [...steps, { ...last, at: to, unexplainedFall: false }];
  return [
    all.map((step) => step.at / 1000),
    all.map((step) => step.high),
    all.map((step) => step.low),
    all.map((step) => printed(step.best)),
  ];
}

function optionsOf(props: StepChartProps, root: HTMLElement, from: number, to: number): uPlot.Options {
  const style = getComputedStyle(root);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const font = `12px ${style.fontFamily}`;
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const path = stepped === undefined ? {} : { paths: stepped };
  const axis = { font, stroke: color('--muted'), ticks: { show: false } };
  const top = Math.max(
    1,
    ...props.steps.map((step) => Math.max(step.high ?? 0, printed(step.best) ?? 0)),
    ...props.marks.map((mark) => mark.high ?? mark.low),
  );
  return {
    width: Math.max(200, root.clientWidth),
    height,
    padding: [14, endWidth, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: { x: { time: true, range: [from / 1000, to / 1000] }, y: { range: [0, top * 1.06] } },
    axes: [
      {
        ...axis,
        size: 30,
        space: 76,
        grid: { show: false },
        values: (_chart, splits, _axis, _space, increment) => splits.map((at) => tickText(at, increment)),
      },
      {
        ...axis,
        size: 40,
        grid: { stroke: color('--rule'), width: 1 },
        values: (_chart, splits) => splits.map((value) => (Number.isInteger(value) ? numbers.count(value) : '')),
      },
    ],
    series: [
      {},
      { ...path, stroke: 'transparent', width: 0, points: { show: false } },
      { ...path, stroke: 'transparent', width: 0, points: { show: false } },
      { ...path, stroke: color('--ink'), width: 2, points: { show: false } },
    ],
    bands: [{ series: [1, 2], fill: color('--band') }],
    hooks: {
      draw: [
        (chart) => {
          drawReports(chart, props.marks, from, to, color);
          drawEnd(chart, props.steps, to, `600 14px ${style.fontFamily}`, color);
        },
      ],
    },
  };
}

/** Where a mark stands, in CSS pixels within the plot. */
const placeOf = (chart: uPlot, mark: Mark): readonly [x: number, y: number] => [
  chart.valToPos(mark.at / 1000, 'x'),
  chart.valToPos(mark.low, 'y'),
];

type Colour = (name: string) => string;

/** Each report: its number, a line to the other end of a range, an arrow where the end is open; hollow if withdrawn. */
function drawReports(chart: uPlot, marks: readonly Mark[], from: number, to: number, color: Colour): void {
  const { ctx } = chart;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.lineWidth = 1.4 * ratio;
  for (const mark of marks) {
    if (mark.at < from || mark.at > to) continue;
    const x = chart.valToPos(mark.at / 1000, 'x', true);
    const y = chart.valToPos(mark.low, 'y', true);
    const end = mark.high === null ? y - openLength * ratio : chart.valToPos(mark.high, 'y', true);
    const paint = color(originColour(mark.origin));
    ctx.strokeStyle = paint;
    ctx.beginPath();
    if (end < y) {
      ctx.moveTo(x, y);
      ctx.lineTo(x, end);
      if (mark.high === null) {
        ctx.moveTo(x - 3 * ratio, end + 3.5 * ratio);
        ctx.lineTo(x, end);
        ctx.lineTo(x + 3 * ratio, end + 3.5 * ratio);
      }
    }
    ctx.stroke();
    ctx.beginPath();
    traceMark(ctx, mark.origin, x, y, markSize * ratio);
    ctx.fillStyle = mark.counts ? paint : color('--paper');
    ctx.fill();
    // A rim in the paper's colour keeps marks apart that lie on one another.
    ctx.strokeStyle = mark.counts ? color('--paper') : paint;
    ctx.stroke();
  }
  ctx.restore();
}

/** The words of a best would not fit beside the line: its numbers alone. */
const endText = (best: Best): string => splitQualifier(numbers.best(best)).number;

/** Unexplained falls, and the number at the end of the line. */
function drawEnd(chart: uPlot, steps: readonly Step[], to: number, font: string, color: Colour): void {
  const { ctx } = chart;
  const ratio = uPlot.pxRatio;
  const place = (at: number, value: number): readonly [number, number] => [
    chart.valToPos(at / 1000, 'x', true),
    chart.valToPos(value, 'y', true),
  ];
  ctx.save();
  const shown = steps.filter((step) => step.at <= to);
  for (const step of shown) {
    const value = printed(step.best);
    if (!step.unexplainedFall || value === null) continue;
    const [x, y] = place(step.at, value);
    ctx.strokeStyle = color('--alarm');
    ctx.lineWidth = 2.5 * ratio;
    ctx.beginPath();
    ctx.arc(x, y, 8 * ratio, 0, 2 * Math.PI);
    ctx.stroke();
  }
  const last = shown.at(-1);
  if (last !== undefined && last.best !== null) {
    const [x, y] = place(to, printed(last.best) ?? 0);
    ctx.fillStyle = color('--ink');
    ctx.font = font.replace('14px', `${14 * ratio}px`);
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.fillText(endText(last.best), x + 6 * ratio, y);
  }
  ctx.restore();
}

/** The report nearest to a point of the plot, in CSS pixels. */
function nearest(chart: uPlot, marks: readonly Mark[], x: number, y: number): Mark | null {
  let best: Mark | null = null;
  let distance = reach;
  for (const mark of marks) {
    const [left, top] = placeOf(chart, mark);
    const away = Math.hypot(left - x, top - y);
    if (away < distance) {
      distance = away;
      best = mark;
    }
  }
  return best;
}

const inWords = ({ low, high, speaker, outlet, at, counts }: Mark): string =>
  `${numbers.range({ low, high })}, ${speaker} (${outlet}, ${times.dateTime(new Date(at).toISOString())})${counts ? '' : ', withdrawn'}`;

/**
 * uPlot's canvas, drawn again with the data, the width, and the colours of the reader's scheme. The moment shown is a
 * line above it, so that moving through time draws nothing again.
 */
export function StepChart(props: StepChartProps) {
  const root = useRef<HTMLDivElement>(null);
  const later = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const [pointed, setPointed] = useState<Mark | null>(null);
  const { steps, marks, window, label, shownAt, onSeek } = props;

  const placeMoment = (): void => {
    const chart = drawn.current;
    if (chart === null || later.current === null) return;
    const { style } = later.current;
    style.display = shownAt === null ? 'none' : 'block';
    if (shownAt === null) return;
    const width = chart.over.clientWidth;
    const x = Math.min(width, Math.max(0, chart.valToPos(shownAt / 1000, 'x')));
    style.left = `${chart.over.offsetLeft + x}px`;
  };
  const place = useRef(placeMoment);
  place.current = placeMoment;

  useEffect(() => {
    const element = root.current;
    const first = steps[0];
    const last = steps.at(-1);
    if (element === null || first === undefined || last === undefined) return undefined;
    const from = window?.from ?? Math.min(first.at, ...marks.map((mark) => mark.at));
    const to = window?.to ?? last.at + Math.max(3_600_000, (last.at - first.at) * 0.04);
    const draw = (): void => {
      drawn.current?.destroy();
      drawn.current = new uPlot(optionsOf(props, element, from, to), dataOf(steps, to), element);
      place.current();
    };
    draw();
    const resized = new ResizeObserver(() => {
      drawn.current?.setSize({ width: Math.max(200, element.clientWidth), height });
      place.current();
    });
    resized.observe(element);
    const dark = globalThis.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      resized.disconnect();
      drawn.current?.destroy();
      drawn.current = null;
    };
  }, [steps, marks, window]);

  useEffect(placeMoment, [shownAt]);

  const point = (event: PointerEvent): void => {
    const chart = drawn.current;
    if (chart === null) return;
    const box = chart.over.getBoundingClientRect();
    const x = event.clientX - box.left;
    if (onSeek !== undefined && (event.buttons & 1) === 1) {
      const within = Math.min(box.width, Math.max(0, x));
      onSeek(Math.round(chart.posToVal(within, 'x') * 1000));
    }
    const near = nearest(chart, marks, x, event.clientY - box.top);
    if (near !== pointed) setPointed(near);
  };

  return (
    <div
      class={onSeek === undefined ? 'step-chart' : 'step-chart can-seek'}
      onPointerDown={point}
      onPointerMove={point}
    >
      <div ref={root} class="step-canvas" role="img" aria-label={label} />
      <div ref={later} class="step-later" aria-hidden="true" />
      <p class="step-pointed" aria-hidden="true">
        {pointed !== null && inWords(pointed)}
      </p>
    </div>
  );
}
