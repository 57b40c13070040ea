/** Which of the offered types an Accept header likes most (RFC 9110, 12.5.1); `null` where it takes none. */
export const preferredType = (header: string | undefined, offered: readonly string[]): string | null => {
  if (header === undefined || header.trim() === '') return offered[0] ?? null;
  const ranges = header.split(',').map(rangeOf);
  let best: string | null = null;
  let bestQuality = 0;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > bestQuality) {
      best = type;
      bestQuality = quality;
    }
  }
  return best;
};

interface Range {
  readonly type: string;
  readonly quality: number;
}

const rangeOf = (text: string): Range => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice('q='.length));
  return { type, quality: Number.isFinite(quality) ? quality : 0 };
};

/** The most specific range that covers a type decides. */
const qualityOf = (type: string, ranges: readonly Range[]): number => {
  const candidates = [type, `${type.split('/')[0] ?? ''}/*`, '*/*'];
  for (const candidate of candidates) {
    const range = ranges.find((given) => given.type === candidate);
    if (range !== undefined) return range.quality;
  }
  return 0;
};
