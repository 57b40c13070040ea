/*
 * What SQLite and the file system report, in words for the operator. Erasable TypeScript: the writer thread uses it.
 */

/** SQLite's primary result codes that are told apart. */
const sqlite = {
  error: 1,
  perm: 3,
  busy: 5,
  readonly: 8,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  protocol: 15,
  constraint: 19,
  format: 24,
  notadb: 26,
};

/** SQLITE_IOERR_WRITE: a write was refused, by a file-size limit or quota for instance. Nothing was committed. */
const ioerrWrite = 778;

export interface StorageFault {
  /** `space`: nothing was stored, and it works again once there is room. `io`: what was stored is uncertain. */
  readonly kind: 'space' | 'damaged' | 'access' | 'busy' | 'io';
  /** What happened and what to do. */
  readonly message: string;
}

/** Words for an error of `node:sqlite` or `node:fs` met while working on the store in a directory. */
export function storageFault(error: unknown, directory: string): StorageFault {
  // Not by class: an error of SQLite's comes from another realm than ours under Jest.
  // All members are optional, and only read.
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  const cause = `(${code === 'ERR_SQLITE_ERROR' || code === undefined ? `SQLite ${errcode ?? '?'}` : code}: ${message ?? String(error)})`;
  const primary = (errcode ?? 0) & 0xff;
  const isErrno = code !== undefined && /^E[A-Z0-9]+$/.test(code);
  if (primary === sqlite.full || errcode === ioerrWrite || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return {
      kind: 'space',
      message: `No space to write to the event log in ${directory}; nothing of this append was stored. Free disk space, or raise the quota or file-size limit, and try again ${cause}`,
    };
  }
  // Our SQL and our types are sound, so an unknown table, a number out of range or a text that is none are damage too.
  const unreadable = [sqlite.error, sqlite.corrupt, sqlite.constraint, sqlite.format, sqlite.notadb].includes(primary);
  if (unreadable || (errcode === undefined && !isErrno)) {
    return { kind: 'damaged', message: damagedMessage(directory, `SQLite finds the file malformed ${cause}`) };
  }
  if (
    primary === sqlite.perm ||
    primary === sqlite.readonly ||
    primary === sqlite.cantopen ||
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENAMETOOLONG', 'ELOOP'].includes(code ?? '')
  ) {
    return {
      kind: 'access',
      message: `The event log's directory ${directory} cannot be written. It must be a directory on a local disk that this user may write to: correct TOLLBOOK_LOG or the permissions ${cause}`,
    };
  }
  // PROTOCOL: others kept changing the write-ahead log's index for as long as SQLite tries to read it.
  if (primary === sqlite.busy || primary === sqlite.protocol) {
    return {
      kind: 'busy',
      message: `Another program holds a lock on the event log in ${directory}. Close whatever has log.sqlite open, and try again ${cause}`,
    };
  }
  return {
    kind: 'io',
    message: `The disk reported an error on the event log in ${directory}. Check the disk and the system's journal before starting again ${cause}`,
  };
}

/** The words for a store that does not hold what it should. */
export function damagedMessage(directory: string, finding: string): string {
  return `The event log in ${directory} is damaged: ${finding}. Nothing was changed. Stop Tollbook, keep a copy of the whole directory, check the disk, and restore the latest backup into an empty directory`;
}
