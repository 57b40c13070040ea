import { useDesk } from '../desk-context.js';
import { kindChoices, measureChoices, whoChoices } from '../choices.js';
import type { Sheet } from './parse-table.js';
import type { Matching } from './read-rows.js';
import { slashDate, type DateOrder } from './read-values.js';
import { ignored, roleChoices, type Role } from './roles.js';

/** Cells of a column that are shown to tell what it holds. */
const samplesMax = 2;

interface MatchProps {
  readonly sheet: Sheet;
  readonly matching: Matching;
  readonly onMatch: (matching: Matching) => void;
}

/** What each column means: guessed, and changed by whoever knows better. */
export function MatchTable({ sheet, matching, onMatch }: MatchProps) {
  const { incident } = useDesk();
  const choices = roleChoices(incident);
  const setRole = (place: number, role: Role): void => {
    const roles = matching.roles.map((each, other) => (other === place ? role : each === role ? ignored : each));
    onMatch({ ...matching, roles });
  };
  return (
    <section aria-labelledby="match-title">
      <h2 id="match-title" class="sheet-title">
        What the columns mean
      </h2>
      <ul class="match-table">
        {sheet.headers.map((header, place) => (
          <li key={place} class={matching.roles[place] === ignored ? 'match match-ignored' : 'match'}>
            <label for={`column-${place}`}>
              <strong>{header === '' ? `Column ${place + 1}` : header}</strong>
              {sheet.tags[place] !== '' && <span class="small"> {sheet.tags[place]}</span>}
              <span class="small match-sample">{samplesOf(sheet, place)}</span>
            </label>
            <select
              id={`column-${place}`}
              value={matching.roles[place]}
              onChange={(event) => {
                setRole(place, event.currentTarget.value);
              }}
            >
              <option value={ignored}>not used</option>
              {choices.map(([role, name]) => (
                <option key={role} value={role}>
                  {name}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      <Defaults sheet={sheet} matching={matching} onMatch={onMatch} />
    </section>
  );
}

const samplesOf = (sheet: Sheet, place: number): string =>
  [...new Set(sheet.rows.map(({ cells }) => cells[place] ?? '').filter((cell) => cell !== ''))]
    .slice(0, samplesMax)
    .join(' · ');

const needed: readonly (readonly [role: Role, name: string, unless: readonly string[]])[] = [
  ['outlet', 'Outlet', []],
  ['publishedAt', 'Published', []],
  ['speaker', 'Who said it', []],
  ['kind', 'Kind of source', []],
  ['measure', 'What happened', ['cell', 'line', 'count:']],
  ['group', 'To whom', ['cell', 'line', 'side']],
];

/** What no column says is given once for all rows; it also fills cells that are empty. */
function Defaults({ sheet, matching, onMatch }: MatchProps) {
  const { incident } = useDesk();
  const { roles, defaults, dateOrder } = matching;
  const has = (name: string): boolean =>
    roles.some((role) => role === name || (name.endsWith(':') && role.startsWith(name)));
  const open = needed.filter(([role, , unless]) => !has(role) && !unless.some(has));
  const times = roles.flatMap((role, place) => (role === 'publishedAt' || role === 'statedAt' ? [place] : []));
  const hasSlashes = sheet.rows.some(({ cells }) => times.some((place) => slashDate.test(cells[place] ?? '')));
  if (open.length === 0 && !hasSlashes) return null;
  const options: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    kind: kindChoices,
    measure: measureChoices(incident),
    group: whoChoices(incident),
  };
  const set = (role: Role, value: string): void => {
    onMatch({ ...matching, defaults: { ...defaults, [role]: value } });
  };
  return (
    <div class="sheet-defaults">
      <h3>The same for all rows</h3>
      <div class="fields">
        {open.map(([role, name]) => (
          <div key={role} class="field">
            <label for={`default-${role}`}>{name}</label>
            {options[role] === undefined ? (
              <input
                id={`default-${role}`}
                placeholder={role === 'publishedAt' ? '2013-01-18 04:00' : undefined}
                value={defaults[role] ?? ''}
                onInput={(event) => {
                  set(role, event.currentTarget.value);
                }}
              />
            ) : (
              <select
                id={`default-${role}`}
                value={defaults[role] ?? ''}
                onChange={(event) => {
                  set(role, event.currentTarget.value);
                }}
              >
                <option value="">Choose…</option>
                {options[role].map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </div>
        ))}
        {hasSlashes && (
          <div class="field">
            <label for="date-order">{'Dates such as 01/02/2013'}</label>
            <select
              id="date-order"
              value={dateOrder}
              onChange={(event) => {
                onMatch({ ...matching, dateOrder: event.currentTarget.value as DateOrder });
              }}
            >
              <option value="">Choose…</option>
              <option value="dmy">the day comes first</option>
              <option value="mdy">the month comes first</option>
            </select>
          </div>
        )}
      </div>
    </div>
  );
}
