import type { Estimate, Revision } from '../api/shapes.js';
import { groupRevisions, type FilingChanges } from '../tally/group-revisions.js';
import type { History } from '../tally/join-history.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { directionInWords, reasonInWords, statusWords } from '../words/sentences.js';
import { Qualified } from './number.js';

interface RevisionListProps {
  readonly history: History | null;
  readonly headline: string;
  readonly onEarlier: () => void;
}

export function RevisionList({ history, headline, onEarlier }: RevisionListProps) {
  return (
    <section aria-labelledby="revisions">
      <h2 id="revisions">Revisions, newest first</h2>
      {history === null && <p class="loading">Reading the history…</p>}
      {history?.revisions.length === 0 && <p>Nothing yet.</p>}
      {history !== null && (
        <ol class="filings">
          {groupRevisions(history.revisions, headline).map((filing) => (
            <Filing key={filing.position} filing={filing} />
          ))}
        </ol>
      )}
      {history !== null && history.next !== null && (
        <button type="button" class="button" onClick={onEarlier}>
          Earlier revisions
        </button>
      )}
    </section>
  );
}

function Filing({ filing }: { filing: FilingChanges }) {
  const { publishedAt, recordedAt, said, followed } = filing;
  return (
    <li class="filing">
      <h3 class="filing-time">
        <time dateTime={publishedAt ?? recordedAt}>{times.dateTime(publishedAt ?? recordedAt)}</time>
        <span class="small">
          {publishedAt === null ? 'the desk’s decision' : `published; recorded ${times.dateTime(recordedAt)}`}
        </span>
      </h3>
      <Changes revisions={said} />
      {followed.length > 0 && (
        <details class="followed">
          <summary>
            {followed.length === 1 ? '1 other cell follows' : `${numbers.count(followed.length)} other cells follow`} by
            adding up
          </summary>
          <Changes revisions={followed} />
        </details>
      )}
    </li>
  );
}

const Changes = ({ revisions }: { revisions: readonly Revision[] }) => (
  <ul class="changes">
    {revisions.map((revision) => (
      <Change key={revision.number} revision={revision} />
    ))}
  </ul>
);

const arrows: Readonly<Partial<Record<Revision['direction'], string>>> = { up: '▲', down: '▼' };

const numberOf = (estimate: Estimate | null): string => (estimate === null ? 'none' : numbers.best(estimate.best));

function Change({ revision }: { revision: Revision }) {
  const { before, after, direction, fall, unexplained, explanation, reason } = revision;
  const unexplainedFall = fall && unexplained;
  const same = numberOf(before) === numberOf(after);
  return (
    <li class={unexplainedFall ? 'change change-unexplained' : 'change'} data-revision={revision.number}>
      <span class="change-cell">{cellName(revision.cell, locale)}</span>
      <span class="change-numbers">
        {before !== null && !same && (
          <>
            <span class="before">
              <Qualified text={numberOf(before)} />
            </span>
            <span aria-hidden="true"> → </span>
            <span class="visually-hidden"> became </span>
          </>
        )}
        <span class="after">
          <Qualified text={numberOf(after)} />
        </span>
      </span>
      <span class={`change-direction direction-${direction}`}>
        {arrows[direction] !== undefined && <span aria-hidden="true">{arrows[direction]} </span>}
        {directionInWords(direction)}
        {direction === 'status' && statusChange(revision)}
      </span>
      <span class="change-reason">
        {unexplainedFall ? (
          <strong class="flag">Unexplained fall</strong>
        ) : (
          reasonInWords(explanation?.reason ?? reason)
        )}
        {explanation?.note !== undefined && explanation.note !== null && <q class="note">{explanation.note}</q>}
      </span>
    </li>
  );
}

/** What changed beside a number that is the same. */
function statusChange({ before, after }: Revision): string {
  if (before === null || after === null) return '';
  if (before.status !== after.status) return `, now ${statusWords[after.status].label.toLowerCase()}`;
  if (before.confirmed !== after.confirmed && after.confirmed !== null) {
    return `, confirmed at least ${numbers.count(after.confirmed)}`;
  }
  if (after.reported !== null) return `, reported ${numbers.range(after.reported)}`;
  return '';
}
