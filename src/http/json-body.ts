import { isUtf8 } from 'node:buffer';
import { findDuplicate } from './duplicate-member.js';
import { ProblemError } from './problems.js';
import { isRecord } from './unknowns.js';

/** Upper bound of a request's body, in bytes. */
export const bodyBytesMax = 256 * 1024;

/** How deep arrays and objects may stand in one another: what is deeper would overflow the stack of a validator. */
export const nestingDepthMax = 64;

/**
 * Reads a body as strictly as RFC 8259 and I-JSON ask: well-formed UTF-8, one JSON value, no member given twice. A
 * second member of one name would silently win over the first, and one reader would see 30 dead where another sees 3.
 * @throws ProblemError 400
 */
export const readJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) throw new ProblemError('body-required', 'The body is empty; a JSON object is needed.');
  if (!isUtf8(bytes)) throw new ProblemError('invalid-utf8', 'The body has bytes that are no UTF-8.');
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    throw new ProblemError('invalid-json', `The body cannot be read as JSON: ${messageOf(error)}.`);
  }
  const { colons, hasFractions } = marksIn(text);
  // Each member has one colon outside strings, in the text; a member given twice is there once in the value.
  if (countMembers(value, 0) !== colons) {
    const pointer = findDuplicate(text);
    throw new ProblemError('duplicate-member', `The member ${pointer} is given twice.`, {
      errors: [{ pointer, rule: 'given once', detail: 'This member is given more than once.' }],
    });
  }
  return hasFractions ? (JSON.parse(text, keepFraction) as unknown) : value;
};

/**
 * A number with a fraction too fine to hold (0.99999999999999999) is read as the whole number beside it, which nobody
 * said. It stays a number with a fraction, for the schema to refuse.
 */
const keepFraction = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && Number.isInteger(value) && hasFraction(context?.source ?? '') ? value + 0.5 : value;

/** Whether the decimal number, written out, has a digit other than 0 after its point. */
const hasFraction = (source: string): boolean => {
  const { whole = '', fraction = '', exponent = '0' } = numberPattern.exec(source)?.groups ?? {};
  const digits = `${whole}${fraction}`;
  const lastDigit = digits.search(/0*$/u);
  return /[1-9]/u.test(digits) && whole.length + Number(exponent) < lastDigit;
};

const numberPattern = /^-?(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[-+]?\d+))?$/u;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'it is malformed');

const countMembers = (value: unknown, depth: number): number => {
  if (!isRecord(value)) return 0;
  if (depth >= nestingDepthMax)
    throw new ProblemError('nested-too-deep', `Arrays and objects may be nested ${nestingDepthMax} deep at most.`);
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item, depth + 1);
    return count;
  }
  const members = Object.values(value);
  for (const member of members) count += countMembers(member, depth + 1);
  return count + members.length;
};

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

const point = 0x2e;
const minus = 0x2d;

/** What stands outside strings: colons, and numbers that may have a fraction. The text has been parsed: every string ends. */
const marksIn = (text: string): { readonly colons: number; readonly hasFractions: boolean } => {
  let colons = 0;
  let hasFractions = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === colon) colons += 1;
    else if (character === quote) {
      at += 1;
      for (let inside = text.charCodeAt(at); inside !== quote; inside = text.charCodeAt(at))
        at += inside === backslash ? 2 : 1;
    } else if (character === point || (character === minus && isExponentMark(text.charCodeAt(at - 1))))
      hasFractions = true;
  }
  return { colons, hasFractions };
};

const isExponentMark = (character: number): boolean => character === 0x65 || character === 0x45;
