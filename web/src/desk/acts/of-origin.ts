import { gradesPath, linksPath } from '../../api/paths.js';
import { getJson, type Asking } from '../../api/request.js';
import type { Grade, OriginLink, Page } from '../../api/shapes.js';
import { kindInWords } from '../../words/sentences.js';

/** What editors have decided about one origin. */
export interface OfOrigin {
  /** Links that it is in, each with the other one. */
  readonly links: readonly { readonly id: string; readonly other: string; readonly reason: string }[];
  /** The kind that it was moved to; `null` where it is as filed. */
  readonly grade: Grade | null;
}

export const nothingDecided: OfOrigin = { links: [], grade: null };

/** As many as the service gives at once. */
const limit = 1_000;

/** @throws RequestError */
export async function readOfOrigin(slug: string, origin: string, asking: Asking): Promise<OfOrigin> {
  const [links, grades] = await Promise.all([
    getJson<Page<OriginLink>>(linksPath(slug, { limit }), asking),
    getJson<Page<Grade>>(gradesPath(slug, { limit }), asking),
  ]);
  return {
    links: links.data.flatMap(({ id, origins: [a, b], reason }) =>
      a === origin || b === origin ? [{ id, other: a === origin ? b : a, reason }] : [],
    ),
    grade: grades.data.find((grade) => grade.origin === origin) ?? null,
  };
}

/** "Counts as witness, as filed." */
export function nowOfKind(filed: string | undefined, grade: Grade | null): string {
  const kind = kindInWords(grade?.kind ?? filed ?? 'press').split(',')[0] ?? '';
  if (grade === null) return `Counts as ${kind}, as filed.`;
  const { desk, person } = grade.filedBy;
  return `Counts as ${kind}, moved there by ${person ?? desk}: ${grade.reason}.`;
}
