import { canonicalName } from '../origin.js';
import { events, refuseFor, unchanged, type CommandOf, type Draft, type Filing, type Incident } from './decision.js';

/** Two speakers are one origin. Names in canonical form, so that they are those which the tally gives. */
export const linkOrigins = ({ state }: Incident, command: CommandOf<'linkOrigins'>, filing: Filing): Draft => {
  const [a, b] = [canonicalName(command.origins[0]), canonicalName(command.origins[1])];
  if (a === b)
    return refuseFor('invalid-decision', 'The link', [
      { pointer: '/origins/1', rule: 'two origins', detail: `${a} is the same origin already.` },
    ]);
  for (const { id, origins } of state.links.values())
    if (origins.includes(a) && origins.includes(b)) return unchanged({ link: id });
  const link = `lnk_${filing.filingId.replaceAll('-', '')}`;
  return events([{ type: 'OriginsLinked', data: { link, origins: [a, b], reason: command.reason } }], { link });
};
