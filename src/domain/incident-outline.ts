import type { FiledEvent } from './events.js';
import type { Scheme } from './schema/incident.js';

/** What an incident is, apart from its figures. */
export interface SchemeState {
  slug: string;
  status: 'absent' | 'open' | 'closed';
  scheme: Scheme | null;
}

/**
 * As much of an incident as the list of incidents shows, and as it takes to tell whether its next event can be folded, in
 * a fiftieth of the room that its whole state takes. Ids are kept as hashes: of four thousand million events that name a
 * figure which was never reported, one may pass here, and is then found when the incident itself is folded.
 */
export interface IncidentOutline extends SchemeState {
  /** Lists take a third of the room of sets, and what is asked for is nearly always among the last. */
  readonly reports: number[];
  readonly figures: number[];
}

export const initialOutline = (): IncidentOutline => ({
  slug: '',
  status: 'absent',
  scheme: null,
  reports: [],
  figures: [],
});

/** Folds one recorded event into the outline, in place. @throws where `evolve` throws on the same event, and the same */
export const evolveOutline = (outline: IncidentOutline, event: FiledEvent): void => {
  switch (event.type) {
    case 'IncidentOpened':
    case 'IncidentAmended':
    case 'IncidentClosed':
      evolveScheme(outline, event);
      break;
    case 'ReportFiled':
      outline.reports.push(hashOf(event.data.report));
      break;
    case 'FigureReported': {
      const { figure, report } = event.data;
      if (!isAmong(outline.reports, report)) throw noReportOf(figure, report);
      outline.figures.push(hashOf(figure));
      break;
    }
    case 'FigureCorrected':
    case 'FigureRetracted':
    case 'AttributionDenied':
    case 'FigureReinstated':
      if (!isAmong(outline.figures, event.data.figure)) throw noFigure(event.data.figure);
      break;
    case 'OriginsLinked':
    case 'OriginsUnlinked':
    case 'SpeakerGraded':
    case 'EstimatePinned':
    case 'EstimateUnpinned':
    case 'RevisionExplained':
      break;
    default:
      event satisfies never;
  }
};

const isAmong = (hashes: readonly number[], id: string): boolean => hashes.lastIndexOf(hashOf(id)) !== -1;

/** FNV-1a of 32 bits, as a whole number that takes no room of its own. */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash;
};

/** Folds in what changes the incident itself. */
export const evolveScheme = (
  state: SchemeState,
  event: Extract<FiledEvent, { type: 'IncidentOpened' | 'IncidentAmended' | 'IncidentClosed' }>,
): void => {
  switch (event.type) {
    case 'IncidentOpened':
      state.slug = event.data.slug;
      state.status = 'open';
      state.scheme = event.data.scheme;
      break;
    case 'IncidentAmended':
      if (state.scheme === null) throw new Error('the incident was amended before it was opened');
      state.scheme = { ...state.scheme, ...event.data.changes };
      if (event.data.reopened) state.status = 'open';
      break;
    case 'IncidentClosed':
      state.status = 'closed';
      break;
    default:
      event satisfies never;
  }
};

export const noFigure = (figure: string): Error => new Error(`figure ${figure} is not in the stream`);

export const noReportOf = (figure: string, report: string): Error =>
  new Error(`figure ${figure} belongs to report ${report}, which is not in the stream`);
