import { streamOf } from '../domain/event-codec.js';
import { warningsOf } from '../domain/warnings/warnings.js';
import type { EventLog } from '../log/event-log.js';
import { foldRecorded } from '../projections/fold-recorded.js';
import { LoadedIncident } from '../projections/loaded-incident.js';
import { filingsOf } from '../projections/recorded-filing.js';
import { type AnswerText, answerOf, shownOf } from './filing-answer.js';

/**
 * The first answer to a filing that is in the log, worked out again from the events up to it: the same, since answers
 * are made of events alone.
 * @returns `null` where the stream does not hold the filing
 * @throws LogUnavailableError, PoisonedError
 */
export const answerAgain = async (log: EventLog, slug: string, filingId: string): Promise<AnswerText | null> => {
  const incident = new LoadedIncident(slug, log.epoch);
  for await (const batch of log.readStream(streamOf(slug)))
    for (const filing of filingsOf(batch)) {
      const { events, changes } = foldRecorded(incident, filing);
      if (events[0]?.meta.filing !== filingId) continue;
      const warnings = warningsOf(events, incident.ledger);
      const { epoch, position, positionOf } = incident;
      const folded = { events, changes, warnings, shown: shownOf(incident.ledger.state) };
      return answerOf(folded, { epoch, position, positionOf });
    }
  return null;
};
