import type { Metadata } from '@grpc/grpc-js';

export interface FakeUser {
  readonly password: string;
  readonly mayReadAll: boolean;
  readonly mayWrite: boolean;
}

/** Users by name. As by default, whoever is known may read any stream but `$all`. */
export type Users = ReadonlyMap<string, FakeUser>;

/** Whether a call may do what it asks for; `null` for users: whoever comes. */
export const rightTo = (
  users: Users | null,
  metadata: Metadata,
  what: 'read' | 'readAll' | 'write',
): 'granted' | 'denied' | 'unauthenticated' => {
  if (users === null) return 'granted';
  const [header] = metadata.get('authorization');
  if (header === undefined) return 'denied';
  const [, encoded = ''] = /^Basic (\S+)$/u.exec(String(header)) ?? [];
  const [, name = '', password] = /^([^:]*):(.*)$/su.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const user = users.get(name);
  if (user === undefined || user.password !== password) return 'unauthenticated';
  if (what === 'readAll') return user.mayReadAll ? 'granted' : 'denied';
  if (what === 'write') return user.mayWrite ? 'granted' : 'denied';
  return 'granted';
};
