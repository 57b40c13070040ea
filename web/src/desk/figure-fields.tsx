import { useId } from 'preact/hooks';
import { locale, nameOfValue, numbers } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { ChainFields } from './chain-fields.js';
import { basisChoices, keyChoices, measureChoices, quantityChoices, reasonChoices, whoChoices } from './choices.js';
import { useDesk } from './desk-context.js';
import { noLink, type FigureDraft, type QuantityDraft } from './draft.js';
import { Field, SelectField, TextField, Tick, TimeField } from './field.js';
import { cellDraftInWords, quantityDraftInWords, quantityInWords } from './figure-words.js';
import { valuesOf } from './known-values.js';

/** Filed figures that can be named as parts of a sum. */
const summandsMax = 30;

interface FigureFieldsProps {
  readonly figure: FigureDraft;
  readonly onFigure: (figure: FigureDraft) => void;
  /** JSON Pointer of the figure in what is filed. */
  readonly at: string;
  readonly outlet: string;
  /** Figures of the same draft that stand before it. */
  readonly before: readonly FigureDraft[];
}

/** Everything that a figure can say, each in its field. */
export function FigureFields({ figure, onFigure, at, outlet, before }: FigureFieldsProps) {
  const { incident } = useDesk();
  const set = (members: Partial<FigureDraft>): void => {
    onFigure({ ...figure, ...members });
  };
  return (
    <div class="figure-fields">
      <div class="fields">
        <SelectField
          label="What happened"
          pointer={`${at}/measure`}
          none="Choose…"
          options={measureChoices(incident)}
          value={figure.measure}
          onValue={(measure) => {
            set({ measure });
          }}
        />
        <SelectField
          label="To whom"
          pointer={`${at}/${figure.who.startsWith('side:') ? 'side' : 'group'}`}
          none="Choose…"
          options={whoChoices(incident)}
          value={figure.who}
          onValue={(who) => {
            set({ who });
          }}
        />
        <QuantityFields
          quantity={figure.quantity}
          at={`${at}/quantity`}
          onQuantity={(quantity) => {
            set({ quantity });
          }}
        />
      </div>
      <BreakdownFields figure={figure} at={`${at}/breakdown`} set={set} />
      <div class="fields">
        <SelectField
          label="What the number counts"
          pointer={`${at}/basis`}
          options={basisChoices}
          value={figure.basis}
          onValue={(basis) => {
            set({ basis });
          }}
        />
        <SelectField
          label="Why it changed, if the report says"
          pointer={`${at}/reason`}
          none="not said"
          options={reasonChoices}
          value={figure.reason}
          onValue={(reason) => {
            set({ reason });
          }}
        />
        <TextField
          label="In the report’s words"
          pointer={`${at}/words`}
          value={figure.words}
          onValue={(words) => {
            set({ words });
          }}
        />
        <TimeField
          label="Said, if at another time"
          pointer={`${at}/statedAt`}
          value={figure.statedAt}
          onValue={(statedAt) => {
            set({ statedAt });
          }}
        />
      </div>
      {(figure.basis === 'sum' || figure.basis === 'additional' || figure.of.length > 0) && (
        <Summands figure={figure} at={`${at}/of`} before={before} set={set} />
      )}
      <div class="ticks">
        <Tick
          checked={figure.hedged}
          onChecked={(hedged) => {
            set({ hedged });
          }}
        >
          hedged: “perhaps”, “may have been”
        </Tick>
        <Tick
          checked={figure.attribution !== null}
          onChecked={(own) => {
            set({ attribution: own ? [noLink] : null });
          }}
        >
          said by somebody else than the rest of the report
        </Tick>
      </div>
      {figure.attribution !== null && (
        <ChainFields
          links={figure.attribution}
          at={`${at}/attribution`}
          outlet={outlet}
          onLinks={(attribution) => {
            set({ attribution });
          }}
        />
      )}
    </div>
  );
}

interface QuantityProps {
  readonly quantity: QuantityDraft;
  readonly at: string;
  readonly onQuantity: (quantity: QuantityDraft) => void;
}

function QuantityFields({ quantity, at, onQuantity }: QuantityProps) {
  const { kind } = quantity;
  const two = kind === 'between';
  return (
    <>
      <SelectField
        label="How many"
        pointer={`${at}/kind`}
        none="Choose…"
        options={quantityChoices}
        value={kind}
        onValue={(next) => {
          onQuantity({ ...quantity, kind: next as QuantityDraft['kind'] });
        }}
      />
      {kind === 'vague' && (
        <TextField
          label="The word"
          pointer={`${at}/word`}
          value={quantity.word}
          onValue={(word) => {
            onQuantity({ ...quantity, word });
          }}
        />
      )}
      {kind !== 'vague' && kind !== 'unspecified' && (
        <TextField
          label={two ? 'From' : 'Number'}
          pointer={two ? `${at}/low` : `${at}/value`}
          numeric
          value={quantity.value}
          onValue={(value) => {
            onQuantity({ ...quantity, value });
          }}
        />
      )}
      {two && (
        <TextField
          label="To"
          pointer={`${at}/high`}
          numeric
          value={quantity.high}
          onValue={(high) => {
            onQuantity({ ...quantity, high });
          }}
        />
      )}
    </>
  );
}

type Setter = (members: Partial<FigureDraft>) => void;

/** Which part of the group it is about: a value for each key. */
function BreakdownFields({ figure, at, set }: { figure: FigureDraft; at: string; set: Setter }) {
  const desk = useDesk();
  const used = new Set(figure.breakdown.map(([key]) => key));
  const free = keyChoices(desk.incident).filter(([key]) => !used.has(key));
  const listId = useId();
  const setAt = (place: number, pair: readonly [string, string]): void => {
    set({ breakdown: figure.breakdown.map((each, other) => (other === place ? pair : each)) });
  };
  return (
    <Field label="Which part of them" pointer={at} inside wide>
      {(wired) => (
        <div class="breakdown-fields">
          {figure.breakdown.map(([key, value], place) => (
            <span key={key} class="breakdown-pair">
              <label for={`${listId}-${key}-value`}>
                {keyChoices(desk.incident).find(([each]) => each === key)?.[1] ?? key}
              </label>
              <input
                id={`${listId}-${key}-value`}
                value={value}
                list={`${listId}-${key}`}
                autocomplete="off"
                spellcheck={false}
                onInput={(event) => {
                  setAt(place, [key, event.currentTarget.value.trim()]);
                }}
              />
              <datalist id={`${listId}-${key}`}>
                {valuesOf(key, desk).map((each) => (
                  <option key={each} value={each}>
                    {nameOfValue(key, each)}
                  </option>
                ))}
              </datalist>
              <span class="small">{value === '' ? '' : nameOfValue(key, value)}</span>
              <button
                type="button"
                class="link"
                aria-label={`Remove ${key}`}
                onClick={() => {
                  set({ breakdown: figure.breakdown.filter((_, other) => other !== place) });
                }}
              >
                Remove
              </button>
            </span>
          ))}
          <select
            {...wired}
            value=""
            onChange={(event) => {
              const key = event.currentTarget.value;
              if (key !== '') set({ breakdown: [...figure.breakdown, [key, '']] });
            }}
          >
            <option value="">{figure.breakdown.length === 0 ? 'all of them' : 'add a part by…'}</option>
            {free.map(([key, name]) => (
              <option key={key} value={key}>
                by {name.toLowerCase()}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}

interface SummandsProps {
  readonly figure: FigureDraft;
  readonly at: string;
  readonly before: readonly FigureDraft[];
  readonly set: Setter;
}

/** The figures that a sum adds up, or that an addition comes on top of. */
function Summands({ figure, at, before, set }: SummandsProps) {
  const { figures } = useDesk();
  const filed = figures.filter(
    ({ id, cell, state }) => figure.of.includes(id) || (state === 'standing' && cell.split('/')[0] === figure.measure),
  );
  const toggle = (name: string, on: boolean): void => {
    set({ of: on ? [...figure.of, name] : figure.of.filter((each) => each !== name) });
  };
  return (
    <Field label={figure.basis === 'additional' ? 'On top of' : 'Sum of'} pointer={at} inside wide>
      {(wired) => (
        <div {...wired} role="group" tabIndex={-1} class="summands">
          {before.map((each) => (
            <Tick
              key={each.key}
              checked={figure.of.includes(each.key)}
              onChecked={(on) => {
                toggle(each.key, on);
              }}
            >
              {quantityDraftInWords(each.quantity)}, {cellDraftInWords(each, locale) ?? 'no cell yet'}{' '}
              <span class="quiet-text">in this report</span>
            </Tick>
          ))}
          {filed.slice(0, summandsMax).map((each) => (
            <Tick
              key={each.id}
              checked={figure.of.includes(each.id)}
              onChecked={(on) => {
                toggle(each.id, on);
              }}
            >
              {quantityInWords(each.quantity, numbers.count)}, {cellName(each.cell, locale)}{' '}
              <span class="quiet-text">{each.outlet}</span>
            </Tick>
          ))}
        </div>
      )}
    </Field>
  );
}
