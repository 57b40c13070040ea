import { pathOf, type Call } from './call.js';
import { accepted, bodyOf } from './failure.js';
import type { Guard, Page } from './wire.js';

const pageMax = 1_000;

/**
 * All pages of a list as one, in the shape of one: up to `limit` items where it is given, and then with `hasMore` and
 * `next` as the last page had them.
 */
export const wholeList = async <Item>(
  call: Call,
  segments: readonly string[],
  isPage: Guard<Page<Item>>,
  query: Readonly<Record<string, string | undefined>> = {},
  limit = Infinity,
): Promise<Page<Item>> => {
  const data: Item[] = [];
  let after = query['after'];
  for (;;) {
    const path = pathOf(segments, { ...query, after, limit: Math.min(limit - data.length, pageMax) });
    const page = bodyOf(accepted(await call('GET', path)), isPage);
    for (const item of page.data) data.push(item);
    if (!page.hasMore || page.next === null || data.length >= limit) return { ...page, data };
    after = page.next;
  }
};
