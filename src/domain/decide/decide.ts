import type { Command } from '../commands.js';
import type { EventMeta, FiledEvent } from '../events.js';
import type { IncidentState } from '../incident-state.js';
import { amendIncident } from './amend-incident.js';
import { correctFigure } from './correct-figure.js';
import { refuse, type DecideContext, type Decision, type Draft, type Filing, type Incident } from './decision.js';
import { denyAttribution } from './deny-attribution.js';
import { explainRevision } from './explain-revision.js';
import { fileReport } from './file-report.js';
import { sizeOf, storedTexts } from './filing-size.js';
import { gradeSpeaker } from './grade-speaker.js';
import { linkOrigins } from './link-origins.js';
import { openIncident } from './open-incident.js';
import { pinEstimate } from './pin-estimate.js';
import { reinstateFigure } from './reinstate-figure.js';
import { retractFigure } from './retract-figure.js';
import { retractReport } from './retract-report.js';
import { unlinkOrigins } from './unlink-origins.js';
import { unpinEstimate } from './unpin-estimate.js';

/**
 * What a command comes to in an incident as it stands: the events of one filing, nothing (it is so already), or a
 * refusal with every rule that it breaks. Pure: the clock and the ids come in the context, and the state is not
 * changed. A command has passed its schema; nothing here throws for one that has.
 */
export const decide = (state: IncidentState, command: Command, context: DecideContext): Decision => {
  const filing = filingOf(state, context);
  const draft = draftOf(state, command, filing);
  if (draft.kind !== 'events') return draft;
  const events = draft.events.map((event, place): FiledEvent => ({
    ...event,
    id: filing.idOf(place),
    meta: metaOf(filing, context, place, draft.events.length),
  }));
  const texts = storedTexts(events);
  const size = sizeOf(events, texts);
  return typeof size === 'number'
    ? { kind: 'events', events, texts, bytes: size, subject: draft.subject }
    : refuse('filing-too-large', size);
};

const draftOf = (state: IncidentState, command: Command, filing: Filing): Draft => {
  if (command.kind === 'openIncident') return openIncident(state, command);
  const { scheme } = state;
  if (state.status === 'absent' || scheme === null) return refuse('incident-not-found', 'There is no such incident.');
  const incident: Incident = { state, scheme };
  switch (command.kind) {
    case 'amendIncident':
      return amendIncident(incident, command);
    case 'fileReport':
      return fileReport(incident, command, filing);
    case 'retractReport':
      return retractReport(incident, command, filing);
    case 'correctFigure':
      return correctFigure(incident, command);
    case 'retractFigure':
      return retractFigure(incident, command, filing);
    case 'denyAttribution':
      return denyAttribution(incident, command);
    case 'reinstateFigure':
      return reinstateFigure(incident, command);
    case 'linkOrigins':
      return linkOrigins(incident, command, filing);
    case 'unlinkOrigins':
      return unlinkOrigins(incident, command);
    case 'gradeSpeaker':
      return gradeSpeaker(incident, command);
    case 'pinEstimate':
      return pinEstimate(incident, command);
    case 'unpinEstimate':
      return unpinEstimate(incident, command);
    case 'explainRevision':
      return explainRevision(incident, command, filing);
    default:
      return command satisfies never;
  }
};

/** Characters of an instant as `toISOString` writes it, which is how the clock tells it: their order is that of times. */
const instantLength = '2020-01-01T00:00:00.000Z'.length;

const isInstant = (time: string): boolean => time.length === instantLength && time.endsWith('Z');

const filingOf = ({ lastRecordedAt }: IncidentState, context: DecideContext): Filing => {
  const { now } = context;
  const nowMs = Date.parse(now);
  // Nearly always the clock went on since, which the texts tell.
  const isLater = isInstant(now) && (lastRecordedAt === null || (isInstant(lastRecordedAt) && lastRecordedAt <= now));
  // A clock that was put back must not put an event before the one that it follows.
  const recordedMs = isLater || lastRecordedAt === null ? nowMs : Math.max(nowMs, Date.parse(lastRecordedAt));
  const ids: string[] = [];
  return {
    recordedAt: isLater ? now : new Date(recordedMs).toISOString(),
    recordedMs,
    filingId: context.filingId,
    // Asked once a place: a figure is named by its own event's id, whoever makes the ids.
    idOf: (place) => (ids[place] ??= context.newId(place)),
    ledger: context.ledger,
  };
};

const metaOf = (filing: Filing, { meta }: DecideContext, place: number, size: number): EventMeta => {
  const { recordedAt, filingId } = filing;
  const { desk, person, correlationId, key, bodyHash } = meta;
  return key === undefined || bodyHash === undefined
    ? { recordedAt, filing: filingId, place, size, desk, person, correlationId }
    : { recordedAt, filing: filingId, place, size, desk, person, correlationId, key, bodyHash };
};
