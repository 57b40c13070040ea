import type { Best } from '../api/shapes.js';
import { splitQualifier } from '../words/format-number.js';
import { numbers } from '../words/locale.js';

/** "at least 24" with its words set smaller than its number. */
export function Qualified({ text }: { text: string }) {
  const { words, number } = splitQualifier(text);
  return (
    <span class="number">
      {words !== '' && <span class="qualifier">{words} </span>}
      {number}
    </span>
  );
}

export const BestNumber = ({ best }: { best: Best | null }) => <Qualified text={numbers.best(best)} />;
