// Whatever a report says, it must not move the cursor, colour the screen or hide a line of the terminal it is shown on.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Text of others on one line, without control characters. */
export const printable = (text: string): string => text.replace(unprintable, ' ');

const zeroWidth = /^(?:\p{Mark}|\p{Format})+$/u;
const doubleWidth =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns a text takes on a terminal. */
export const widthOf = (text: string): number => {
  // Nearly all text is of this kind, and counts itself.
  if (/^[\u0020-\u007e\u2010-\u2027]*$/u.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text))
    if (!zeroWidth.test(segment)) width += doubleWidth.test(segment) ? 2 : 1;
  return width;
};
