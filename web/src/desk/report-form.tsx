import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useRef } from 'preact/hooks';
import type { Warning } from '../api/shapes.js';
import { ChainFields } from './chain-fields.js';
import { lists } from './desk-context.js';
import { isBlankReport, type ReportDraft } from './draft.js';
import { TextField, TimeField } from './field.js';
import { FigureLines } from './figure-lines.js';
import { useFormKeys } from './use-form-keys.js';

interface FormProps {
  readonly draft: ReportDraft;
  readonly onDraft: (draft: ReportDraft) => void;
  /** Files it; gives the pointer of what is to be mended first, where something is. */
  readonly onFile: (form: HTMLFormElement) => void;
  readonly onAnew: () => void;
  readonly warnings: readonly Warning[];
  readonly busy: boolean;
  /** What it will change: before the button that files it, and beside the form where there is room. */
  readonly children: ComponentChildren;
}

/** One published item with its figures. */
export function ReportForm({ draft, onDraft, onFile, onAnew, warnings, busy, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const set = (members: Partial<ReportDraft>): void => {
    onDraft({ ...draft, ...members });
  };
  const file = (): void => {
    if (form.current !== null && !busy) onFile(form.current);
  };
  useFormKeys(form, file);
  return (
    <form
      ref={form}
      class="report-form"
      aria-label="Report"
      noValidate
      onSubmit={(event: TargetedSubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        file();
      }}
    >
      <fieldset>
        <legend>Where it stood</legend>
        <div class="fields">
          <TextField
            label="Outlet"
            pointer="/outlet"
            list={lists.outlets}
            required
            value={draft.outlet}
            onValue={(outlet) => {
              set({ outlet });
            }}
          />
          <TextField
            label="Link"
            pointer="/url"
            type="url"
            placeholder="https://"
            value={draft.url}
            onValue={(url) => {
              set({ url });
            }}
          />
          <TimeField
            label="Published"
            pointer="/publishedAt"
            now
            value={draft.publishedAt}
            onValue={(publishedAt) => {
              set({ publishedAt });
            }}
          />
          <TimeField
            label="Said, if it says when"
            pointer="/statedAt"
            value={draft.statedAt}
            onValue={(statedAt) => {
              set({ statedAt });
            }}
          />
        </div>
      </fieldset>
      <fieldset>
        <legend>Who says so</legend>
        <ChainFields
          links={draft.attribution}
          at="/attribution"
          outlet={draft.outlet}
          onLinks={(attribution) => {
            set({ attribution });
          }}
        />
      </fieldset>
      <fieldset>
        <legend>Figures</legend>
        <FigureLines
          figures={draft.figures}
          line={draft.line}
          outlet={draft.outlet}
          warnings={warnings}
          onFigures={(figures) => {
            set({ figures });
          }}
          onLine={(line, figures = draft.figures) => {
            set({ line, figures });
          }}
        />
      </fieldset>
      <details class="note-field" open={draft.note !== ''}>
        <summary>A note for the record</summary>
        <textarea
          aria-label="Note"
          data-pointer="/note"
          rows={3}
          value={draft.note}
          onInput={(event) => {
            set({ note: event.currentTarget.value });
          }}
        />
      </details>
      {children}
      <div class="form-end">
        <button type="submit" class="button button-main" disabled={busy} aria-keyshortcuts="Control+Enter Meta+Enter">
          {warnings.length === 0
            ? 'File the report'
            : `File with ${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}`}
        </button>
        <span class="small">Ctrl + Enter</span>
        {!isBlankReport(draft) && (
          <button type="button" class="link" onClick={onAnew}>
            Discard the draft
          </button>
        )}
      </div>
    </form>
  );
}
