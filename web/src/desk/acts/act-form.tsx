import type { TargetedSubmitEvent } from 'preact';
import { Field, SelectField, TextField, Tick, TimeField } from '../field.js';
import { kindChoices, kindExample, reasonChoices } from '../choices.js';
import { useDesk } from '../desk-context.js';
import { useFormKeys } from '../use-form-keys.js';
import { FigureFields } from '../figure-fields.js';
import { problemsBelow, ProblemsContext } from '../problems-context.js';
import { useContext, useRef } from 'preact/hooks';
import { actNames, type Act, type ActFields, type Subject } from './acts.js';
import { nowOfKind, type OfOrigin } from './of-origin.js';

interface FormProps {
  readonly acts: readonly Act[];
  readonly act: Act | null;
  readonly onAct: (act: Act) => void;
  readonly subject: Subject;
  /** What was decided about the figure's origin before. */
  readonly ofOrigin: OfOrigin;
  readonly fields: ActFields;
  readonly onFields: (fields: ActFields) => void;
  readonly busy: boolean;
  readonly onDecide: (form: HTMLFormElement) => void;
}

/** Which act, and its fields. */
export function ActForm({ acts, act, onAct, subject, ofOrigin, fields, onFields, busy, onDecide }: FormProps) {
  const set = (members: Partial<ActFields>): void => {
    onFields({ ...fields, ...members });
  };
  const form = useRef<HTMLFormElement>(null);
  useFormKeys(form, () => {
    if (form.current !== null && act !== null && !busy) onDecide(form.current);
  });
  return (
    <form
      ref={form}
      class="act-form"
      noValidate
      onSubmit={(event: TargetedSubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        onDecide(event.currentTarget);
      }}
    >
      {acts.length > 1 && (
        <fieldset class="act-choice">
          <legend>What about it?</legend>
          {acts.map((each) => (
            <label key={each} class="tick">
              <input
                type="radio"
                name="act"
                aria-label={actNames[each].join(': ')}
                checked={act === each}
                onChange={() => {
                  onAct(each);
                }}
              />
              <span>
                <strong>{actNames[each][0]}</strong> <span class="quiet-text">{actNames[each][1]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {act !== null && (
        <>
          <ActsOwnFields act={act} subject={subject} ofOrigin={ofOrigin} fields={fields} set={set} />
          <Field
            label={act === 'explain' ? 'A note, for readers' : 'Reason'}
            pointer={act === 'explain' ? '/note' : '/reason'}
          >
            {(wired) => (
              <textarea
                {...wired}
                rows={2}
                value={fields.reason}
                onInput={(event) => {
                  set({ reason: event.currentTarget.value });
                }}
              />
            )}
          </Field>
          <button type="submit" class="button button-main" disabled={busy}>
            {actNames[act][0]}
          </button>
        </>
      )}
    </form>
  );
}

interface OwnProps {
  readonly act: Act;
  readonly subject: Subject;
  readonly ofOrigin: OfOrigin;
  readonly fields: ActFields;
  readonly set: (members: Partial<ActFields>) => void;
}

function ActsOwnFields({ act, subject, ofOrigin, fields, set }: OwnProps) {
  switch (act) {
    case 'correct':
      return <CorrectedFigure subject={subject} fields={fields} set={set} />;
    case 'retract':
    case 'retractReport':
      return (
        <div class="fields">
          <SelectField
            label="Withdrawn by"
            pointer="/by"
            options={[
              ['desk', 'us: as if never filed'],
              ['outlet', 'the outlet: as if never published'],
              ['speaker', 'the speaker, at a time'],
            ]}
            value={fields.by}
            onValue={(by) => {
              set({ by: by as ActFields['by'] });
            }}
          />
          {fields.by === 'speaker' && (
            <TimeField
              label="Taken back"
              pointer="/statedAt"
              value={fields.statedAt}
              onValue={(statedAt) => {
                set({ statedAt });
              }}
            />
          )}
        </div>
      );
    case 'link':
      return <OtherOrigin subject={subject} fields={fields} set={set} />;
    case 'unlink':
      return (
        <SelectField
          label="Joined with"
          pointer="/link"
          none="Choose…"
          hint={whyJoined(ofOrigin, fields.link)}
          options={ofOrigin.links.map(({ id, other }) => [id, other])}
          value={fields.link}
          onValue={(link) => {
            set({ link });
          }}
        />
      );
    case 'grade':
      return (
        <>
          {subject.kind === 'figure' && (
            <p class="small">{nowOfKind(subject.figure.attribution[0]?.kind, ofOrigin.grade)}</p>
          )}
          <SelectField
            label="Kind of source"
            pointer="/kind"
            hint={kindExample(fields.kind)}
            none="Choose…"
            options={kindChoices}
            value={fields.kind}
            onValue={(kind) => {
              set({ kind });
            }}
          />
        </>
      );
    case 'explain':
      return (
        <SelectField
          label="Why it changed"
          pointer="/reason"
          none="Choose…"
          options={reasonChoices}
          value={fields.given}
          onValue={(given) => {
            set({ given });
          }}
        />
      );
    case 'pin':
      return <PinFields fields={fields} set={set} />;
    default:
      return null;
  }
}

const whyJoined = ({ links }: OfOrigin, chosen: string): string => {
  const link = links.find(({ id }) => id === chosen);
  return link === undefined ? 'Which of its links is undone.' : `Joined because: ${link.reason}`;
};

type Setting = Pick<OwnProps, 'fields' | 'set'>;

function CorrectedFigure({ subject, fields, set }: Setting & { subject: Subject }) {
  const problems = useContext(ProblemsContext);
  if (subject.kind !== 'figure') return null;
  return (
    <ProblemsContext.Provider value={problemsBelow(problems, '/figure')}>
      <FigureFields
        figure={fields.figure}
        at=""
        outlet={subject.figure.outlet}
        before={[]}
        onFigure={(figure) => {
          set({ figure });
        }}
      />
    </ProblemsContext.Provider>
  );
}

function OtherOrigin({ subject, fields, set }: Setting & { subject: Subject }) {
  const { speakers } = useDesk();
  const own = subject.kind === 'figure' ? subject.figure.origin : '';
  const origins = [...new Map(speakers.map((speaker) => [speaker.origin, speaker])).values()];
  return (
    <SelectField
      label="The other origin"
      pointer="/origins/1"
      none="Choose…"
      options={origins
        .filter(({ origin }) => origin !== own)
        .map(({ origin, link }) => [
          origin,
          origin === link.name.toLowerCase() ? link.name : `${link.name} (${origin})`,
        ])}
      value={fields.other}
      onValue={(other) => {
        set({ other });
      }}
    />
  );
}

/** No upper end, in the field of the high number. */
const open = '∞';

function PinFields({ fields, set }: Setting) {
  return (
    <div class="fields">
      <TextField
        label="From"
        pointer="/best/low"
        numeric
        value={fields.low}
        onValue={(low) => {
          set({ low });
        }}
      />
      <TextField
        label="To"
        pointer="/best/high"
        numeric
        hint="The same number where it is left empty."
        value={fields.high}
        onValue={(high) => {
          set({ high });
        }}
      />
      <Tick
        checked={fields.high === open}
        onChecked={(checked) => {
          set({ high: checked ? open : '' });
        }}
      >
        at least, without an upper end
      </Tick>
    </div>
  );
}
