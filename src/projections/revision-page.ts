import type { RevisionBody } from '../domain/tally/shapes.js';
import type { MethodId } from '../domain/vocabulary.js';
import { type List, listOf, pageOf, type Paging } from './paging.js';
import { revisionOnWire } from './wire.js';

export interface RevisionsQuery extends Paging {
  readonly cell?: string | undefined;
  readonly method?: MethodId | undefined;
}

/** A page of a history. */
export const pageOfRevisions = (
  revisions: readonly RevisionBody[],
  positionOf: (seq: number) => string,
  query: RevisionsQuery,
): List => {
  const wanted = query.cell;
  const { items, hasMore } = pageOf(
    revisions,
    ({ number }) => BigInt(number),
    query,
    wanted === undefined ? undefined : ({ cell }) => cell === wanted,
  );
  const data = items.map((revision) => revisionOnWire(revision, positionOf));
  return listOf(data, hasMore, ({ number }) => number);
};
