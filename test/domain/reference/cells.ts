/** A cell as measure, who and its breakdown; its text is its name. */
export interface Place {
  readonly measure: string;
  readonly who: string;
  readonly keys: Readonly<Record<string, string>>;
}

export const textOf = ({ measure, who, keys }: Place): string =>
  [
    `${measure}/${who}`,
    ...Object.keys(keys)
      .toSorted()
      .map((key) => `${key}=${keys[key] ?? ''}`),
  ].join('/');

export const placeOf = (text: string): Place => {
  const [measure = '', who = '', ...pairs] = text.split('/');
  return { measure, who, keys: Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string])) };
};
