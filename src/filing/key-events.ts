/*
 * STORED SHAPES, as those of `domain/events.ts`: never rename or reshape, only add a version.
 */

export const roles = ['reader', 'auditor', 'desk', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** One stream for all keys, so that every instance has them. */
export const keysStream = 'tollbook-keys';

export type KeyEvent =
  | {
      readonly type: 'KeyCreated.v1';
      readonly data: {
        readonly id: string;
        readonly role: Role;
        readonly desk: string | null;
        readonly person: string | null;
        readonly expiresAt: string | null;
        /** SHA-256 of the secret, hex. */
        readonly hash: string;
      };
    }
  | { readonly type: 'KeyRevoked.v1'; readonly data: { readonly id: string } };

const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** @throws Error on what this version cannot read: to pass over a revocation would let a revoked key in */
export const decodeKeyEvent = (event: { readonly type: string; readonly data: unknown }): KeyEvent => {
  const data = (event.data ?? {}) as Readonly<Record<string, unknown>>;
  const { id, role, hash } = data;
  if (typeof id !== 'string') throw new Error(`a key event (${event.type}) without an id`);
  if (event.type === 'KeyRevoked.v1') return { type: event.type, data: { id } };
  if (event.type !== 'KeyCreated.v1') throw new Error(`a key event of an unknown type: ${event.type}`);
  if (!isRole(role) || typeof hash !== 'string') throw new Error(`key ${id} has no role or no hash`);
  const [desk, person, expiresAt] = [data['desk'], data['person'], data['expiresAt']].map(textOrNull);
  return {
    type: event.type,
    data: { id, role, hash, desk: desk ?? null, person: person ?? null, expiresAt: expiresAt ?? null },
  };
};
