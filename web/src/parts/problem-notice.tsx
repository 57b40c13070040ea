import { mayPass } from '../api/request.js';
import type { Problem } from '../api/shapes.js';

/** A refusal as the service words it. */
export function ProblemNotice({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <section class="notice notice-problem" role="alert">
      <h2>{problem.title}</h2>
      {problem.detail !== undefined && problem.detail !== problem.title && <p>{problem.detail}</p>}
      {problem.errors !== undefined && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={`${error.pointer ?? ''}${error.detail}`}>
              {error.pointer !== undefined && <code>{error.pointer}</code>} {error.detail}
            </li>
          ))}
        </ul>
      )}
      <p class="small">
        {problem.status > 0 && `Answer ${problem.status}`}
        {problem.requestId !== undefined && ` · request ${problem.requestId}`}
      </p>
      {onRetry !== undefined && mayPass(problem) && (
        <button type="button" class="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </section>
  );
}
