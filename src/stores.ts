import { mkdirSync } from 'node:fs';
import { openEmbeddedLog } from './log/embedded/open-embedded-log.js';
import { StoreLock } from './log/embedded/store-lock.js';
import type { EventLog } from './log/event-log.js';
import { viewsDirectoryDefault, type Settings } from './settings.js';

/** What the service keeps, opened. */
export interface Stores {
  readonly log: EventLog;
  /** Directory of the read models, which this process has for itself. */
  readonly viewsDirectory: string;
  /** Lets others have the read models. */
  readonly release: () => void;
}

/**
 * Opens the log that the settings name, and holds the directory of the read models. It needs little of the program, so
 * that a start can begin with it.
 * @param given a log instead of the one that the settings name
 * @param onNotice told when the log is away and waited for, and what of its connection string does nothing
 * @throws LogUnavailableError, LogRefusedError
 */
export const openStores = async (
  settings: Settings,
  given?: EventLog,
  onNotice: (message: string) => void = () => undefined,
): Promise<Stores> => {
  const { log: setting } = settings;
  const viewsDirectory =
    settings.viewsDirectory ?? (setting.kind === 'embedded' ? setting.directory : viewsDirectoryDefault);
  if (setting.kind === 'embedded' && viewsDirectory === setting.directory) {
    // The log's own lock holds the directory.
    const log = given ?? (await openEmbeddedLog({ directory: setting.directory }));
    return { log, viewsDirectory, release: () => undefined };
  }
  mkdirSync(viewsDirectory, { recursive: true, mode: 0o700 });
  const lock = StoreLock.acquire(
    viewsDirectory,
    `The read models in ${viewsDirectory} are in use: another Tollbook process has them. Name a directory of its own for each instance in TOLLBOOK_VIEWS`,
  );
  const release = (): void => lock.release();
  try {
    const open = async (): Promise<EventLog> => {
      if (setting.kind === 'embedded') return openEmbeddedLog({ directory: setting.directory });
      // Its client, with a native part, is loaded only where it is needed.
      const { openKurrentDbLog } = await import('./log/kurrentdb/open-kurrentdb-log.js');
      return openKurrentDbLog(setting.url, { onNotice });
    };
    return { log: given ?? (await open()), viewsDirectory, release };
  } catch (error) {
    release();
    throw error;
  }
};
