import type { Estimate } from '../api/shapes.js';
import type { FeedState } from '../feed/feed-client.js';
import { splitQualifier, type NumberWords } from '../words/format-number.js';
import type { TimeWords } from '../words/format-time.js';
import { readCell } from '../tally/cell-text.js';
import { measureName } from '../words/names.js';
import { splitPhrase } from '../words/split-phrase.js';

/** What an element says of its number. */
export interface TallyWords {
  /** "at least", or nothing. */
  readonly words: string;
  readonly number: string;
  readonly measure: string;
  readonly said: string;
  /** The range reported and the floor confirmed, where they say more than the number. */
  readonly range: string;
}

export function tallyWords(estimate: Estimate, numbers: NumberWords): TallyWords {
  const { lead, rest } = splitPhrase(estimate.phrase, numbers.best(estimate.best));
  const { words, number } = splitQualifier(lead);
  const { best, reported, confirmed, status } = estimate;
  const isWider = reported !== null && (reported.low !== best?.low || reported.high !== (best.high ?? best.low));
  const said = [
    isWider ? `Reported ${numbers.spoken(reported)}` : '',
    confirmed === null ? '' : `confirmed at least ${numbers.count(confirmed)}`,
    status === 'contested' ? 'accounts differ' : '',
  ].filter((text) => text !== '');
  const range = said.join('; ');
  return {
    words,
    number,
    measure: measureName(readCell(estimate.cell).measure).toLowerCase(),
    said: rest,
    range: range.charAt(0).toUpperCase() + range.slice(1),
  };
}

export interface StateWords {
  readonly tone: 'live' | 'waiting' | 'away';
  readonly text: string;
}

/**
 * The state of the feed: a number on a page never looks current when it is not.
 * @param fresh whether the number shown is what the service last said
 * @param stale whether a later event of the incident cannot be read, so that its numbers stand still
 * @param contactAt when the service was last heard, Unix milliseconds
 */
export function stateWords(
  state: FeedState,
  contactAt: number | null,
  { fresh, stale }: { readonly fresh: boolean; readonly stale: boolean },
  times: TimeWords,
): StateWords {
  const asOf = contactAt === null ? '' : times.dateTime(new Date(contactAt).toISOString());
  if (state.phase === 'live' && stale) return { tone: 'away', text: 'Out of date: later reports cannot be read' };
  if (state.phase === 'live' && fresh) return { tone: 'live', text: 'Live' };
  if (state.phase === 'away' || (state.phase === 'live' && !fresh))
    return { tone: 'away', text: asOf === '' ? 'Not available now' : `Not updating; as of ${asOf}` };
  return { tone: 'waiting', text: asOf === '' ? 'Connecting' : `Reconnecting; as of ${asOf}` };
}
