import type { Estimate } from '../api/shapes.js';
import { locale, numbers, times } from '../words/locale.js';
import { readCell } from '../tally/cell-text.js';
import { cellName, measureName, whoName, whomName } from '../words/names.js';
import { statusWords } from '../words/sentences.js';
import { splitPhrase } from '../words/split-phrase.js';
import { Qualified } from './number.js';

/** Groups that are named below an added-up number. */
const partsMax = 4;

interface HeroProps {
  readonly cell: string;
  readonly estimate: Estimate | null;
  /** For a count that nobody gave: the counts of its groups, which say who did. */
  readonly parts: readonly Estimate[];
  readonly changed: boolean;
  /** The moment shown, in words, where it is not now. */
  readonly past: string | null;
  readonly onWhy: (cell: string) => void;
  readonly onNow: () => void;
}

/** The incident's one number as a phrase, who says so, and how far to trust it. */
export function Hero({ cell, estimate, parts, changed, past, onWhy, onNow }: HeroProps) {
  const { measure } = readCell(cell);
  const name = cellName(cell, locale);
  const then = past !== null && <ThenNotice past={past} onNow={onNow} />;
  if (estimate === null) {
    return (
      <section class="hero" aria-label={name}>
        {then}
        <h2 class="hero-cell">{name}</h2>
        <p class="hero-none">No figure reported yet</p>
      </section>
    );
  }
  const { lead, rest } = splitPhrase(estimate.phrase, numbers.best(estimate.best));
  const status = statusWords[estimate.status];
  return (
    <section class="hero" aria-label={name}>
      {then}
      <h2 class="hero-cell">{whomName(cell, locale)}</h2>
      <p class="hero-phrase">
        <span class={changed ? 'hero-lead changed' : 'hero-lead'}>
          <strong class="hero-number">
            <Qualified text={lead} />
          </strong>
          <span class="hero-measure"> {measureName(measure).toLowerCase()}</span>
        </span>
        {rest !== '' && <span class="hero-said">{rest}</span>}
      </p>
      <p class={`hero-status status-${estimate.status}`}>
        <span class="status-mark">{status.label}</span>: {status.meaning}
        {estimate.hedged && '; hedged by who said it'}
      </p>
      {estimate.origins === 0 && parts.some(({ phrase }) => phrase !== estimate.phrase) && (
        <ul class="hero-parts">
          {parts.slice(0, partsMax).map((part) => (
            <li key={part.cell}>
              <span class="hero-part">{whoName(readCell(part.cell).who)}:</span> {part.phrase}
              {reportedOf(part) !== null && `; reported ${reportedOf(part) ?? ''}`}
            </li>
          ))}
        </ul>
      )}
      <dl class="hero-facts">
        <Fact name="Reported" value={reportedOf(estimate)} />
        <Fact
          name="Confirmed"
          value={estimate.confirmed === null ? null : `at least ${numbers.count(estimate.confirmed)}`}
        />
        <Fact name="Independent origins" value={estimate.origins === 0 ? null : numbers.count(estimate.origins)} />
        <Fact name="As of" value={estimate.asOf === null ? null : times.dateTime(estimate.asOf)} />
      </dl>
      <button
        type="button"
        class="button"
        onClick={() => {
          onWhy(estimate.cell);
        }}
      >
        Why this number?
      </button>
    </section>
  );
}

const ThenNotice = ({ past, onNow }: { past: string; onNow: () => void }) => (
  <p class="then">
    <span>
      As it stood <strong>{past}</strong>
    </span>
    <button type="button" class="link" onClick={onNow}>
      Back to now
    </button>
  </p>
);

/** Said only where it is wider than best. */
function reportedOf({ reported, best }: Estimate): string | null {
  if (reported === null || (reported.low === best?.low && reported.high === best.high)) return null;
  return numbers.range(reported);
}

const Fact = ({ name, value }: { name: string; value: string | null }) =>
  value === null ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
