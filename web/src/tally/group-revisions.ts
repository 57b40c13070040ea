import type { Revision } from '../api/shapes.js';

/** What one filing changed: what somebody said, and what only follows from that by adding up. */
export interface FilingChanges {
  readonly position: string;
  readonly recordedAt: string;
  readonly publishedAt: string | null;
  readonly said: readonly Revision[];
  readonly followed: readonly Revision[];
}

/** An unexplained fall, and the headline, are never put away as a mere consequence. */
const follows = (revision: Revision, headline: string): boolean =>
  revision.reason === 'addsUp' && revision.cell !== headline && !(revision.fall && revision.unexplained);

/** Revisions, given newest first, by the filing that made them; in a filing the headline first, then by number. */
export function groupRevisions(revisions: readonly Revision[], headline: string): readonly FilingChanges[] {
  const filings = new Map<string, Revision[]>();
  for (const revision of revisions) {
    const of = filings.get(revision.position);
    if (of === undefined) filings.set(revision.position, [revision]);
    else of.unshift(revision);
  }
  return [...filings].flatMap(([position, of]) => {
    const [first] = of;
    if (first === undefined) return [];
    const ordered = of.toSorted((a, b) => Number(b.cell === headline) - Number(a.cell === headline));
    return [
      {
        position,
        recordedAt: first.recordedAt,
        publishedAt: first.publishedAt,
        said: ordered.filter((revision) => !follows(revision, headline)),
        followed: ordered.filter((revision) => follows(revision, headline)),
      },
    ];
  });
}
