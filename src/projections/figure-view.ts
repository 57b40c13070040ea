import { cellOf, cellText } from '../domain/cell.js';
import type { FigureRecord } from '../domain/incident-state.js';
import { originNameOf } from '../domain/origin.js';
import { inUtc } from '../domain/schema/time.js';
import { explainCell } from '../domain/tally/explain.js';
import { readQuantity } from '../domain/tally/interval.js';
import { tallierFor } from '../domain/tally/ledger.js';
import type { LoadedIncident } from './loaded-incident.js';

export type FigureState = 'standing' | 'superseded' | 'corrected' | 'retracted' | 'denied';

/** A figure's cell, as corrected. */
export const cellOfFigure = (figure: FigureRecord): string => cellText(cellOf(figure.current));

/**
 * Shows figures of one incident as they count now: a corrected one with what the correction says, one withdrawn with
 * what it said. What is worked out of a cell is worked out once for all figures shown together.
 */
export const figureViewer = (incident: LoadedIncident) => {
  const { ledger, positionOf } = incident;
  const lexicon = ledger.state.scheme?.lexicon ?? 'plain/1';
  const supersededByCell = new Map<string, ReadonlySet<string>>();

  const supersededIn = (cell: string): ReadonlySet<string> => {
    const known = supersededByCell.get(cell);
    if (known !== undefined) return known;
    const found = new Set<string>();
    for (const { use, by, figures } of explainCell(ledger, cell)?.statements ?? [])
      // Words that were passed over stand no more than what was replaced.
      if (use === 'superseded' || (use === 'words' && by !== null)) for (const figure of figures) found.add(figure);
    supersededByCell.set(cell, found);
    return found;
  };

  const stateOf = (figure: FigureRecord, cell: string): FigureState => {
    const withdrawn = tallierFor(ledger).withdrawnBy(figure.id);
    if (withdrawn !== undefined) return withdrawn.by.kind === 'denied' ? 'denied' : 'retracted';
    if (figure.corrections.length > 0) return 'corrected';
    return supersededIn(cell).has(figure.id) ? 'superseded' : 'standing';
  };

  return (figure: FigureRecord) => {
    const { report, current, meta } = figure;
    const cell = cellOfFigure(figure);
    const attribution = current.attribution ?? report.attribution;
    const statedAt = current.statedAt ?? report.statedAt;
    const { low, high } = readQuantity(current.quantity, lexicon);
    return {
      id: figure.id,
      report: report.id,
      cell,
      position: positionOf(figure.seq),
      recordedAt: meta.recordedAt,
      statedAt: statedAt === undefined ? null : inUtc(statedAt),
      publishedAt: inUtc(report.publishedAt),
      outlet: report.outlet,
      url: report.url ?? null,
      attribution,
      origin: originNameOf(attribution, report.outlet),
      quantity: current.quantity,
      words: current.words ?? null,
      interval: { low, high },
      basis: current.basis ?? 'total',
      of: current.of ?? [],
      hedged: current.hedged ?? false,
      state: stateOf(figure, cell),
      filedBy: { desk: meta.desk, person: meta.person },
    };
  };
};

/** A figure as it is answered. */
export type FigureOnWire = ReturnType<ReturnType<typeof figureViewer>>;
