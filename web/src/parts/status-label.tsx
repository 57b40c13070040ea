import type { Estimate } from '../api/shapes.js';
import { statusWords } from '../words/sentences.js';

export function StatusLabel({ estimate }: { estimate: Pick<Estimate, 'status' | 'hedged'> }) {
  const { label, meaning } = statusWords[estimate.status];
  return (
    <span class={`status status-${estimate.status}`} title={meaning}>
      {label}
      {estimate.hedged && <span class="hedged"> (hedged)</span>}
    </span>
  );
}
