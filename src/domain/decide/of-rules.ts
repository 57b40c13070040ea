import { cellOf, cellText } from '../cell.js';
import type { FieldError } from '../refusal.js';
import type { FigureAsFiled } from '../schema/report.js';

/** The figures that one figure may name in its `of`. */
export interface Nameable {
  /** The figure at a place (from 0) of the same report, where it stands earlier than the one that names it. */
  readonly earlier: (place: number) => NamedFigure | null;
  /** The figure of this id, where it was filed before the one that names it. */
  readonly filed: (id: string) => NamedFigure | null;
}

export interface NamedFigure {
  readonly id: string;
  /** As it stands now, corrections applied. */
  readonly figure: FigureAsFiled;
}

const reference = /^#(0|[1-9][0-9]{0,5})$/u;

/**
 * What a figure's `of` names, as ids, and what is wrong with it. It goes with the bases additional (one figure, of the
 * same cell) and sum (any), and points back only, so that there are no cycles.
 */
export const resolveOf = (
  figure: FigureAsFiled,
  nameable: Nameable,
  at: string,
): { readonly ids: readonly string[] | undefined; readonly errors: readonly FieldError[] } => {
  const { of } = figure;
  if (of === undefined) return { ids: undefined, errors: [] };
  const basis = figure.basis ?? 'total';
  if (basis !== 'additional' && basis !== 'sum')
    return {
      ids: undefined,
      errors: [
        {
          pointer: `${at}/of`,
          rule: 'only with additional or sum',
          detail: `A figure of basis ${basis} is not counted from others: of goes with additional and sum.`,
        },
      ],
    };
  const errors: FieldError[] = [];
  if (basis === 'additional' && of.length > 1)
    errors.push({
      pointer: `${at}/of`,
      rule: 'one figure',
      detail: 'A number is additional to one figure; one that is put together from several is a sum.',
    });
  const ids: string[] = [];
  for (const [place, name] of of.entries()) {
    const pointer = `${at}/of/${place}`;
    const [, earlierPlace] = reference.exec(name) ?? [];
    const named = earlierPlace === undefined ? nameable.filed(name) : nameable.earlier(Number(earlierPlace));
    if (named === null) {
      errors.push(
        name.startsWith('#')
          ? {
              pointer,
              rule: 'earlier figure of this report',
              detail: `${name} is no figure that stands earlier in the report (#0 is its first).`,
            }
          : { pointer, rule: 'figure filed before', detail: `${name} is no figure filed before in this incident.` },
      );
      continue;
    }
    if (ids.includes(named.id))
      errors.push({ pointer, rule: 'unique', detail: `${name} names a figure that is already named.` });
    ids.push(named.id);
    if (basis === 'additional') {
      const [own, other] = [cellText(cellOf(figure)), cellText(cellOf(named.figure))];
      if (own !== other)
        errors.push({
          pointer,
          rule: 'same cell',
          detail: `${name} is about ${other}: only a figure of the same cell, ${own}, can be added to.`,
        });
    }
  }
  return { ids, errors };
};
