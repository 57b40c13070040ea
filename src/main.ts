import { readSettings, SettingsError } from './settings.js';
import { openStores } from './stores.js';

/*
 * The service as a process: settings from the environment, one start, one clean end. Importing this file starts it;
 * `tollbook serve` does just that.
 */

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  // A thread of its own opens the embedded log while the rest of the program is loaded.
  const stores = settings.log.kind === 'embedded' ? openStores(settings) : undefined;
  // Where it fails that is told by who waits for it, who may not be there yet.
  stores?.catch(() => undefined);
  const { serve } = await import('./service.js');
  await serve(settings, stores);
};

/** What a person can put right is said in one line; anything else with its stack. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const isPlain = error instanceof SettingsError || error.name === 'LogRefusedError' || 'code' in error;
  return isPlain || error.name === 'LogUnavailableError' ? error.message : (error.stack ?? error.message);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`Tollbook cannot start: ${explain(error)}\n`);
  process.exitCode = 1;
}
