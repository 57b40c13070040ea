import type { Figure } from '../api/shapes.js';
import type { Clock } from '../past/moments.js';
import { originName } from '../words/names.js';

/** Origins that get a colour and a shape of their own; the others share one. */
export const originsShownMax = 5;

/** One reported figure on the chart. */
export interface Mark {
  readonly id: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly low: number;
  /** `null` is an open end. */
  readonly high: number | null;
  /** Place of its origin in the key; `originsShownMax` for one of the others. */
  readonly origin: number;
  readonly speaker: string;
  readonly outlet: string;
  /** Not retracted, denied, or corrected away. */
  readonly counts: boolean;
}

export interface ShownOrigin {
  readonly origin: string;
  readonly speaker: string;
  /** How many figures of it are on the chart. */
  readonly count: number;
}

export interface Marks {
  readonly marks: readonly Mark[];
  readonly origins: readonly ShownOrigin[];
  /** Figures of origins beyond those. */
  readonly others: number;
}

export const speakerOf = (figure: Pick<Figure, 'attribution' | 'origin'>): string =>
  figure.attribution[0]?.name ?? figure.origin;

const withdrawn = new Set(['retracted', 'denied']);

/** A mark for each reported figure. The origins reported most often are told apart; ties by who came first. */
export function marksOf(figures: readonly Figure[], clock: Clock): Marks {
  const counts = new Map<string, { speaker: string; count: number }>();
  for (const figure of figures) {
    const known = counts.get(figure.origin);
    const speaker = speakerOf(figure);
    if (known === undefined) counts.set(figure.origin, { speaker, count: 1 });
    else {
      known.count += 1;
      // Several people spoke for it: it goes by its own name.
      if (known.speaker !== speaker) known.speaker = originName(figure.origin);
    }
  }
  const ranked = [...counts].toSorted(([, a], [, b]) => b.count - a.count);
  const origins = ranked.slice(0, originsShownMax).map(([origin, of]) => ({ origin, ...of }));
  const place = new Map(origins.map(({ origin }, at) => [origin, at]));
  return {
    marks: figures.map((figure) => ({
      id: figure.id,
      at: Date.parse(clock === 'published' ? figure.publishedAt : figure.recordedAt),
      low: figure.interval.low,
      high: figure.interval.high,
      origin: place.get(figure.origin) ?? originsShownMax,
      speaker: speakerOf(figure),
      outlet: figure.outlet,
      counts: !withdrawn.has(figure.state),
    })),
    origins,
    others: ranked.slice(originsShownMax).reduce((sum, [, { count }]) => sum + count, 0),
  };
}
