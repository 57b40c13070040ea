import { overlaps } from '../tally/interval.js';
import type { Reading } from '../tally/readings.js';
import type { Warning } from '../tally/shapes.js';
import { otherRelays, readValue, type FiledFigure, type WarningContext } from './filed-figure.js';
import { range } from './wording.js';

/** Another outlet carries the same statement (one speaker, one moment) with a number that cannot be true with this one. */
export const relayDisagrees = (figure: FiledFigure, context: WarningContext): Warning | null => {
  if (!figure.value.numeric) return null;
  const relays = otherRelays(figure, context);
  if (relays.length === 0) return null;
  // An outlet counts once, by what it filed last.
  const byOutlet = new Map<string, Reading>();
  for (const other of relays)
    if (other.outlet !== figure.reading.outlet && (figure.corrected || other.seq < figure.reading.seq))
      byOutlet.set(other.outlet, other);
  const disagreeing = [...byOutlet.values()].filter((other) => {
    const value = readValue(other, context.tallier);
    return value.numeric && !overlaps(value, figure.value);
  });
  const [first] = disagreeing;
  if (first === undefined) return null;
  return {
    code: 'relayDisagrees',
    pointer: figure.pointer,
    detail: `${first.record.report.outlet} has ${range(readValue(first, context.tallier))} for the same statement, this report ${range(figure.value)}. One of them is wrong: check with the speaker.`,
    related: disagreeing.map(({ id }) => id),
  };
};
