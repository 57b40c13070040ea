import type { AttributionLink } from '../../../src/domain/schema/report.js';
import { figure, type History } from './history.js';

/** Files one figure with its chain of attribution in full, as outlets carry it. @returns its id */
export const carries = (
  history: History,
  chain: readonly AttributionLink[],
  at: { readonly outlet?: string; readonly publishedAt: string; readonly statedAt?: string },
  ...[cell, number, rest]: Parameters<typeof figure>
): string => {
  const id = history.id();
  const report = `rep_${history.id()}`;
  history.filing([
    {
      type: 'ReportFiled',
      data: {
        report,
        outlet: at.outlet ?? 'Wire',
        publishedAt: at.publishedAt,
        ...(at.statedAt === undefined ? {} : { statedAt: at.statedAt }),
        attribution: [...chain],
        bodyHash: '',
        figures: 1,
      },
    },
    { type: 'FigureReported', id, data: { figure: id, report, place: 0, ...figure(cell, number, rest) } },
  ]);
  return id;
};
