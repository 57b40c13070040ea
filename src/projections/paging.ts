/** Items of a list where no limit is asked for. */
export const pageItemsDefault = 100;

export interface Paging {
  /** Exclusive: the `next` of the page before. A string of digits. */
  readonly after?: string | undefined;
  /** 1 to 1,000, which is checked where the request is read. */
  readonly limit?: number | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
}

export interface List {
  readonly data: readonly object[];
  readonly hasMore: boolean;
  /** Goes into `after`; `null` where there is nothing more. */
  readonly next: string | null;
}

/** @param cursorOf what `after` names of an item */
export const listOf = <T extends object>(
  items: readonly T[],
  hasMore: boolean,
  cursorOf: (item: T) => string,
): List => {
  const last = items.at(-1);
  return { data: items, hasMore, next: hasMore && last !== undefined ? cursorOf(last) : null };
};

/** Takes a page off a list that is in memory, in ascending order of its keys. */
export const pageOf = <T>(
  items: readonly T[],
  keyOf: (item: T) => bigint,
  { after, limit = pageItemsDefault, order = 'asc' }: Paging,
  isWanted: (item: T) => boolean = () => true,
): { readonly items: readonly T[]; readonly hasMore: boolean } => {
  const found: T[] = [];
  const step = order === 'asc' ? 1 : -1;
  for (let at = firstOf(items, keyOf, after, order); at >= 0 && at < items.length; at += step) {
    const item = items[at];
    if (item === undefined || !isWanted(item)) continue;
    if (found.length === limit) return { items: found, hasMore: true };
    found.push(item);
  }
  return { items: found, hasMore: false };
};

const firstOf = <T>(
  items: readonly T[],
  keyOf: (item: T) => bigint,
  after: string | undefined,
  order: 'asc' | 'desc',
): number => {
  if (after === undefined) return order === 'asc' ? 0 : items.length - 1;
  const key = BigInt(after);
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    const before = item !== undefined && (order === 'asc' ? keyOf(item) <= key : keyOf(item) < key);
    if (before) low = middle + 1;
    else high = middle;
  }
  return order === 'asc' ? low : low - 1;
};
