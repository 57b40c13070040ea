import { z } from 'zod';

const lastMomentMs = 24 * 60 * 60 * 1000 - 1;

export const dateSchema = z.iso.date();

/** An RFC 3339 instant, with its offset, or a plain date where the hour is not known. */
export const timeSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'must be an RFC 3339 instant or a plain date',
});

/** First moment (epoch ms, UTC) that a time can mean: the instant itself, or the date's first moment. */
export const earliestMs = (time: string): number => Date.parse(time);

/** Last moment (epoch ms, UTC) that a time can mean: the instant itself, or the date's last moment. */
export const latestMs = (time: string): number =>
  time.length === 10 ? Date.parse(time) + lastMomentMs : Date.parse(time);

/** RFC 3339 UTC, the one form in which times leave the domain. */
export const toInstant = (ms: number): string => {
  if (ms === lastMs) return lastInstant;
  const text = new Date(ms).toISOString();
  // Whole seconds are written without a fraction, as reports write them.
  lastInstant = text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
  lastMs = ms;
  return lastInstant;
};

// A filing tells of one moment several times: it is written once, and what is kept of it is one text.
let lastMs = NaN;
let lastInstant = '';

/** A time as filed, for an answer: an instant in UTC, whatever its offset was; a plain date as it is. */
export const inUtc = (time: string): string =>
  time.length === 10 || time.endsWith('Z') ? time : toInstant(Date.parse(time));
