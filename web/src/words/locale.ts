import { chooseLocale } from './choose-locale.js';
import { numberWords } from './format-number.js';
import { timeWords } from './format-time.js';
import { valueNames } from './names.js';

export const locale = chooseLocale(navigator.languages);
export const numbers = numberWords(locale);
export const times = timeWords(locale);
export const nameOfValue = valueNames(locale);
