import type { Frame } from '../api/shapes.js';
import { locale, numbers } from '../words/locale.js';
import { cellName } from '../words/names.js';

/** Cells that are named when a filing is read out; more are counted. */
const namedMax = 2;

function inWords({ revisions }: Frame, headline: string): string {
  if (revisions.length === 0) return '';
  const first = revisions.toSorted((a, b) => Number(b.cell === headline) - Number(a.cell === headline));
  const sentences = first.slice(0, namedMax).map(({ cell, before, after }) => {
    const was = before === null ? '' : `, was ${numbers.best(before.best)}`;
    return `${cellName(cell, locale)} is now ${numbers.best(after?.best ?? null)}${was}.`;
  });
  const others = first.length - namedMax;
  return [...sentences, ...(others > 0 ? [`${others} more cells changed.`] : [])].join(' ');
}

/** Reads changes out to those who do not see them; the marks on the cells show the same. */
export const LatestChange = ({ frame, headline }: { frame: Frame | null; headline: string }) => (
  <p class="visually-hidden" role="status" aria-live="polite" data-latest>
    {frame === null ? '' : inWords(frame, headline)}
  </p>
);
