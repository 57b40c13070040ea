/** Roles of a key, and `anyone` for calls that need none. */
export const roles = ['admin', 'editor', 'desk', 'reader', 'auditor'] as const;
export type Role = (typeof roles)[number];
export type NeededRole = Role | 'anyone';

/** What each role may: admin all of editor, editor all of desk, desk all of reader; auditor all of reader. */
const includes: Readonly<Record<Role, readonly Role[]>> = {
  admin: ['admin', 'editor', 'desk', 'reader'],
  editor: ['editor', 'desk', 'reader'],
  desk: ['desk', 'reader'],
  reader: ['reader'],
  auditor: ['auditor', 'reader'],
};

/** Who asks. `all` is the machine itself: without a key from loopback, or in-process. */
export interface Caller {
  readonly role: Role | 'all' | 'anyone';
  readonly desk: string;
  readonly person: string | null;
}

export const mayDo = (caller: Caller, needed: NeededRole): boolean => {
  if (needed === 'anyone' || caller.role === 'all') return true;
  return caller.role !== 'anyone' && includes[caller.role].includes(needed);
};
