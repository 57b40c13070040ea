import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Best } from '../api/shapes.js';
import { printed, splitQualifier } from '../words/format-number.js';
import { locale, numbers } from '../words/locale.js';
import type { Step, TimeWindow } from './headline-steps.js';

const height = 260;
const daySeconds = 86_400;
/** Room for the number at the end of the line. */
const endWidth = 56;

export interface StepChartProps {
  readonly steps: readonly Step[];
  /** `null` shows all of the time. */
  readonly window: TimeWindow | null;
  readonly label: string;
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
  const top = Math.max(1, ...props.steps.map((step) => Math.max(step.high ?? 0, printed(step.best) ?? 0)));
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
          drawMarks(chart, props, to, {
            ink: color('--ink'),
            fall: color('--alarm'),
            font: `600 14px ${style.fontFamily}`,
          });
        },
      ],
    },
  };
}

/** The words of a best would not fit beside the line: its numbers alone. */
const endText = (best: Best): string => splitQualifier(numbers.best(best)).number;

/** Unexplained falls, and the number at the end of the line. */
function drawMarks(
  chart: uPlot,
  { steps }: StepChartProps,
  to: number,
  look: { readonly ink: string; readonly fall: string; readonly font: string },
): void {
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
    ctx.fillStyle = look.fall;
    ctx.beginPath();
    ctx.arc(x, y, 4.5 * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }
  const last = shown.at(-1);
  if (last !== undefined && last.best !== null) {
    const [x, y] = place(to, printed(last.best) ?? 0);
    ctx.fillStyle = look.ink;
    ctx.font = look.font.replace('14px', `${14 * ratio}px`);
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ctx.fillText(endText(last.best), x + 6 * ratio, y);
  }
  ctx.restore();
}

/** uPlot's canvas, drawn again with the data, the width, and the colours of the reader's scheme. */
export function StepChart(props: StepChartProps) {
  const root = useRef<HTMLDivElement>(null);
  const { steps, window, label } = props;
  useEffect(() => {
    const element = root.current;
    const first = steps[0];
    const last = steps.at(-1);
    if (element === null || first === undefined || last === undefined) return undefined;
    const from = window?.from ?? first.at;
    const to = window?.to ?? last.at + Math.max(3_600_000, (last.at - first.at) * 0.04);
    let chart: uPlot | null = null;
    const draw = (): void => {
      chart?.destroy();
      chart = new uPlot(optionsOf(props, element, from, to), dataOf(steps, to), element);
    };
    draw();
    const resized = new ResizeObserver(() => {
      chart?.setSize({ width: Math.max(200, element.clientWidth), height });
    });
    resized.observe(element);
    const dark = globalThis.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      resized.disconnect();
      chart?.destroy();
    };
  }, [steps, window]);
  return <div ref={root} class="step-chart" role="img" aria-label={label} />;
}
