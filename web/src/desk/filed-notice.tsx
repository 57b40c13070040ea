import type { Filed } from '../api/shapes.js';
import { locale, numbers } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { Warnings } from './warnings.js';

/** Estimates that are named; more are counted. */
const namedMax = 4;

export interface FiledNow {
  readonly label: string;
  readonly answer: Filed;
}

/** What was filed just now and what came of it, read out too. */
export function FiledNotice({ filed, onClose }: { filed: FiledNow | null; onClose: () => void }) {
  return (
    <div role="status">
      {filed !== null && (
        <div class="notice filed-notice" data-filed={filed.answer.position}>
          <p>
            <strong>Filed:</strong> {filed.label}, on disk at position {numbers.count(Number(filed.answer.position))}.
          </p>
          <FiledChanges answer={filed.answer} />
          <Warnings warnings={filed.answer.warnings} />
          <button type="button" class="link" onClick={onClose}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}

function FiledChanges({ answer: { revisions } }: { answer: Filed }) {
  if (revisions.length === 0) return <p>No estimate changed.</p>;
  return (
    <p>
      {revisions.slice(0, namedMax).map(({ cell, after }) => (
        <span key={cell} class="filed-change">
          {cellName(cell, locale)} is now <strong>{numbers.best(after?.best ?? null)}</strong>.{' '}
        </span>
      ))}
      {revisions.length > namedMax && `${numbers.count(revisions.length - namedMax)} more changed.`}
    </p>
  );
}
