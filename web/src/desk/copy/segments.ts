import type { Span } from '../../extract/article.js';

/** A stretch of the article under the same marks. */
export interface Segment {
  readonly text: string;
  /** Places of the proposals whose words these are. */
  readonly marks: readonly number[];
  /** Places of those whose first words begin here: they carry the number. */
  readonly begins: readonly number[];
}

/** A text cut where marks begin and end; marks may lie within one another. */
export function segmentsOf(text: string, spans: readonly (readonly Span[])[]): readonly Segment[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of spans.flat()) {
    cuts.add(start);
    cuts.add(end);
  }
  const edges = [...cuts].toSorted((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length;
    const placed = spans.map((list, place) => ({ place, list }));
    return {
      text: text.slice(start, end),
      marks: placed
        .filter(({ list }) => list.some((span) => span.start <= start && end <= span.end))
        .map(({ place }) => place),
      begins: placed.filter(({ list }) => list[0]?.start === start).map(({ place }) => place),
    };
  });
}
