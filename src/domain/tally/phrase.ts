import { sameInterval } from './interval.js';
import type { OwnEstimate } from './own-estimate.js';
import type { BareEstimate } from './finish.js';
import type { Best } from './shapes.js';
import { languageOf, type Language } from './languages.js';

/** What a phrase names beside the estimate. */
export interface PhraseSource {
  readonly own: OwnEstimate | null;
  readonly derived: boolean;
}

const quantityPhrase = (best: Best, language: Language): string => {
  const { low, high, point } = best;
  if (high !== null && low === high) return language.exactly(low);
  if (high === null) return low === 0 ? language.unknown : language.atLeast(low);
  if (point !== null) return language.about(point);
  return low === 0 ? language.atMost(high) : language.between(low, high);
};

/** The estimate in words ready to print, with attribution: "at least 23, the Algerian interior ministry said". */
export const phraseOf = (estimate: BareEstimate, source: PhraseSource, lang?: string): string => {
  const language = languageOf(lang);
  const { best } = estimate;
  if (best === null) return language.noEstimate;
  const quantity = quantityPhrase(best, language);
  if (estimate.status === 'pinned') return language.pinned(quantity);
  if (source.derived || source.own?.result == null) return language.derived(quantity);
  const { result } = source.own;
  // A floor that the sums raised, or a number that its parts passed: nobody said that.
  if (!sameInterval(best, result.best)) return language.derived(quantity);
  // The span of what cannot all be true has no one speaker.
  if (
    result.hull ||
    (result.by.length > 1 &&
      best.low !== best.high &&
      result.by.every((each) => each.interval.low !== best.low || each.interval.high !== best.high))
  )
    return language.contested(quantity);
  const [lead] = result.by;
  if (lead === undefined) return quantity;
  const said = language.said(quantity, { name: lead.speaker, named: lead.named }, source.own.hedged);
  return estimate.status === 'unconfirmed' ? language.unconfirmed(said) : said;
};
