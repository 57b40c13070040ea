import type { Estimate, Interval } from '../api/shapes.js';
import { numbers } from '../words/locale.js';

const height = 14;
const percent = (value: number, max: number): number => Math.min(100, (100 * value) / max);
const at = (share: number): string => `${share.toFixed(2)}%`;

const span = ({ low, high }: Interval, max: number): { x: number; width: number } => {
  const x = percent(low, max);
  return { x, width: Math.max(0, (high === null ? 100 : percent(high, max)) - x) };
};

function inWords({ reported, confirmed, implied }: Estimate): string {
  const parts = [
    reported === null ? null : `reported ${numbers.spoken(reported)}`,
    confirmed === null ? null : `confirmed at least ${numbers.count(confirmed)}`,
    implied === null ? null : `implied by the other cells ${numbers.spoken(implied)}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/**
 * From the back: what other cells leave possible (a hairline), the confirmed floor (solid from zero), the reported
 * range (a band), and best (a tick, or a bar where it is a range). All bars of a section share one scale.
 */
export function RangeBar({ estimate, max }: { estimate: Estimate; max: number }) {
  const { best, reported, confirmed, implied } = estimate;
  const possible = implied === null || (implied.low === 0 && implied.high === null) ? null : span(implied, max);
  const band = reported === null ? null : span(reported, max);
  const open = best !== null && best.high === null;
  return (
    <svg class="range-bar" height={height} width="100%" role="img" aria-label={inWords(estimate)}>
      <line class="bar-axis" x1="0" x2="100%" y1="7" y2="7" />
      {possible !== null && (
        <rect class="bar-implied" x={at(possible.x)} width={at(possible.width)} y="5.5" height="3" rx="1.5" />
      )}
      {confirmed !== null && <rect class="bar-confirmed" x="0" width={at(percent(confirmed, max))} y="4" height="6" />}
      {band !== null && <rect class="bar-reported" x={at(band.x)} width={at(band.width)} y="2" height="10" />}
      {best !== null && best.high !== null && best.high > best.low && (
        <line class="bar-best" x1={at(percent(best.low, max))} x2={at(percent(best.high, max))} y1="7" y2="7" />
      )}
      {best !== null && (
        <svg x={at(percent(best.point ?? best.low, max))} width="14" height={height} overflow="visible">
          <rect class="bar-tick" x="-1.5" y="0" width="3" height={height} />
          {open && <path class="bar-open" d="M3 3.500 6.500 7 3 10.500" />}
        </svg>
      )}
    </svg>
  );
}
