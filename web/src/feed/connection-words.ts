import { ageInWords, type TimeWords } from '../words/format-time.js';
import type { FeedState } from './feed-client.js';

export type Tone = 'live' | 'waiting' | 'away';

export interface ConnectionWords {
  readonly tone: Tone;
  /** Short and steady, so that a screen reader hears it once and not each second. */
  readonly label: string;
  /** The age of what is shown; changes with the clock. */
  readonly age: string;
}

/** What keeps numbers from being current although the connection is. */
export interface Behind {
  readonly stale: boolean;
  readonly lagEvents: number;
  readonly lagSeconds: number;
}

/** A shorter lag is the ordinary time between an event's writing and its showing. */
const lagSecondsMax = 5;

/** The state of the connection in words: never a number on the page without its age. */
export function connectionWords(
  state: FeedState,
  contactAt: number,
  now: number,
  times: TimeWords,
  behind: Behind,
): ConnectionWords {
  const asOf = `${times.clockSeconds(contactAt)}, ${ageInWords(now - contactAt)}`;
  switch (state.phase) {
    case 'connecting':
      return { tone: 'waiting', label: 'Connecting', age: `Numbers as of ${asOf}` };
    case 'live':
      if (behind.stale) return { tone: 'away', label: 'Out of date', age: `Connected, ${asOf}` };
      if (behind.lagSeconds > lagSecondsMax) {
        const lag = `${behind.lagEvents} ${behind.lagEvents === 1 ? 'event' : 'events'}`;
        return { tone: 'waiting', label: 'Behind', age: `The service has ${lag} still to show, ${asOf}` };
      }
      return { tone: 'live', label: 'Live', age: `Up to date at ${asOf}` };
    case 'reconnecting':
      return { tone: 'waiting', label: 'Reconnecting', age: `Numbers as of ${asOf}` };
    case 'away':
      return { tone: 'away', label: `Away since ${times.clock(state.since)}`, age: `Numbers as of ${asOf}` };
  }
}
