import type { Token } from './tokens.js';

/** A number of people as far as the vocabulary goes. */
export const peopleMax = 1_000_000_000;

const units: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const scales: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
  billion: 1_000_000_000,
  m: 1_000_000,
  mn: 1_000_000,
};

export interface NumberRead {
  readonly value: number;
  /** The token after the number. */
  readonly end: number;
}

const hyphened = (word: string): readonly string[] => word.split('-');

/** Whether a token is made of number words alone: "seven", "sixty-one". */
export const isNumberWord = (word: string): boolean =>
  hyphened(word).every((part) => Object.hasOwn(units, part) || Object.hasOwn(scales, part));

const digits = (text: string): number => Number(text.replaceAll(',', ''));

/**
 * A whole number that begins at a token: "1,200", "forty-two", "three hundred and five", "1.5 million", "two dozen",
 * "half a dozen". `null` where none does. "A dozen" is a vague word and read with the quantities.
 */
export function readNumber(tokens: readonly Token[], at: number): NumberRead | null {
  const first = tokens[at];
  if (first === undefined) return null;
  if (first.lower === 'half' && tokens[at + 1]?.lower === 'a' && tokens[at + 2]?.lower === 'dozen')
    return { value: 6, end: at + 3 };
  if (first.lower === 'half-a-dozen' || first.lower === 'half-dozen') return { value: 6, end: at + 1 };
  const read = first.kind === 'number' ? readDigits(tokens, at, first) : readWords(tokens, at);
  if (read === null) return null;
  const dozens = tokens[read.end]?.lower === 'dozen' ? { value: read.value * 12, end: read.end + 1 } : read;
  return Number.isInteger(dozens.value) && dozens.value <= peopleMax ? dozens : null;
}

function readDigits(tokens: readonly Token[], at: number, first: Token): NumberRead | null {
  let value = digits(first.text);
  let end = at + 1;
  // "15 thousand", "1.5 million"; "2 hundred thousand".
  for (let scale = scales[tokens[end]?.lower ?? '']; scale !== undefined; scale = scales[tokens[end]?.lower ?? '']) {
    value = Math.round(value * scale);
    end += 1;
  }
  return { value, end };
}

function readWords(tokens: readonly Token[], at: number): NumberRead | null {
  let total = 0;
  let current: number | null = null;
  let end = at;
  const startsWithArticle =
    (tokens[at]?.lower === 'a' || tokens[at]?.lower === 'an') && Object.hasOwn(scales, tokens[at + 1]?.lower ?? '');
  if (startsWithArticle) {
    current = 1;
    end = at + 1;
  }
  for (;;) {
    const word = tokens[end]?.lower;
    if (word === undefined) break;
    const before: number | null = current;
    const joined = word === 'and' && before !== null && before >= 100 && isNumberWord(tokens[end + 1]?.lower ?? '');
    if (joined && !Object.hasOwn(scales, tokens[end + 1]?.lower ?? '')) {
      // "Three hundred and five" is one number; "one hundred and two hundred" are two.
      const followed = readNumberPart(tokens[end + 1]?.lower ?? '');
      if (followed === null || followed >= 100 || Object.hasOwn(scales, tokens[end + 2]?.lower ?? '')) break;
      if (before % 100 !== 0) break;
      end += 1;
      continue;
    }
    const parts = hyphened(word);
    if (!isNumberWord(word)) break;
    let ok = true;
    for (const part of parts) {
      const next = step(total, current, part);
      if (next === null) {
        ok = false;
        break;
      }
      [total, current] = next;
    }
    if (!ok) break;
    end += 1;
  }
  return current === null ? null : { value: total + current, end };
}

const readNumberPart = (word: string): number | null => {
  let value = 0;
  for (const part of hyphened(word)) {
    const unit = units[part];
    if (unit === undefined) return null;
    value += unit;
  }
  return value;
};

/** One more number word, or `null` where it begins another number ("two" after "three"). */
function step(total: number, current: number | null, word: string): [number, number] | null {
  const unit = units[word];
  if (unit !== undefined) {
    if (current === null || (current === 0 && total > 0)) return [total, unit];
    const room = current % 100;
    if (room === 0 && current > 0) return [total, current + unit];
    return room >= 20 && room % 10 === 0 && unit > 0 && unit < 10 ? [total, current + unit] : null;
  }
  const scale = scales[word];
  if (scale === undefined || current === null) return null;
  return scale === 100 ? [total, current * 100] : [total + current * scale, 0];
}
