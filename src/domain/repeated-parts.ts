import type { ReportFiled } from './events.js';
import type { AttributionLink } from './schema/report.js';

/** Speaker's name in the first link of a report's chain, by which the last report that quoted it is found. */
export const speakerOf = (attribution: readonly AttributionLink[]): string => attribution[0]?.name ?? '';

/** Equal in members, values and order: as answers show them, the two are the same bytes. */
const sameLink = (a: AttributionLink, b: AttributionLink): boolean => {
  const names = Object.keys(a) as (keyof AttributionLink)[];
  const others = Object.keys(b);
  return names.length === others.length && names.every((name, place) => name === others[place] && a[name] === b[name]);
};

export const sameChain = (a: readonly AttributionLink[], b: readonly AttributionLink[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((link, place) => {
      const other = b[place];
      return other !== undefined && sameLink(link, other);
    }));

/** The parts of a report that reports of one speaker mostly have alike. */
interface Repeated {
  readonly outlet: string;
  readonly url: string | undefined;
  readonly publishedAt: string;
  readonly statedAt: string | undefined;
  readonly attribution: readonly AttributionLink[];
}

/**
 * A report's own parts, or, where they are equal, those of the last report with the same speaker: who is quoted daily
 * is quoted by the same chain each day, and every report of an incident is kept. Equal texts are one text as well.
 * @param last the last report with the same speaker
 */
export const repeatedParts = (last: Repeated | undefined, data: ReportFiled['data']): Repeated => {
  const { publishedAt } = data;
  const statedAt = data.statedAt === publishedAt ? publishedAt : data.statedAt;
  if (last === undefined)
    return { outlet: data.outlet, url: data.url, publishedAt, statedAt, attribution: data.attribution };
  return {
    outlet: last.outlet === data.outlet ? last.outlet : data.outlet,
    url: last.url === data.url ? last.url : data.url,
    publishedAt,
    statedAt,
    attribution: sameChain(last.attribution, data.attribution) ? last.attribution : data.attribution,
  };
};
