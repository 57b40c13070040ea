import type { EventLog } from '../log/event-log.js';
import { readSettings, type LogSetting } from '../settings.js';
import { failed } from './failure.js';
import type { Terminal } from './terminal.js';

/** The log that the settings name. */
export const logSetting = (env: Terminal['env']): LogSetting => readSettings(env).log;

/** Directory of the embedded log that the settings name. @throws CommandFailed where they name another log */
export const embeddedDirectory = (env: Terminal['env']): string => {
  const setting = logSetting(env);
  if (setting.kind === 'embedded') return setting.directory;
  throw failed('TOLLBOOK_LOG names a KurrentDB, which has its own backup. This is for the embedded log.');
};

/**
 * Opens the log itself, without a service.
 * @throws LogRefusedError where another process has the embedded log
 */
export const openLogItself = async (env: Terminal['env']): Promise<EventLog> => {
  const setting = logSetting(env);
  if (setting.kind === 'embedded') {
    const { openEmbeddedLog } = await import('../log/embedded/open-embedded-log.js');
    return openEmbeddedLog({ directory: setting.directory });
  }
  const { openKurrentDbLog } = await import('../log/kurrentdb/open-kurrentdb-log.js');
  return openKurrentDbLog(setting.url);
};

/**
 * Reads an embedded log from end to end, where no other process has it.
 * @returns what is damaged, in words with its position; `null` where nothing is, or it cannot be looked at
 */
export const findDamage = async (env: Terminal['env']): Promise<string | null> => {
  if (logSetting(env).kind !== 'embedded') return null;
  let log: EventLog | null = null;
  try {
    log = await openLogItself(env);
    for await (const _ of log.readAll({ after: null, streamPrefix: '' })) continue;
    return null;
  } catch (error) {
    return error instanceof Error && error.message.includes('is damaged') ? error.message : null;
  } finally {
    await log?.close();
  }
};
