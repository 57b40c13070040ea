/** An incident's scheme, as far as words are read by it; an incident as the service answers it is one. */
export interface Scheme {
  readonly home?: string | null;
  readonly groups: readonly { readonly id: string; readonly side?: string; readonly of?: readonly string[] }[];
  readonly measures?: readonly { readonly id: string; readonly of?: readonly string[]; readonly nature?: string }[];
  readonly breakdowns?: readonly {
    readonly key: string;
    readonly values?: readonly BreakdownValue[];
  }[];
}

interface BreakdownValue {
  readonly id: string;
  readonly values?: readonly BreakdownValue[];
}

/** Whom a figure counts: a group, or a whole side. */
export type Who = { readonly group: string } | { readonly side: string };

export const sameWho = (a: Who, b: Who): boolean =>
  'group' in a ? 'group' in b && a.group === b.group : 'side' in b && a.side === b.side;

/** All values that a key declares, at any depth; `null` where it declares none. */
export function declaredValues(scheme: Scheme, key: string): readonly string[] | null {
  const values = scheme.breakdowns?.find((breakdown) => breakdown.key === key)?.values;
  if (values === undefined || values.length === 0) return null;
  const flat = (list: readonly BreakdownValue[]): string[] =>
    list.flatMap(({ id, values: below }) => [id, ...flat(below ?? [])]);
  return flat(values);
}
