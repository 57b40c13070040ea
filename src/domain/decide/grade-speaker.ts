import { canonicalName } from '../origin.js';
import { events, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';

/** Moves a speaker to another kind, for all its figures. The kind that a grade already gave it changes nothing. */
export const gradeSpeaker = ({ state }: Incident, command: CommandOf<'gradeSpeaker'>): Draft => {
  const { kind, reason } = command.grade;
  const origin = canonicalName(command.grade.origin);
  return state.grades.get(origin)?.kind === kind
    ? unchanged()
    : events([{ type: 'SpeakerGraded', data: { origin, kind, reason } }]);
};
