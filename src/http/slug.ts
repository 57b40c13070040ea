import { isIncidentSlug } from '../domain/schema/text.js';
import { ProblemError } from './problems.js';

/** What is no slug names no incident; the log is not even asked. */
export const slugOf = (text: string): string => {
  if (isIncidentSlug(text)) return text;
  throw new ProblemError(
    'incident-not-found',
    'There is no incident of this name: a slug has lower-case letters, digits and dashes.',
  );
};
