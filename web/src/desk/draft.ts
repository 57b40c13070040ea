import type { QuantityKind } from '../api/shapes.js';

/*
 * A report as it is being written: what stands in the fields, right or wrong. `draft-body.ts` makes of it what is filed.
 */

export interface LinkDraft {
  readonly name: string;
  readonly kind: string;
  readonly named: boolean;
  readonly id: string;
  readonly body: string;
  /** The earlier speaker that kind, id and body were taken from; they go again when the name becomes another. */
  readonly takenFrom: string;
  /** An origin that the desk says is this one: to be linked once the report is filed. */
  readonly sameAs: string;
}

/** A plain date where `time` is empty; else an instant, in UTC. */
export interface TimeDraft {
  readonly date: string;
  readonly time: string;
}

export interface QuantityDraft {
  readonly kind: QuantityKind | '';
  /** The number, or the lower of two. */
  readonly value: string;
  readonly high: string;
  readonly word: string;
}

export interface FigureDraft {
  /** Its identity in this draft; other figures name it by this in `of`. */
  readonly key: string;
  /** The line that it was typed as; empty where it came otherwise. */
  readonly line: string;
  readonly measure: string;
  /** A group's id, or `side:` and a side. */
  readonly who: string;
  readonly breakdown: readonly (readonly [key: string, value: string])[];
  readonly quantity: QuantityDraft;
  readonly words: string;
  readonly basis: string;
  /** Ids of figures filed before, and keys of earlier figures of this draft. */
  readonly of: readonly string[];
  readonly hedged: boolean;
  readonly reason: string;
  /** `null` where it is its report's. */
  readonly attribution: readonly LinkDraft[] | null;
  readonly statedAt: TimeDraft;
}

export interface ReportDraft {
  readonly outlet: string;
  readonly url: string;
  readonly publishedAt: TimeDraft;
  readonly statedAt: TimeDraft;
  readonly attribution: readonly LinkDraft[];
  readonly note: string;
  readonly figures: readonly FigureDraft[];
  /** What stands in the line that has not become a figure yet. */
  readonly line: string;
}

export const noTime: TimeDraft = { date: '', time: '' };
export const noLink: LinkDraft = { name: '', kind: '', named: true, id: '', body: '', takenFrom: '', sameAs: '' };
const noQuantity: QuantityDraft = { kind: '', value: '', high: '', word: '' };

export const blankReport: ReportDraft = {
  outlet: '',
  url: '',
  publishedAt: noTime,
  statedAt: noTime,
  attribution: [noLink],
  note: '',
  figures: [],
  line: '',
};

export const blankFigure = (key: string): FigureDraft => ({
  key,
  line: '',
  measure: '',
  who: '',
  breakdown: [],
  quantity: noQuantity,
  words: '',
  basis: 'total',
  of: [],
  hedged: false,
  reason: '',
  attribution: null,
  statedAt: noTime,
});

const isBlankLink = (link: LinkDraft): boolean => link.name === '' && link.kind === '' && link.id === '';

/** Whether nothing would be lost with it. */
export const isBlankReport = (draft: ReportDraft): boolean =>
  draft.figures.length === 0 &&
  draft.attribution.every(isBlankLink) &&
  [draft.outlet, draft.url, draft.note, draft.line, draft.publishedAt.date, draft.statedAt.date].every(
    (text) => text.trim() === '',
  );

/** A time as it is filed, taken apart for its fields. */
export function timeDraftOf(time: string | null): TimeDraft {
  if (time === null) return noTime;
  if (time.length === 10) return { date: time, time: '' };
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return noTime;
  const iso = new Date(ms).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 23).replace(/(?::00)?\.000$/u, '') };
}

/** A key that no other figure of the draft has. */
export function nextKey(figures: readonly FigureDraft[]): string {
  const highest = figures.reduce((most, { key }) => Math.max(most, Number(key.slice(1)) || 0), 0);
  return `f${highest + 1}`;
}
