import { useEffect, useMemo, useRef } from 'preact/hooks';
import { segmentsOf } from './segments.js';
import type { Item } from './take-figures.js';

interface MarkedProps {
  readonly text: string;
  readonly items: readonly Item[];
  /** The proposal that the desk is at. */
  readonly at: number | null;
  readonly onPick: (place: number) => void;
}

/** The article with the words of each proposal marked and numbered. */
export function MarkedArticle({ text, items, at, onPick }: MarkedProps) {
  const segments = useMemo(
    () =>
      segmentsOf(
        text,
        items.map(({ proposal }) => proposal.spans),
      ),
    [text, items],
  );
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = at === null ? null : box.current?.querySelector(`[data-marks~="${at}"]`);
    if (!(mark instanceof HTMLElement) || box.current === null) return;
    // Within the article alone: the page itself stays where the desk is.
    const { top, height } = mark.getBoundingClientRect();
    const frame = box.current.getBoundingClientRect();
    if (top < frame.top || top + height > frame.bottom) box.current.scrollTop += top - frame.top - frame.height / 3;
  }, [at]);
  return (
    <div
      ref={box}
      class={items.length === 0 ? 'marked-article' : 'marked-article marked-scrolls'}
      role="region"
      aria-label="The article, marked"
    >
      {segments.map((segment, index) => {
        const [first] = segment.marks;
        if (first === undefined) return <span key={index}>{segment.text}</span>;
        const inner = segment.marks.at(-1) ?? first;
        const verdict = items[inner]?.verdict ?? 'open';
        return (
          <mark
            key={index}
            data-marks={segment.marks.join(' ')}
            class={[`mark-${verdict}`, at !== null && segment.marks.includes(at) ? 'mark-at' : ''].join(' ')}
          >
            {segment.begins.map((place) => (
              <button
                key={place}
                type="button"
                class="mark-number"
                aria-label={`To figure ${place + 1}`}
                onClick={() => {
                  onPick(place);
                }}
              >
                {place + 1}
              </button>
            ))}
            {segment.text}
          </mark>
        );
      })}
    </div>
  );
}
