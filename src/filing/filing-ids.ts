import { hash } from 'node:crypto';

/** Namespace of the ids that are made of an idempotency key. Stored events depend on it: never change it. */
const namespace = Buffer.from('6b6f0f5a3c1e5d7b9a440d0f5f2f7c11', 'hex');

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
export const idsOfKey = (slug: string, desk: string, key: string): FilingIds => {
  // JSON, so that no two lists of names give one text.
  const filing = JSON.stringify([slug, desk, key]);
  const names = filing.slice(0, -1);
  return { filingId: nameUuid(filing), eventId: (place) => nameUuid(`${names},${place}]`) };
};

/** New ids, the same ones each time they are asked for: a filing that is decided again keeps them. */
export const newIds = (newUuid: () => string): FilingIds => {
  const ids: string[] = [];
  return { filingId: newUuid(), eventId: (place) => (ids[place] ??= newUuid()) };
};

/** Bytes of the longest name that is put together in one place; a longer one gets a place of its own. */
const sharedBytesMax = 4_096;
const shared = Buffer.alloc(namespace.length + sharedBytesMax);
namespace.copy(shared);

/** Namespace and name, to be used at once: the next name is written over it. */
const namespaced = (name: string): Buffer => {
  // A unit of UTF-16 takes three bytes at most.
  if (name.length * 3 > sharedBytesMax) return Buffer.concat([namespace, Buffer.from(name)]);
  return shared.subarray(0, namespace.length + shared.write(name, namespace.length));
};

/** UUID version 5 (RFC 9562, 5.5). By hand, since each event needs one: the library takes four times as long. */
const nameUuid = (name: string): string => {
  const hex = hash('sha1', namespaced(name), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
