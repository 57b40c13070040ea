import { intersectionOf, sameInterval } from './interval.js';
import type { OwnEstimate } from './own-estimate.js';
import type { BareEstimate } from './finish.js';
import type { Best, Interval } from './shapes.js';
import type { Statement } from './statements.js';
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

const intervalsOf = (statements: readonly Statement[]): Interval[] => statements.map((each) => each.interval);

/**
 * Who is named for a best: the newest that said just that; else, of a floor, the newest whose number it is. A newer
 * speaker whose wider words it narrowed said no such thing. `null`: nobody did.
 */
const speakerOf = (best: Best, by: readonly Statement[]): Statement | null =>
  by.find((each) => sameInterval(each.interval, best)) ??
  (best.high === null
    ? by.find((each) => each.interval.low === best.low && each.interval.high === each.interval.low)
    : undefined) ??
  null;

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
  const lead = speakerOf(best, result.by);
  const claim = (phrase: string): string => (estimate.status === 'unconfirmed' ? language.unconfirmed(phrase) : phrase);
  if (result.hull || lead === null) {
    // The span of what cannot all be true has no one speaker, nor has what several allow together.
    const differ = result.hull || estimate.status === 'contested' || intersectionOf(intervalsOf(result.by)) === null;
    return claim(differ ? language.contested(quantity) : language.together(quantity));
  }
  const said = language.said(quantity, { name: lead.speaker, named: lead.named }, lead.hedged);
  return claim(said);
};
