import { readFileSync } from 'node:fs';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import type { ReportAsFiled } from '../../../src/domain/schema/report.js';
import { History, plainScheme } from './history.js';

type SampleReport = ReportAsFiled & { readonly ref: string };

const sample = JSON.parse(
  readFileSync(new URL('../../../sample/in-amenas-2013.json', import.meta.url), 'utf8'),
) as unknown as { readonly incident: Partial<Scheme> & { readonly slug: string }; readonly reports: SampleReport[] };

/** References of the sample's reports, in order of publication. */
export const references: readonly string[] = sample.reports
  .toSorted((a, b) => Date.parse(a.publishedAt) - Date.parse(b.publishedAt))
  .map(({ ref }) => ref);

/** In Amenas, filed report by report straight into a ledger. */
export class SampleHistory extends History {
  /** `r08.1`: the first figure of that report. */
  readonly #ids = new Map<string, string>();

  constructor() {
    const { slug: _slug, ...scheme } = sample.incident;
    super({ ...plainScheme, ...scheme });
  }

  file(ref: string): ReturnType<History['filing']> {
    const report = sample.reports.find((each) => each.ref === ref);
    if (report === undefined) throw new Error(`the sample has no ${ref}`);
    const id = `rep_${ref}`;
    for (const place of report.figures.keys()) this.#ids.set(`${ref}.${place + 1}`, this.id());
    const idOf = (name: string): string => this.#ids.get(name) ?? '';
    return this.filing([
      {
        type: 'ReportFiled',
        data: {
          report: id,
          outlet: report.outlet,
          publishedAt: report.publishedAt,
          ...(report.statedAt === undefined ? {} : { statedAt: report.statedAt }),
          attribution: report.attribution,
          bodyHash: '',
          figures: report.figures.length,
        },
      },
      ...report.figures.map(({ of, ...figure }, place) => ({
        type: 'FigureReported' as const,
        id: idOf(`${ref}.${place + 1}`),
        data: {
          figure: idOf(`${ref}.${place + 1}`),
          report: id,
          place,
          ...figure,
          ...(of === undefined ? {} : { of: of.map(idOf) }),
        },
      })),
    ]);
  }
}
