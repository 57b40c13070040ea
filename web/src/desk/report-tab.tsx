import { useEffect, useRef, useState } from 'preact/hooks';
import { reportsPath } from '../api/paths.js';
import { mayPass, RequestError, type Sending } from '../api/request.js';
import type { Filed, Problem } from '../api/shapes.js';
import { useDesk } from './desk-context.js';
import { missingOf, reportBody, type Missing } from './draft-body.js';
import { blankReport, type ReportDraft } from './draft.js';
import type { DraftUse } from './use-draft.js';
import type { WaitingFiling } from './outbox/waiting-filing.js';
import { randomKey } from './outbox/random-key.js';
import { Preview } from './preview.js';
import { fieldProblems, focusAt, ProblemsContext } from './problems-context.js';
import { ReportForm } from './report-form.js';
import { figureOfLine } from './figure-of-line.js';
import { useDryRun } from './use-dry-run.js';

interface TabProps {
  readonly use: DraftUse;
  /** @returns false where it could not be kept, and so was not filed */
  readonly onAdd: (filing: WaitingFiling) => boolean;
  /** Why the draft that is back in the form was refused. */
  readonly refused: Problem | null;
  readonly onChanged: () => void;
}

export const labelOf = ({ outlet, figures }: ReportDraft): string =>
  `${outlet.trim()}, ${figures.length === 1 ? '1 figure' : `${figures.length} figures`}`;

/** The form beside what it will change. */
export function ReportTab({ use, onAdd, refused, onChanged }: TabProps) {
  const { incident, key, version, session } = useDesk();
  const { draft, setDraft, restored, kept } = use;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [unkept, setUnkept] = useState(false);
  /** A draft that was discarded just now. */
  const [discarded, setDiscarded] = useState<ReportDraft | null>(null);
  /** The tally and the body whose warnings the desk has before its eyes. */
  const [warned, setWarned] = useState('');
  const [asked, setAsked] = useState<Filed | null>(null);
  const focus = useRef<{ readonly form: HTMLFormElement; readonly pointer: string } | null>(null);

  const missing = missingOf(draft);
  const body = reportBody(draft);
  const sending: Sending | null =
    missing.length > 0 ? null : { method: 'POST', path: reportsPath(incident.slug), body };
  const { run, now } = useDryRun({ sending, key, version });
  const present = `${version} ${body}`;
  const answer = run.phase === 'answered' ? run.answer : warned === present ? asked : null;
  const problem = run.phase === 'refused' && !mayPass(run.problem) ? run.problem : refused;
  const shownMissing: readonly Missing[] = tried ? missing : [];
  const problems = fieldProblems(problem, shownMissing);

  useEffect(() => {
    if (focus.current === null) return;
    const { form, pointer } = focus.current;
    focus.current = null;
    focusAt(form, pointer);
  });

  const change = (next: ReportDraft): void => {
    setDraft(next);
    setUnkept(false);
    setDiscarded(null);
    onChanged();
  };

  const send = (): void => {
    const filing: WaitingFiling = {
      id: randomKey(),
      slug: incident.slug,
      path: reportsPath(incident.slug),
      body,
      label: labelOf(draft),
      at: Date.now(),
      desk: session?.desk ?? null,
      draft,
    };
    if (!onAdd(filing)) {
      setUnkept(true);
      return;
    }
    setTried(false);
    setWarned('');
    setDraft(blankReport);
    onChanged();
    document.querySelector<HTMLElement>('[data-pointer="/outlet"]')?.focus();
  };

  const file = async (form: HTMLFormElement): Promise<void> => {
    if (draft.line.trim() !== '') {
      // A line that was not added yet is part of the report: it is shown as a figure first.
      setDraft({ ...draft, line: '', figures: [...draft.figures, figureOfLine(draft.line, draft.figures, incident)] });
      return;
    }
    const [first] = missing;
    if (sending === null || first !== undefined) {
      setTried(true);
      focus.current = first === undefined ? null : { form, pointer: first.pointer };
      return;
    }
    if (run.phase === 'answered' || warned === present) {
      send();
      return;
    }
    // Nothing is sent before its warnings have been in sight.
    setBusy(true);
    try {
      const ahead = await now(sending);
      if (ahead.warnings.length === 0) send();
      else {
        setAsked(ahead);
        setWarned(present);
      }
    } catch (error) {
      const why = error instanceof RequestError ? error.problem : null;
      // Without an answer it waits in the browser; a refusal is shown at its field by the preview, which asks as well.
      if (why === null || mayPass(why)) send();
      else focus.current = { form, pointer: why.errors?.[0]?.pointer ?? '/outlet' };
    } finally {
      setBusy(false);
    }
  };

  const stray = problems.filter(
    ({ pointer }) =>
      pointer === '' || !/^\/(?:outlet|url|publishedAt|statedAt|attribution|figures|note)/u.test(pointer),
  );
  return (
    <ProblemsContext.Provider value={problems}>
      <div class="report-tab">
        {restored && <p class="notice draft-notice">This draft was not sent. It is as you left it.</p>}
        {discarded !== null && (
          <p class="notice draft-notice" role="status">
            The draft was discarded.{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                change(discarded);
              }}
            >
              Take it back
            </button>
          </p>
        )}
        {!kept && (
          <p class="notice notice-stale">
            This browser keeps nothing for this page: the draft is lost on a reload, and nothing can be filed while
            offline.
          </p>
        )}
        {unkept && (
          <p class="notice notice-problem" role="alert">
            Not filed: the browser could not keep the report until it is sent (its storage is full or switched off).
          </p>
        )}
        {problem !== null && (stray.length > 0 || (problem.errors ?? []).length === 0) && (
          <p class="notice notice-problem" role="alert">
            {problem.title}. {stray.map(({ detail }) => detail).join(' ') || problem.detail}
          </p>
        )}
        <ReportForm
          draft={draft}
          onDraft={change}
          busy={busy}
          warnings={answer?.warnings ?? []}
          onFile={(form) => void file(form)}
          onAnew={() => {
            setTried(false);
            change(blankReport);
            setDiscarded(draft);
          }}
        >
          <Preview run={run} missing={missing} headline={incident.headline} position={version} />
        </ReportForm>
      </div>
    </ProblemsContext.Provider>
  );
}
