import { numbers } from '../../words/locale.js';
import { lists } from '../desk-context.js';
import { Field, TextField } from '../field.js';
import type { Copy } from './take-figures.js';
import { copyCharactersMax } from './use-copy.js';

interface CopyFormProps {
  readonly copy: Copy;
  readonly onCopy: (members: Partial<Copy>) => void;
  readonly onRead: () => void;
}

/** Why the figures cannot be read yet; the length of the text says so itself. */
function whatLacks({ text, outlet }: Copy): string | null {
  if (text.trim() === '') return outlet.trim() === '' ? 'Needs the article and its outlet.' : 'Needs the article.';
  return outlet.trim() === '' ? 'Needs the outlet: it speaks for what nobody else is named for.' : null;
}

/** Where an article is pasted, with what its text does not say of itself. */
export function CopyForm({ copy, onCopy, onRead }: CopyFormProps) {
  const tooLong = copy.text.length > copyCharactersMax;
  const ready = copy.text.trim() !== '' && copy.outlet.trim() !== '' && !tooLong;
  const lacking = whatLacks(copy);
  return (
    <form
      class="copy-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onRead();
      }}
    >
      <div class="copy-text">
        <Field
          label="The article, as it was published"
          pointer="/copy/text"
          hint="It is read in this browser and sent nowhere. English only."
        >
          {(wired) => (
            <textarea
              {...wired}
              rows={14}
              spellcheck={false}
              value={copy.text}
              onInput={(event) => {
                onCopy({ text: event.currentTarget.value });
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) onRead();
              }}
            />
          )}
        </Field>
        {tooLong && (
          <p class="field-problem" role="alert">
            {`At most ${numbers.count(copyCharactersMax)} characters; this has ${numbers.count(copy.text.length)}.`}
          </p>
        )}
      </div>
      <div class="copy-members">
        <TextField
          label="Outlet"
          pointer="/copy/outlet"
          list={lists.outlets}
          required
          value={copy.outlet}
          onValue={(outlet) => {
            onCopy({ outlet });
          }}
        />
        <Field label="Published on" pointer="/copy/published" hint="Tells this year’s numbers from those of another.">
          {(wired) => (
            <input
              {...wired}
              type="date"
              value={copy.published}
              onInput={(event) => {
                onCopy({ published: event.currentTarget.value });
              }}
            />
          )}
        </Field>
        <button
          type="submit"
          class="button button-main"
          disabled={!ready}
          aria-describedby={lacking === null ? undefined : 'copy-lacking'}
        >
          Read the figures
        </button>
        {lacking !== null && (
          <p id="copy-lacking" class="small field-hint">
            {lacking}
          </p>
        )}
      </div>
    </form>
  );
}
