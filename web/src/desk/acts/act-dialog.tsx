import { useEffect, useRef, useState } from 'preact/hooks';
import { cellPath, reportPath } from '../../api/paths.js';
import { getJson, getTagged, mayPass, RequestError, sendJson, unreachable } from '../../api/request.js';
import type { CellExplained, Filed, Problem, Report } from '../../api/shapes.js';
import { locale, numbers } from '../../words/locale.js';
import { cellName } from '../../words/names.js';
import { useDesk } from '../desk-context.js';
import { quantityInWords } from '../figure-words.js';
import type { WaitingFiling } from '../outbox/waiting-filing.js';
import { randomKey } from '../outbox/random-key.js';
import { Preview } from '../preview.js';
import { fieldProblems, focusAt, ProblemsContext } from '../problems-context.js';
import { useDryRun } from '../use-dry-run.js';
import { ActForm } from './act-form.js';
import { nothingDecided, readOfOrigin, type OfOrigin } from './of-origin.js';
import {
  actNames,
  actsOn,
  blankFields,
  draftOfFigure,
  missingOfAct,
  sendingOf,
  type Act,
  type Subject,
} from './acts.js';

interface DialogProps {
  readonly subject: Subject;
  readonly onClose: () => void;
  readonly onAdd: (filing: WaitingFiling) => boolean;
  /** What was decided without the outbox, since it holds for one version of a cell only. */
  readonly onFiled: (label: string, answer: Filed) => void;
}

const problemOf = (error: unknown): Problem => (error instanceof RequestError ? error.problem : unreachable);

/** What an act has to know beforehand: a correction the report, a link's undoing the link, a pin the cell's version. */
interface Known {
  readonly report: Report | null;
  readonly ofOrigin: OfOrigin;
  readonly cell: CellExplained | null;
  readonly etag: string | null;
}

const nothingKnown: Known = { report: null, ofOrigin: nothingDecided, cell: null, etag: null };

/** One decision about what was filed, with what it will change. */
export function ActDialog({ subject, onClose, onAdd, onFiled }: DialogProps) {
  const { incident, key, version } = useDesk();
  const { slug } = incident;
  const dialog = useRef<HTMLDialogElement>(null);
  const [act, setAct] = useState<Act | null>(null);
  const [fields, setFields] = useState(blankFields);
  const [known, setKnown] = useState(nothingKnown);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  useEffect(() => {
    if (subject.kind === 'revision') return undefined;
    const asking = new AbortController();
    const asked = { key, signal: asking.signal };
    const read = async (): Promise<void> => {
      try {
        if (subject.kind === 'figure') {
          const [report, ofOrigin] = await Promise.all([
            getJson<Report>(reportPath(slug, subject.figure.report), asked),
            readOfOrigin(slug, subject.figure.origin, asked),
          ]);
          setKnown({ ...nothingKnown, report, ofOrigin });
          const [link] = ofOrigin.links;
          setFields((before) => ({
            ...before,
            figure: draftOfFigure(subject.figure, report),
            link: ofOrigin.links.length === 1 && link !== undefined ? link.id : '',
          }));
        } else {
          const { body, etag } = await getTagged<CellExplained>(cellPath(slug, subject.cell), asked);
          setKnown({ ...nothingKnown, cell: body, etag });
        }
      } catch (error) {
        if (!asking.signal.aborted) setProblem(problemOf(error));
      }
    };
    void read();
    return () => {
      asking.abort();
    };
    // A cell's version is read again with the tally: a pin is for what the editor sees.
  }, [slug, subject, key, subject.kind === 'cell' ? version : '']);

  const acts = actsOn(subject, {
    pinned: known.cell !== null && known.cell.pin !== null,
    linked: known.ofOrigin.links.length > 0,
  });
  const chosen = act ?? (acts.length === 1 ? (acts[0] ?? null) : null);
  const missing = chosen === null ? [] : missingOfAct(chosen, fields);
  const ready = chosen !== null && missing.length === 0 && (chosen !== 'correct' || known.report !== null);
  const sending = ready ? sendingOf(chosen, fields, { slug, subject, etag: known.etag }) : null;
  const { run } = useDryRun({ sending, key, version });
  const shown = problem ?? (run.phase === 'refused' && !mayPass(run.problem) ? run.problem : null);
  const label = chosen === null ? '' : `${actNames[chosen][0]}: ${decidedAbout(chosen, subject)}`;

  const decide = async (form: HTMLFormElement): Promise<void> => {
    if (sending === null) {
      setTried(true);
      const [first] = missing;
      if (first !== undefined) focusAt(form, first.pointer);
      return;
    }
    if (sending.method === 'POST' && sending.body !== undefined) {
      const { path, body } = sending;
      if (onAdd({ id: randomKey(), slug, path, body, label, at: Date.now(), desk: null })) dialog.current?.close();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      onFiled(label, await sendJson<Filed>(sending, { key }));
      dialog.current?.close();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} class="why-dialog act-dialog" aria-labelledby="act-title" onClose={onClose}>
      <div class="why-panel">
        <header class="why-head">
          <h2 id="act-title">{subjectInWords(subject)}</h2>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <SubjectNotes subject={subject} known={known.cell} />
        <ProblemsContext.Provider value={fieldProblems(shown, tried ? missing : [])}>
          <ActForm
            acts={acts}
            act={chosen}
            onAct={(next) => {
              setAct(next);
              setTried(false);
              setProblem(null);
            }}
            subject={subject}
            ofOrigin={known.ofOrigin}
            fields={fields}
            onFields={(next) => {
              setFields(next);
              setProblem(null);
            }}
            busy={busy}
            onDecide={(form) => void decide(form)}
          />
          {shown !== null && (
            <p class="notice notice-problem" role="alert">
              <strong>{shown.title}.</strong> {shown.detail !== shown.title && shown.detail}
              {shown.status === 412 && ' The cell has been read again; look at it and decide anew.'}
            </p>
          )}
          {chosen !== null && <Preview run={run} missing={missing} headline={incident.headline} position={version} />}
        </ProblemsContext.Provider>
      </div>
    </dialog>
  );
}

export function subjectInWords(subject: Subject): string {
  switch (subject.kind) {
    case 'figure': {
      const { figure } = subject;
      return `${quantityInWords(figure.quantity, numbers.count)}, ${cellName(figure.cell, locale)}`;
    }
    case 'revision':
      return `${cellName(subject.revision.cell, locale)}, revision ${subject.revision.number}`;
    case 'cell':
      return cellName(subject.cell, locale);
  }
}

/** What a decision is about: of a figure, mostly its number, and some its speaker. */
const decidedAbout = (act: Act, subject: Subject): string =>
  subject.kind === 'figure' && (act === 'link' || act === 'unlink' || act === 'grade')
    ? subject.figure.origin
    : subjectInWords(subject);

function SubjectNotes({ subject, known }: { subject: Subject; known: CellExplained | null }) {
  if (subject.kind === 'figure') {
    const { attribution, outlet, state, origin } = subject.figure;
    return (
      <p class="small">
        {attribution.map(({ name }) => name).join(' → ')}, in {outlet}; origin {origin}; {state}
      </p>
    );
  }
  if (subject.kind === 'revision') {
    const { before, after } = subject.revision;
    return (
      <p class="small">
        {before === null ? 'none' : numbers.best(before.best)} → {after === null ? 'none' : numbers.best(after.best)}
      </p>
    );
  }
  if (known === null) return <p class="small">Reading the cell…</p>;
  return (
    <p class="small">
      Now: {known.estimate.phrase}
      {known.pin !== null && `; pinned by ${known.pin.by.person ?? known.pin.by.desk}: ${known.pin.reason}`}
    </p>
  );
}
