import { locale } from '../../words/locale.js';
import { basisInWords, kindInWords } from '../../words/sentences.js';
import type { FigureDraft } from '../draft.js';
import { FigureFields } from '../figure-fields.js';
import { cellDraftInWords, quantityDraftInWords } from '../figure-words.js';
import { confidenceWord, rulesInWords } from './rule-words.js';
import type { Item, Verdict } from './take-figures.js';

interface CardProps {
  readonly item: Item;
  readonly place: number;
  readonly current: boolean;
  readonly editing: boolean;
  readonly outlet: string;
  readonly before: readonly FigureDraft[];
  readonly onFocus: () => void;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onEdit: (open: boolean) => void;
  readonly onFigure: (figure: FigureDraft) => void;
}

const confidences = { plain: 'plainly said', likely: 'likely', check: 'check this one' } as const;
const verdicts: Readonly<Record<Verdict, string>> = { open: '', taken: 'Accepted', dropped: 'Dropped' };

/** One proposal: what would be filed, in which words it was said, and the desk's three answers. */
export function ProposalCard(props: CardProps) {
  const { item, place, current, editing } = props;
  const { figure, proposal, verdict } = item;
  return (
    <li class={`proposal proposal-${verdict}${current ? ' proposal-at' : ''}`} id={`proposal-${place}`}>
      <div class="proposal-head">
        <span class="proposal-number" aria-hidden="true">
          {place + 1}
        </span>
        <p class="proposal-said">
          <strong>{quantityDraftInWords(figure.quantity)}</strong> {cellDraftInWords(figure, locale) ?? 'no cell yet'}
          <Tags figure={figure} />
        </p>
        <span class={`confidence confidence-${confidenceWord(proposal.confidence)}`}>
          {verdict === 'open' ? confidences[confidenceWord(proposal.confidence)] : verdicts[verdict]}
        </span>
      </div>
      <p class="proposal-words">
        “{figure.words}”, <Said figure={figure} />
      </p>
      {verdict === 'open' && rulesInWords(proposal) !== '' && <p class="small">{rulesInWords(proposal)}</p>}
      <Answers {...props} />
      {editing && (
        <FigureFields
          figure={figure}
          onFigure={props.onFigure}
          at={`/copy/${place}`}
          outlet={props.outlet}
          before={props.before}
        />
      )}
    </li>
  );
}

function Tags({ figure }: { readonly figure: FigureDraft }) {
  const tags = [basisInWords(figure.basis), figure.hedged ? 'hedged' : ''].filter((tag) => tag !== '');
  return tags.length === 0 ? null : <span class="quiet-text"> ({tags.join(', ')})</span>;
}

function Said({ figure }: { readonly figure: FigureDraft }) {
  const [speaker, ...relays] = figure.attribution ?? [];
  if (speaker === undefined) return <span>said by the report’s speaker</span>;
  return (
    <span>
      {speaker.name}
      <span class="quiet-text">
        {' '}
        ({kindInWords(speaker.kind).split(',')[0]})
        {relays.length > 0 && `, by way of ${relays.map(({ name }) => name).join(', ')}`}
      </span>
    </span>
  );
}

function Answers({ item, place, editing, onFocus, onVerdict, onEdit }: CardProps) {
  const { verdict } = item;
  const which = ` figure ${place + 1}`;
  return (
    <div class="proposal-answers">
      <button
        type="button"
        class="answer"
        id={`accept-${place}`}
        aria-keyshortcuts="a"
        aria-pressed={verdict === 'taken'}
        onFocus={onFocus}
        onClick={() => {
          onVerdict(verdict === 'taken' ? 'open' : 'taken');
        }}
      >
        Accept<span class="visually-hidden">{which}</span> <kbd aria-hidden="true">A</kbd>
      </button>
      <button
        type="button"
        class="answer"
        aria-keyshortcuts="e"
        aria-expanded={editing}
        onFocus={onFocus}
        onClick={() => {
          onEdit(!editing);
        }}
      >
        Edit<span class="visually-hidden">{which}</span> <kbd aria-hidden="true">E</kbd>
      </button>
      <button
        type="button"
        class="answer"
        aria-keyshortcuts="d"
        aria-pressed={verdict === 'dropped'}
        onFocus={onFocus}
        onClick={() => {
          onVerdict(verdict === 'dropped' ? 'open' : 'dropped');
        }}
      >
        Drop<span class="visually-hidden">{which}</span> <kbd aria-hidden="true">D</kbd>
      </button>
    </div>
  );
}
