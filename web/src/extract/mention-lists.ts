import type { Token } from '../words-to-figures/tokens.js';
import type { Mention } from './mention-shape.js';

/** Whether only commas and "and" stand between two mentions. */
export function joined(tokens: readonly Token[], left: Mention, right: Mention): boolean {
  if (right.start < left.end) return false;
  const between = tokens.slice(left.end, right.start).map(({ lower }) => lower);
  return (
    between.length > 0 &&
    between.every(
      (word) =>
        word === ',' ||
        word === 'and' ||
        word === 'or' ||
        word === 'plus' ||
        word === 'as' ||
        word === 'well' ||
        word === 'along' ||
        word === 'with' ||
        word === 'together',
    )
  );
}

/** The mentions of the list that one stands in, itself included. */
export function listOf(tokens: readonly Token[], mentions: readonly Mention[], mention: Mention): readonly Mention[] {
  const flat = mentions.filter((other) => other === mention || !contains(other, mention));
  const index = flat.indexOf(mention);
  let [first, last] = [index, index];
  while (first > 0 && joined(tokens, flat[first - 1] as Mention, flat[first] as Mention)) first -= 1;
  while (last + 1 < flat.length && joined(tokens, flat[last] as Mention, flat[last + 1] as Mention)) last += 1;
  return flat.slice(first, last + 1);
}

export const contains = (outer: Mention, inner: Mention): boolean =>
  outer !== inner && outer.start <= inner.start && inner.end <= outer.end;
