import { parse, v5 } from 'uuid';

/** Namespace of the ids that are made of an idempotency key. Stored events depend on it: never change it. */
const namespace = parse('6b6f0f5a-3c1e-5d7b-9a44-0d0f5f2f7c11');

/** The ids of one filing. */
export interface FilingIds {
  readonly filingId: string;
  /** Id of the place-th event, from 0. */
  readonly eventId: (place: number) => string;
}

/**
 * Ids that a repeat of the request gives again (UUID version 5 of incident, desk, key and place): the log knows by them
 * that it has the events already.
 */
export const idsOfKey = (slug: string, desk: string, key: string): FilingIds => ({
  // JSON, so that no two lists of names give one text.
  filingId: v5(JSON.stringify([slug, desk, key]), namespace),
  eventId: (place) => v5(JSON.stringify([slug, desk, key, place]), namespace),
});

/** New ids, the same ones each time they are asked for: a filing that is decided again keeps them. */
export const newIds = (newUuid: () => string): FilingIds => {
  const ids: string[] = [];
  return { filingId: newUuid(), eventId: (place) => (ids[place] ??= newUuid()) };
};
