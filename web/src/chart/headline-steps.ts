import type { Best, Revision } from '../api/shapes.js';
import { inOrder, timesOf, type Clock } from '../past/moments.js';

/** The headline cell from one moment to the next. `null` where there is no estimate. */
export interface Step {
  /** Unix milliseconds. */
  readonly at: number;
  readonly best: Best | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unexplainedFall: boolean;
  readonly revision: string;
}

/** The headline's revisions as steps. `clock` says by what time; by default by publication. */
export function headlineSteps(
  revisions: readonly Revision[],
  clock: Clock = 'published',
  decisionsKeepTime = false,
): readonly Step[] {
  const ordered = inOrder(revisions);
  const times = timesOf(ordered, clock, decisionsKeepTime);
  return ordered.map(({ after, fall, unexplained, number }, index) => {
    const reported = after?.reported ?? after?.best ?? null;
    return {
      at: times[index] ?? 0,
      best: after?.best ?? null,
      low: reported?.low ?? null,
      high: reported === null ? null : (reported.high ?? reported.low),
      unexplainedFall: fall && unexplained,
      revision: number,
    };
  });
}

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** How many of the changes the closer view must hold, and how much of the time it may take to be worth having. */
const shareOfChangesMin = 0.7;
const shareOfTimeMax = 0.34;

/**
 * A count moves for days and is then settled once, years later: a linear axis over all of it shows a wall and a plain.
 * Gives the first part of the time, where most changes are, when a closer view of that is worth offering: up to the
 * silence that is longest for what went before it.
 */
export function closerWindow(steps: readonly Step[]): TimeWindow | null {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || steps.length < 4) return null;
  const whole = last.at - first.at;
  let longest = 0;
  let span = 0;
  for (let at = Math.ceil(steps.length * shareOfChangesMin); at < steps.length; at += 1) {
    const before = (steps[at - 1]?.at ?? first.at) - first.at;
    const silence = (steps[at]?.at ?? last.at) - first.at - before;
    if (before === 0 || before / whole > shareOfTimeMax || silence / before <= longest) continue;
    longest = silence / before;
    span = before;
  }
  return span === 0 ? null : { from: first.at, to: first.at + span * 1.08 };
}
