import type { Best } from '../domain/tally/shapes.js';
import type { IncidentOnWire, RevisionOnWire, TallyOnWire } from '../projections/wire.js';

/** What XML 1.0 cannot hold at all. */
const unwritable = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const xml = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>"]/gu, (mark) => entities[mark] ?? mark);

const bestText = (best: Best | null | undefined): string => {
  if (best === null || best === undefined) return 'no estimate';
  if (best.point !== null) return best.low === best.high ? String(best.point) : `about ${best.point}`;
  if (best.high === null) return `at least ${best.low}`;
  return best.low === best.high ? String(best.low) : `${best.low} to ${best.high}`;
};

const titleOf = ({ cell, before, after }: RevisionOnWire): string =>
  before === null
    ? `${cell}: ${bestText(after?.best)}`
    : `${cell}: ${bestText(before.best)} → ${bestText(after?.best)}`;

const summaryOf = ({ after, direction, reason, fall, unexplained, explanation }: RevisionOnWire): string => {
  const why = fall && unexplained ? 'unexplained fall' : (explanation?.reason ?? reason);
  return `${after?.phrase ?? 'withdrawn'} (${direction}; ${why})`;
};

/** An incident's revisions as an Atom feed (RFC 4287), the newest first. @param revisions newest first */
export function atomOf(
  { slug, title, place }: Pick<IncidentOnWire, 'slug' | 'title' | 'place'>,
  { epoch }: Pick<TallyOnWire, 'epoch'>,
  revisions: readonly RevisionOnWire[],
  openedAt: string,
): string {
  const id = `urn:tollbook:${epoch}:${slug}`;
  const page = `/incidents/${slug}`;
  const entries = revisions.map(
    (revision) => `  <entry>
    <id>${xml(`${id}:revision:${revision.number}`)}</id>
    <title>${xml(titleOf(revision))}</title>
    <updated>${xml(revision.explanation?.at ?? revision.recordedAt)}</updated>
    <published>${xml(revision.recordedAt)}</published>
    <category term="${xml(revision.reason)}"/>
    <link rel="alternate" type="text/html" href="${xml(page)}"/>
    <summary>${xml(summaryOf(revision))}</summary>
  </entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${xml(id)}</id>
  <title>${xml(`${title}, ${place}`)}</title>
  <updated>${xml(revisions[0]?.recordedAt ?? openedAt)}</updated>
  <author><name>Tollbook</name></author>
  <link rel="self" type="application/atom+xml" href="${xml(`/v1/incidents/${slug}/export?format=atom`)}"/>
  <link rel="alternate" type="text/html" href="${xml(page)}"/>
${entries.join('')}</feed>
`;
}
