/** A cell as its text names it: `killed/hostages/nationality=JP`. */
export interface CellName {
  readonly measure: string;
  /** A group's id, or `side:` and a side. */
  readonly who: string;
  readonly breakdown: readonly (readonly [key: string, value: string])[];
}

export function readCell(text: string): CellName {
  const [measure = '', who = '', ...rest] = text.split('/');
  return {
    measure,
    who,
    breakdown: rest.map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
  };
}

export const sideOf = (who: string): string | null => (who.startsWith('side:') ? who.slice('side:'.length) : null);
