import type { FiledEvent } from './events.js';
import { explanationKey, type IncidentState } from './incident-state.js';
import { speakerOf } from './repeated-parts.js';

type Undo = () => void;

const nothing: Undo = () => undefined;

/** Puts one entry of a map back; one that was taken out goes where it was, since lists are shown in the order made. */
const undoEntry = <V>(map: Map<string, V>, key: string): Undo => {
  const before = map.get(key);
  if (before === undefined) return () => map.delete(key);
  const entries = [...map];
  return () => {
    if (map.has(key)) map.set(key, before);
    else {
      map.clear();
      for (const [each, value] of entries) map.set(each, value);
    }
  };
};

const undoData = (state: IncidentState, event: FiledEvent): Undo => {
  switch (event.type) {
    case 'IncidentOpened':
    case 'IncidentAmended':
    case 'IncidentClosed': {
      const { slug, status, scheme } = state;
      return () => Object.assign(state, { slug, status, scheme });
    }
    case 'ReportFiled': {
      const undo = undoEntry(state.reports, event.data.report);
      const speaker = speakerOf(event.data.attribution);
      const last = state.lastQuoting.get(speaker);
      return () => {
        undo();
        if (last === undefined) state.lastQuoting.delete(speaker);
        else state.lastQuoting.set(speaker, last);
      };
    }
    case 'FigureReported': {
      const undo = undoEntry(state.figures, event.data.figure);
      const { report } = event.data;
      return () => {
        undo();
        const record = state.reports.get(report);
        if (record !== undefined) record.figures = record.figures.slice(0, -1);
      };
    }
    case 'FigureCorrected':
    case 'FigureRetracted':
    case 'AttributionDenied':
    case 'FigureReinstated': {
      const figure = state.figures.get(event.data.figure);
      if (figure === undefined) return nothing;
      const { current, corrections, withdrawals, reinstated } = figure;
      return () => Object.assign(figure, { current, corrections, withdrawals, reinstated });
    }
    case 'OriginsLinked':
      return undoEntry(state.links, event.data.link);
    case 'OriginsUnlinked': {
      const { link } = event.data;
      const undo = undoEntry(state.links, link);
      const isKnown = state.formerLinks.has(link);
      return () => {
        undo();
        if (!isKnown) state.formerLinks.delete(link);
      };
    }
    case 'SpeakerGraded':
      return undoEntry(state.grades, event.data.origin);
    case 'EstimatePinned':
    case 'EstimateUnpinned':
      return undoEntry(state.pins, event.data.cell);
    case 'RevisionExplained':
      return undoEntry(state.explanations, explanationKey(event.data.event, event.data.cell));
    default:
      return event satisfies never;
  }
};

const keyUndo = ({ keys }: IncidentState, { meta: { desk, key } }: FiledEvent): Undo => {
  if (key === undefined) return nothing;
  const ofDesk = keys.get(desk);
  return ofDesk === undefined ? () => keys.delete(desk) : undoEntry(ofDesk, key);
};

/**
 * How to take an event that is about to be folded into a state out again: after it, and after whatever was folded in
 * later was taken out. What it costs does not grow with the incident's figures.
 */
export const undoOf = (state: IncidentState, event: FiledEvent): Undo => {
  const { eventCount, lastRecordedAt, lastFiling } = state;
  const lastSeq = lastFiling?.lastSeq ?? 0;
  const undoEvent = undoData(state, event);
  const undoKey = keyUndo(state, event);
  return () => {
    undoEvent();
    undoKey();
    Object.assign(state, { eventCount, lastRecordedAt, lastFiling });
    // Of the same filing, which goes on being folded into.
    if (lastFiling !== null) lastFiling.lastSeq = lastSeq;
  };
};
