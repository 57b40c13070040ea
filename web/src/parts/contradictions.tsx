import type { Contradiction } from '../api/shapes.js';
import { locale } from '../words/locale.js';
import { cellName } from '../words/names.js';

export function Contradictions({ contradictions }: { contradictions: readonly Contradiction[] }) {
  if (contradictions.length === 0) return null;
  return (
    <section class="contradictions" aria-labelledby="contradictions">
      <h2 id="contradictions">These numbers cannot all be true</h2>
      <ul>
        {contradictions.map((contradiction) => (
          <li key={contradiction.cells.join(' ')}>
            <p>{contradiction.text}</p>
            <p class="small">{contradiction.cells.map((cell) => cellName(cell, locale)).join(' · ')}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
