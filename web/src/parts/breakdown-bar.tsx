import type { Estimate, Incident, Interval } from '../api/shapes.js';
import { breakdownsOf, type Breakdown, type Part } from '../tally/breakdowns.js';
import { nameOfValue, numbers } from '../words/locale.js';
import { keyName } from '../words/names.js';

/** What of a bar, at its right end, shows that there is no upper end. */
const openShare = 0.06;

interface BreakdownBarsProps {
  readonly cell: string;
  readonly cells: ReadonlyMap<string, Estimate>;
  readonly scheme: Pick<Incident, 'home' | 'breakdowns'>;
  /** Leaves out keys of which one value alone is known: a bar of one part says little. */
  readonly several?: boolean;
}

/** What a number is made of: known parts, what none of them accounts for, and what the other cells imply for each. */
export function BreakdownBars({ cell, cells, scheme, several = false }: BreakdownBarsProps) {
  const breakdowns = breakdownsOf(cell, cells, scheme).filter(({ parts }) => !several || parts.length > 1);
  return (
    <>
      {breakdowns.map((breakdown) => (
        <BreakdownBar key={breakdown.key} breakdown={breakdown} />
      ))}
    </>
  );
}

const isNothing = ({ low, high }: Interval): boolean => low === 0 && high === 0;

/** "2 to 3 not told apart": an open rest says so. */
const restInWords = (rest: Interval): string =>
  rest.high === null && rest.low === 0 ? 'the rest is not known' : `${numbers.spoken(rest)} not accounted for`;

const lowsOf = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + part.interval.low, 0);

const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;

function BreakdownBar({ breakdown }: { breakdown: Breakdown }) {
  const { key, whole, parts, rest, exceeds } = breakdown;
  const lows = lowsOf(parts);
  const least = Math.max(whole.low, whole.high ?? 0, lows, 1);
  const scale = whole.high === null ? least / (1 - openShare) : least;
  const nested = parts.some((part) => part.parts.length > 0);
  return (
    <section class="breakdown" aria-label={`By ${keyName(key).toLowerCase()}`}>
      <h3 class="breakdown-title">
        By {keyName(key).toLowerCase()}
        <span class="breakdown-sum">
          {numbers.spoken(whole)}
          {!isNothing(rest) && `; ${restInWords(rest)}`}
        </span>
      </h3>
      <div class="stack" aria-hidden="true">
        <Stack parts={parts} scale={scale} whole={whole} />
        {nested && (
          <div class="stack-row stack-nested">
            {parts.map((part) => (
              <span key={part.cell} class="stack-below" style={{ width: percent(part.interval.low / scale) }}>
                {part.parts.length > 0 && (
                  <Segments parts={part.parts} scale={Math.max(1, part.interval.low, lowsOf(part.parts))} />
                )}
              </span>
            ))}
          </div>
        )}
      </div>
      {exceeds && (
        <p class="flag">The parts come to {numbers.count(lows)} at least, which is more than the whole can be.</p>
      )}
      <PartList parts={parts} rest={rest} />
    </section>
  );
}

function Stack({ parts, scale, whole }: { parts: readonly Part[]; scale: number; whole: Interval }) {
  const lows = lowsOf(parts);
  const unknown = Math.max(0, whole.low - lows);
  const beyond = Math.max(0, (whole.high ?? whole.low) - Math.max(whole.low, lows));
  return (
    <div class="stack-row">
      <Segments parts={parts} scale={scale} />
      {unknown > 0 && (
        <span class="segment segment-rest" style={{ width: percent(unknown / scale) }}>
          <span class="segment-text">not accounted for</span>
        </span>
      )}
      {beyond > 0 && <span class="segment segment-possible" style={{ width: percent(beyond / scale) }} />}
      {whole.high === null && <span class="segment segment-open" style={{ width: percent(openShare) }} />}
    </div>
  );
}

/** Names stand where there is room for them (the style sees to that); the list below names all. */
function Segments({ parts, scale }: { parts: readonly Part[]; scale: number }) {
  return (
    <>
      {parts
        .filter((part) => part.interval.low > 0)
        .map(({ cell, key, value, interval }) => (
          <span key={cell} class="segment" style={{ width: percent(Math.min(1, interval.low / scale)) }}>
            <span class="segment-text">
              {nameOfValue(key, value)} <b>{numbers.compact(interval)}</b>
            </span>
          </span>
        ))}
    </>
  );
}

const isSame = (a: Interval, b: Interval | null): boolean => a.low === b?.low && a.high === b.high;

function PartList({ parts, rest }: { parts: readonly Part[]; rest: Interval | null }) {
  return (
    <ul class="part-list">
      {parts.map(({ cell, key, value, interval, estimate, parts: below, rest: left }) => (
        <li key={cell}>
          <span class="part">
            {nameOfValue(key, value)}{' '}
            <b>{estimate.best === null ? numbers.range(interval) : numbers.best(estimate.best)}</b>
            {estimate.status === 'unconfirmed' && <span class="quiet-text">, unconfirmed</span>}
            {estimate.implied !== null && !isSame(estimate.best ?? interval, estimate.implied) && (
              <span class="quiet-text"> implied {numbers.compact(estimate.implied)}</span>
            )}
          </span>
          {below.length > 0 && <PartList parts={below} rest={left} />}
        </li>
      ))}
      {rest !== null && !isNothing(rest) && <li class="quiet-text">{restInWords(rest)}</li>}
    </ul>
  );
}
