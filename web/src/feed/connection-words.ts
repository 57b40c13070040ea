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

/** The state of the connection in words: never a number on the page without its age. */
export function connectionWords(state: FeedState, contactAt: number, now: number, times: TimeWords): ConnectionWords {
  const asOf = `${times.clockSeconds(contactAt)}, ${ageInWords(now - contactAt)}`;
  switch (state.phase) {
    case 'connecting':
      return { tone: 'waiting', label: 'Connecting', age: `Numbers as of ${asOf}` };
    case 'live':
      return { tone: 'live', label: 'Live', age: `Up to date at ${asOf}` };
    case 'reconnecting':
      return { tone: 'waiting', label: 'Reconnecting', age: `Numbers as of ${asOf}` };
    case 'away':
      return { tone: 'away', label: `Away since ${times.clock(state.since)}`, age: `Numbers as of ${asOf}` };
  }
}
