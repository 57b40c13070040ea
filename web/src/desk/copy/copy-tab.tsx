import { useEffect, useState } from 'preact/hooks';
import { numbers } from '../../words/locale.js';
import type { ReportDraft } from '../draft.js';
import { CopyForm } from './copy-form.js';
import { MarkedArticle } from './marked-article.js';
import { ProposalCard } from './proposal-card.js';
import { withTaken, type Item, type Verdict } from './take-figures.js';
import { useAnswerKeys } from './use-answer-keys.js';
import { useCopy, type CopyUse } from './use-copy.js';
import '../../style/copy.css';

interface CopyTabProps {
  readonly draft: ReportDraft;
  /** The report's draft with the figures that the desk accepted; nothing is filed by it. */
  readonly onTake: (draft: ReportDraft) => void;
}

/** Wire copy to figures: an article is pasted, its figures are proposed, the desk answers each. */
export default function CopyTab({ draft, onTake }: CopyTabProps) {
  const use = useCopy();
  const { copy, items } = use;
  if (items === null) return <CopyForm copy={copy} onCopy={use.setCopy} onRead={use.read} />;
  return (
    <Judging
      use={use}
      items={items}
      onTake={() => {
        onTake(withTaken(draft, items, copy));
        use.restart();
      }}
    />
  );
}

const counted = (count: number, one: string, many: string): string =>
  `${numbers.count(count)} ${count === 1 ? one : many}`;

function Judging({
  use,
  items,
  onTake,
}: {
  readonly use: CopyUse;
  readonly items: readonly Item[];
  readonly onTake: () => void;
}) {
  const [at, setAt] = useState<number>(0);
  const [editing, setEditing] = useState<number | null>(null);
  const taken = items.filter(({ verdict }) => verdict === 'taken').length;
  const open = items.filter(({ verdict }) => verdict === 'open').length;
  const go = (place: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, place));
    setAt(next);
    document.getElementById(`accept-${next}`)?.focus();
  };
  useEffect(() => {
    // Whoever asked for the figures is at the first of them.
    document.getElementById(items.length === 0 ? 'copy-back' : 'accept-0')?.focus();
  }, []);
  const judge = (place: number, verdict: Verdict): void => {
    use.judge(place, verdict);
    if (verdict === 'open') return;
    setEditing(null);
    const after = items.findIndex((item, other) => other > place && item.verdict === 'open');
    if (after === -1) go(place);
    else go(after);
  };
  useAnswerKeys({
    a: () => {
      judge(at, items[at]?.verdict === 'taken' ? 'open' : 'taken');
    },
    d: () => {
      judge(at, items[at]?.verdict === 'dropped' ? 'open' : 'dropped');
    },
    e: () => {
      setEditing(editing === at ? null : at);
    },
    ArrowDown: () => {
      go(at + 1);
    },
    ArrowUp: () => {
      go(at - 1);
    },
    Escape: () => {
      setEditing(null);
      go(at);
    },
  });
  return (
    <div class="copy-judging">
      <div class="copy-bar">
        <p role="status">
          {items.length === 0
            ? 'No figure was found in it. That is no proof that there is none.'
            : `${counted(items.length, 'figure', 'figures')} proposed, ${numbers.count(open)} to answer, ${numbers.count(taken)} accepted`}
        </p>
        <div class="copy-acts">
          <button
            type="button"
            id="copy-back"
            class="link"
            onClick={() => {
              use.setCopy({});
            }}
          >
            Back to the text
          </button>
          <button type="button" class="button button-main" disabled={taken === 0} onClick={onTake}>
            {taken === 0 ? 'Put into the report' : `Put ${counted(taken, 'figure', 'figures')} into the report`}
          </button>
        </div>
      </div>
      <div class="copy-columns">
        <MarkedArticle text={use.copy.text} items={items} at={at} onPick={go} />
        <ol class="proposals" aria-label="Proposed figures">
          {items.map((item, place) => (
            <ProposalCard
              key={item.figure.key}
              item={item}
              place={place}
              current={place === at}
              editing={editing === place}
              outlet={use.copy.outlet}
              before={items.slice(0, place).map(({ figure }) => figure)}
              onFocus={() => {
                setAt(place);
              }}
              onVerdict={(verdict) => {
                judge(place, verdict);
              }}
              onEdit={(isOpen) => {
                setEditing(isOpen ? place : null);
              }}
              onFigure={(figure) => {
                use.edit(place, figure);
              }}
            />
          ))}
        </ol>
      </div>
      <p class="small">
        Nothing is filed from here: accepted figures go into the report, where you see what they change before you file.
      </p>
    </div>
  );
}
