import type { Revision } from '../api/shapes.js';
import { mergeRevisions } from './apply-frame.js';
import { isAfter } from './position.js';

/** Revisions newest first without a gap, and where to go on reading (`null`: that is all). */
export interface History {
  readonly revisions: readonly Revision[];
  readonly next: string | null;
}

/**
 * Joins the newest page, just read, with what is known. After a long cut the pages between may be missing: then what
 * is older than the page is let go, rather than shown with a gap. The feed may have been faster than the page, so what
 * is newer in what is known stays, and so does an explanation.
 */
export function joinHistory(page: History, known: History | null): History {
  const newest = page.revisions[0];
  if (known === null) return page;
  if (newest === undefined) return known;
  const oldest = page.revisions.at(-1) ?? newest;
  const [newestKnown] = known.revisions;
  const oldestKnown = known.revisions.at(-1);
  const touches = page.next === null || (newestKnown !== undefined && !isAfter(oldest.number, newestKnown.number));
  const kept = known.revisions.filter(
    (revision) =>
      isAfter(revision.number, newest.number) ||
      revision.explanation !== null ||
      isAfter(oldest.number, revision.number),
  );
  if (!touches) {
    return {
      revisions: mergeRevisions(
        page.revisions,
        kept.filter((of) => !isAfter(oldest.number, of.number)),
      ),
      next: page.next,
    };
  }
  const reachesFurther = oldestKnown !== undefined && isAfter(oldest.number, oldestKnown.number);
  return { revisions: mergeRevisions(page.revisions, kept), next: reachesFurther ? known.next : page.next };
}
