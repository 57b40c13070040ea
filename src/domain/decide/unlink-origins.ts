import { events, refuse, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';

/** Removes one link; what other links join stays joined. */
export const unlinkOrigins = ({ state }: Incident, command: CommandOf<'unlinkOrigins'>): Draft => {
  const { link, reason } = command;
  if (state.links.has(link)) return events([{ type: 'OriginsUnlinked', data: { link, reason } }], { link });
  return state.formerLinks.has(link)
    ? unchanged({ link })
    : refuse('link-not-found', `${state.slug} has no link ${link}.`);
};
