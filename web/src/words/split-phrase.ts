/** The longest lead that is set large. */
const leadCharactersMax = 28;

/**
 * The service's phrase, "at least 23, the interior ministry said", as the number to set large and who said it.
 * A phrase that does not open with a short number keeps together, and `number` (formatted from best) is set large.
 */
export function splitPhrase(phrase: string, number: string): { readonly lead: string; readonly rest: string } {
  const comma = phrase.search(/,\s/u);
  const lead = comma < 0 ? phrase : phrase.slice(0, comma);
  if (!/\d/u.test(lead) || lead.length > leadCharactersMax) return { lead: number, rest: phrase };
  return { lead, rest: comma < 0 ? '' : phrase.slice(comma + 1).trim() };
}
