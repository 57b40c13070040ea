import { countryName } from '../words-to-figures/demonyms.js';
import type { Speaker } from './speakers.js';

/** "their governments said": each people's own, an authority about it. */
export function governmentOf(nationality: string | undefined): Speaker | null {
  if (nationality === undefined) return null;
  const country = countryName(nationality);
  if (country === null) return null;
  return {
    name: `Government of ${country}`,
    kind: 'authority',
    named: true,
    sure: true,
    nationality,
    relays: [],
    words: new Set(['government']),
    person: false,
  };
}

/** "a Reuters tally", "a count by AFP": the press's own sum; whose it is. `null` for other names. */
export function unnamedTally(name: string): string | null {
  const own = /^(.+?)(?:'s)? (?:news agency )?(?:tally|count|toll|calculation|calculations)(?: of .*)?$/iu.exec(name);
  const by = /^(?:tally|count|toll|calculations?)(?: compiled| kept)? by (?:the )?(.+)$/iu.exec(name);
  const found = own?.[1] ?? by?.[1];
  if (found === undefined || /\b(?:official|government|police|ministry|death|latest|provisional)\b/iu.test(found))
    return null;
  return found.trim();
}
