import { bounds } from '../bounds.js';
import { encodeEvent } from '../event-codec.js';
import type { FiledEvent } from '../events.js';

// Nearly all of what is stored is ASCII, which this tells many times faster than a look at each unit.
const beyondAscii = /[^\0-\x7f]/u;

/** Length of a text in UTF-8, in bytes. A lone surrogate counts as the three bytes of what replaces it. */
export const utf8Bytes = (text: string): number => {
  let bytes = text.length;
  if (!beyondAscii.test(text)) return bytes;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1))) {
      // Two units, four bytes.
      bytes += 2;
      at += 1;
    } else bytes += 2;
  }
  return bytes;
};

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/**
 * An event as the log keeps it: id, type, data and meta as JSON, in this order. It is made once, for its size and for
 * the log.
 */
export const storedText = (event: FiledEvent, meta = JSON.stringify(encodeEvent(event).meta)): string => {
  const { type, data } = encodeEvent(event);
  return `{"id":"${event.id}","type":"${type}","data":${JSON.stringify(data)},"meta":${meta}}`;
};

/** The events of one filing as the log keeps them: what they carry alike, all but their place, is made JSON once. */
export const storedTexts = (filing: readonly FiledEvent[]): string[] => {
  const [first] = filing;
  if (first === undefined) return [];
  const meta = JSON.stringify(encodeEvent(first).meta);
  // No text inside can be taken for the member: there its quotation marks would be escaped.
  const before = `"place":${first.meta.place},`;
  return filing.map((event) => storedText(event, meta.replace(before, `"place":${event.meta.place},`)));
};

/**
 * How many bytes a filing takes as stored, or, where it is too large to be one atomic append, why, with its name and
 * number.
 * @param texts of the events, as stored
 */
export const sizeOf = (filing: readonly FiledEvent[], texts: readonly string[]): number | string => {
  let total = 0;
  for (let place = 0; place < texts.length; place += 1) {
    const bytes = utf8Bytes(texts[place] ?? '');
    if (bytes > bounds.eventBytesMax)
      return `Event ${place} of the filing (${filing[place]?.type ?? ''}) takes ${bytes} bytes as stored, at most ${bounds.eventBytesMax} are allowed.`;
    total += bytes;
  }
  return total > bounds.filingBytesMax
    ? `The filing takes ${total} bytes as stored, at most ${bounds.filingBytesMax} are allowed.`
    : total;
};
