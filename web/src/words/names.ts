import { readCell, sideOf } from '../tally/cell-text.js';

/** `presumedDead` and `statoil-staff` as words. */
const spaced = (id: string): string =>
  id
    .replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
    .replaceAll(/[-_]/gu, ' ')
    .toLowerCase();

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const measureName = (measure: string): string => capital(spaced(measure));

export function whoName(who: string): string {
  const side = sideOf(who);
  if (side !== null) return `All ${spaced(side)}`;
  return who === 'all' ? 'All sides together' : capital(spaced(who));
}

export const keyName = (key: string): string => capital(spaced(key));

const nationalities: Readonly<Record<string, string>> = {
  foreign: 'Foreign nationals',
  unknown: 'Nationality unknown',
  stateless: 'Stateless',
};

/** Names of breakdown values; countries in the reader's language. */
export function valueNames(locale: string): (key: string, value: string) => string {
  const regions = new Intl.DisplayNames([locale], { type: 'region' });
  return (key, value) => {
    if (key === 'nationality') {
      if (/^[A-Z]{2}$/u.test(value)) return regions.of(value) ?? value;
      return nationalities[value] ?? capital(spaced(value));
    }
    return capital(spaced(value));
  };
}

/** A cell in words, for sentences and labels: "Killed: hostages, Japan". */
export function cellName(text: string, locale: string): string {
  const cell = readCell(text);
  const nameOf = valueNames(locale);
  const who = whoName(cell.who);
  const parts = [
    cell.who === 'all' || sideOf(cell.who) !== null ? who.charAt(0).toLowerCase() + who.slice(1) : who.toLowerCase(),
    ...cell.breakdown.map(([key, value]) => nameOf(key, value)),
  ];
  return `${measureName(cell.measure)}: ${parts.join(', ')}`;
}

/** Whom a cell counts, without its measure, where that is said beside it: "Hostages, Japan". */
export function whomName(text: string, locale: string): string {
  const { who, breakdown } = readCell(text);
  const nameOf = valueNames(locale);
  return [whoName(who), ...breakdown.map(([key, value]) => nameOf(key, value))].join(', ');
}

/** An origin's id in words: "algerian-government", "reuters @ apa". */
export const originName = (origin: string): string => capital(spaced(origin));
