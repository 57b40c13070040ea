import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useProblemsAt } from './problems-context.js';
import type { TimeDraft } from './draft.js';

interface Wired {
  readonly id: string;
  readonly 'data-pointer': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: ComponentChildren;
  /** JSON Pointer of what it fills in; what the service says of that is shown here. */
  readonly pointer: string;
  readonly hint?: string;
  readonly wide?: boolean;
  /** Problems of members inside are shown here too. */
  readonly inside?: boolean;
  readonly children: (wired: Wired) => ComponentChildren;
}

/** A field with its label, and below it what is wrong with it. */
export function Field({ label, pointer, hint, wide = false, inside = false, children }: FieldProps) {
  const id = useId();
  const problems = useProblemsAt(pointer, inside);
  const described = [problems.length > 0 ? `${id}-problem` : '', hint === undefined ? '' : `${id}-hint`]
    .filter((name) => name !== '')
    .join(' ');
  return (
    <div class={['field', wide ? 'field-wide' : '', problems.length > 0 ? 'field-wrong' : ''].join(' ')}>
      <label for={id}>{label}</label>
      {children({
        id,
        'data-pointer': pointer,
        'aria-invalid': problems.length > 0,
        'aria-describedby': described === '' ? undefined : described,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="small field-hint">
          {hint}
        </p>
      )}
      {problems.length > 0 && (
        <p id={`${id}-problem`} class="field-problem">
          {problems.join(' ')}
        </p>
      )}
    </div>
  );
}

interface TextProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: 'text' | 'url';
  readonly numeric?: boolean;
  readonly list?: string;
  readonly required?: boolean;
  readonly placeholder?: string;
}

export function TextField({
  value,
  onValue,
  type = 'text',
  numeric,
  list,
  required,
  placeholder,
  ...field
}: TextProps) {
  return (
    <Field {...field}>
      {(wired) => (
        <input
          {...wired}
          type={type}
          value={value}
          list={list}
          autocomplete="off"
          spellcheck={false}
          aria-required={required === true ? true : undefined}
          placeholder={placeholder}
          inputMode={numeric === true ? 'numeric' : undefined}
          onInput={(event) => {
            onValue(event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}

interface SelectProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly options: readonly (readonly [value: string, label: string])[];
  /** The choice that is none; left out where there is no such. */
  readonly none?: string;
}

export function SelectField({ value, onValue, options, none, ...field }: SelectProps) {
  // What is there, a value of another scheme too, is shown and not silently made another.
  const known = value === '' || options.some(([each]) => each === value);
  return (
    <Field {...field}>
      {(wired) => (
        <select
          {...wired}
          value={value}
          onChange={(event) => {
            onValue(event.currentTarget.value);
          }}
        >
          {none !== undefined && <option value="">{none}</option>}
          {!known && <option value={value}>{value}</option>}
          {options.map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TickProps {
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly children: ComponentChildren;
}

export const Tick = ({ checked, onChecked, children }: TickProps) => (
  <label class="tick">
    <input
      type="checkbox"
      checked={checked}
      onChange={(event) => {
        onChecked(event.currentTarget.checked);
      }}
    />
    <span>{children}</span>
  </label>
);

interface TimeProps {
  readonly label: string;
  readonly pointer: string;
  readonly value: TimeDraft;
  readonly onValue: (value: TimeDraft) => void;
  readonly hint?: string;
  readonly now?: boolean;
}

/** A date, and where it is known the time of day, in UTC. */
export function TimeField({ label, pointer, value, onValue, hint, now = false }: TimeProps) {
  const id = useId();
  return (
    <Field label={label} pointer={pointer} {...(hint === undefined ? {} : { hint })}>
      {(wired) => (
        <div class="time-field">
          <input
            {...wired}
            type="date"
            value={value.date}
            onInput={(event) => {
              onValue({ ...value, date: event.currentTarget.value });
            }}
          />
          <input
            id={id}
            type="time"
            aria-label={`${label}: time, UTC`}
            value={value.time}
            onInput={(event) => {
              onValue({ ...value, time: event.currentTarget.value });
            }}
          />
          <span class="small" aria-hidden="true">
            UTC
          </span>
          {now && (
            <button
              type="button"
              class="link"
              onClick={() => {
                const iso = new Date().toISOString();
                onValue({ date: iso.slice(0, 10), time: iso.slice(11, 16) });
              }}
            >
              now
            </button>
          )}
        </div>
      )}
    </Field>
  );
}
