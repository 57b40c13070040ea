import { mayPass } from '../api/request.js';
import type { Estimate, Filed, Revision } from '../api/shapes.js';
import { locale, numbers } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { directionInWords, statusWords } from '../words/sentences.js';
import { Qualified } from '../parts/number.js';
import type { Missing } from './draft-body.js';
import type { DryRun } from './use-dry-run.js';
import { Warnings } from './warnings.js';

/** Changes that are listed at once; the rest on request. */
const listedMax = 12;

interface PreviewProps {
  readonly run: DryRun;
  readonly missing: readonly Missing[];
  readonly headline: string;
  /** The tally that it is worked out against. */
  readonly position: string;
}

/** What the filing would change, as the service says; never of another filing without saying so. */
export function Preview({ run, missing, headline, position }: PreviewProps) {
  const answer = run.phase === 'answered' ? run.answer : run.phase === 'asking' ? run.last : null;
  return (
    <section class="preview" aria-labelledby="preview-title" data-preview={run.phase}>
      <h2 id="preview-title">What this will change</h2>
      <p class="small" role="status">
        {stateInWords(run, missing, position)}
      </p>
      {run.phase === 'none' && missing.length > 0 && (
        <ul class="missing">
          {missing.map(({ pointer, label }) => (
            <li key={pointer}>{label}</li>
          ))}
        </ul>
      )}
      {run.phase === 'refused' && !mayPass(run.problem) && (
        <div class="preview-refused">
          <p class="flag">{run.problem.title}</p>
          {(run.problem.errors ?? []).length === 0 && <p>{run.problem.detail}</p>}
        </div>
      )}
      {answer !== null && (
        <div class={run.phase === 'asking' ? 'preview-stale' : ''}>
          <Changes answer={answer} headline={headline} />
        </div>
      )}
    </section>
  );
}

function stateInWords(run: DryRun, missing: readonly Missing[], position: string): string {
  switch (run.phase) {
    case 'none':
      return missing.length > 0 ? 'Shown as soon as there is:' : 'Shown as soon as there is something to file.';
    case 'asking':
      return run.last === null ? 'Working it out…' : 'Working it out again; what stands below was of an earlier state.';
    case 'answered':
      return `Against the tally at position ${numbers.count(Number(position))}. Nothing is filed yet.`;
    case 'refused':
      return mayPass(run.problem)
        ? 'Not known: the service does not answer. A report filed now waits in this browser and is sent once it does.'
        : 'It would be refused as it stands.';
  }
}

function Changes({ answer: { revisions, warnings }, headline }: { answer: Filed; headline: string }) {
  const ordered = revisions.toSorted((a, b) => Number(b.cell === headline) - Number(a.cell === headline));
  return (
    <>
      <Warnings warnings={warnings} />
      {ordered.length === 0 ? (
        <p>No estimate changes.</p>
      ) : (
        <ul class="preview-changes">
          {ordered.slice(0, listedMax).map((revision) => (
            <Change key={revision.cell} revision={revision} isHeadline={revision.cell === headline} />
          ))}
        </ul>
      )}
      {ordered.length > listedMax && (
        <details class="followed">
          <summary>{numbers.count(ordered.length - listedMax)} more</summary>
          <ul class="preview-changes">
            {ordered.slice(listedMax).map((revision) => (
              <Change key={revision.cell} revision={revision} isHeadline={false} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const numberOf = (estimate: Estimate | null): string => (estimate === null ? 'none' : numbers.best(estimate.best));

function Change({ revision, isHeadline }: { revision: Revision; isHeadline: boolean }) {
  const { cell, before, after, direction, fall, unexplained } = revision;
  const [was, is] = [numberOf(before), numberOf(after)];
  return (
    <li class={isHeadline ? 'preview-change preview-headline' : 'preview-change'} data-cell={cell}>
      <span class="preview-cell">{cellName(cell, locale)}</span>
      <span class="change-numbers">
        {before !== null && was !== is && (
          <>
            <span class="before">
              <Qualified text={was} />
            </span>
            <span aria-hidden="true"> → </span>
            <span class="visually-hidden"> becomes </span>
          </>
        )}
        <span class="after">
          <Qualified text={is} />
        </span>
      </span>
      <span class="small">
        {direction === 'status' ? 'same number' : directionInWords(direction)}
        {after !== null && after.status !== before?.status && `; ${statusWords[after.status].label.toLowerCase()}`}
        {fall && unexplained && <strong class="flag"> a fall without a reason</strong>}
      </span>
    </li>
  );
}
