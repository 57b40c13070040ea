import { cellOf, cellText } from '../domain/cell.js';
import type { Command } from '../domain/commands.js';
import type { FiledEvent } from '../domain/events.js';
import type { IncidentState } from '../domain/incident-state.js';
import type { Changes, Warning } from '../domain/tally/shapes.js';
import type { Position } from '../log/event-log.js';
import { incidentOnWire, revisionOnWire } from '../projections/wire.js';

/** Of the incident, what its own answer shows, as it was right after the filing. */
export type IncidentShown = Pick<IncidentState, 'slug' | 'status' | 'scheme'>;

export const shownOf = ({ slug, status, scheme }: IncidentState): IncidentShown => ({ slug, status, scheme });

/** One filing, folded in. */
export interface FoldedFiling {
  readonly events: readonly FiledEvent[];
  readonly changes: Changes;
  readonly warnings: readonly Warning[];
  readonly shown: IncidentShown;
}

export interface Placed {
  readonly epoch: string;
  /** Position of the filing's last event. */
  readonly position: Position;
  readonly positionOf: (seq: number) => string;
}

/** An answer as it is sent. */
export interface AnswerText {
  readonly json: string;
  /** Id of what was made, where the answer names it. */
  readonly made: string | null;
}

const textOf = (body: object): AnswerText => ({
  json: JSON.stringify(body),
  made: 'id' in body && typeof body.id === 'string' ? body.id : null,
});

/** The answer to a filing. It is made of the events alone, so that a repeat of the request can be given it again. */
export const answerOf = (filing: FoldedFiling, placed: Placed): AnswerText => textOf(bodyOf(filing, placed));

const bodyOf = ({ events, changes, warnings, shown }: FoldedFiling, placed: Placed): object => {
  const position = String(placed.position);
  const revisions = changes.revisions.map((revision) => revisionOnWire(revision, placed.positionOf));
  const [first] = events;
  switch (first?.type) {
    case 'ReportFiled': {
      const figures = events.flatMap((event) =>
        event.type === 'FigureReported' ? [{ id: event.data.figure, cell: cellText(cellOf(event.data)) }] : [],
      );
      return { id: first.data.report, epoch: placed.epoch, position, figures, revisions, warnings };
    }
    case 'IncidentOpened':
    case 'IncidentAmended':
    case 'IncidentClosed':
      return { ...incidentOnWire(shown, placed.position), revisions, warnings };
    case 'OriginsLinked':
      return { id: first.data.link, position, revisions, warnings };
    default:
      return { position, revisions, warnings };
  }
};

/** The answer where all is already so. */
export const unchangedAnswer = (
  command: Command,
  subject: { readonly report?: string; readonly link?: string },
  shown: IncidentShown,
  position: Position,
): AnswerText => textOf(unchangedBody(command, subject, shown, position));

const unchangedBody = (
  command: Command,
  subject: { readonly report?: string; readonly link?: string },
  shown: IncidentShown,
  position: Position,
): object => {
  const rest = { position: String(position), revisions: [], warnings: [] };
  if (command.kind === 'openIncident' || command.kind === 'amendIncident')
    return { ...incidentOnWire(shown, position), revisions: [], warnings: [] };
  return command.kind === 'linkOrigins' && subject.link !== undefined ? { id: subject.link, ...rest } : rest;
};

/** POST makes something and answers 201; PATCH, PUT and DELETE answer 200. */
export const statusOf = (command: Command): 200 | 201 => {
  switch (command.kind) {
    case 'amendIncident':
    case 'unlinkOrigins':
    case 'pinEstimate':
    case 'unpinEstimate':
      return 200;
    default:
      return 201;
  }
};
