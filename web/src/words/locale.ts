import { numberWords } from './format-number.js';
import { timeWords } from './format-time.js';
import { valueNames } from './names.js';

/** The reader's own locale for digits and dates; the words around them are English for now. */
export const locale = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
export const numbers = numberWords(locale);
export const times = timeWords(locale);
export const nameOfValue = valueNames(locale);
