import { Logger } from '@nestjs/common';
import { inProcessToken, startService, type RunningService } from './app.module.js';
import { fileSample } from './cli/sample.js';
import type { Settings } from './settings.js';
import type { Stores } from './stores.js';

const logger = new Logger('service');

/** One line for a person at a terminal; everything else is JSON, for a machine that collects it. */
const tell = (text: string): void => {
  if (process.stdout.isTTY) process.stdout.write(`${text}\n`);
};

/** Serves until a signal ends the process. @throws SettingsError, LogUnavailableError, LogRefusedError */
export const serve = async (settings: Settings, stores?: Promise<Stores>): Promise<void> => {
  const service = await startService(settings, stores === undefined ? {} : { stores });
  endOnSignals(service);
  for (const name of settings.unknown) logger.warn({ message: `${name} is no setting of this version; it is ignored` });
  logger.log({ message: 'Listening', url: service.url, log: logNameOf(settings) });
  tell(`Tollbook is at ${service.url}`);
  if (service.isOpen) logger.warn({ message: howToMakeTheFirstKey });
  if (settings.sample) await loadSample(service);
};

const howToMakeTheFirstKey =
  'No key has been made yet: only this machine is served, and everything on it may do everything. Make the first key ' +
  'with: tollbook keys create --role admin';

/** Of a KurrentDB the hosts alone: neither its user nor its password belongs into a log. */
const logNameOf = ({ log }: Settings): string =>
  log.kind === 'embedded'
    ? `embedded:${log.directory}`
    : log.url.replace(/^(?<scheme>[^:]+:\/\/)(?:[^@/]*@)?(?<hosts>[^/?]*).*$/su, '$<scheme>$<hosts>');

/** Files the sample through the same door as any report; where it is there already, that changes nothing. */
const loadSample = async ({ app }: RunningService): Promise<void> => {
  const authorization = `Bearer ${inProcessToken(app)}`;
  try {
    const filed = await fileSample(async (method, url, body, headers) => {
      const payload = JSON.stringify(body);
      const all = { ...headers, authorization, 'content-type': 'application/json' };
      const answer = await app.inject({ method, url, payload, headers: all });
      return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
    });
    logger.log({ message: 'The sample incident is there', ...filed });
  } catch (error) {
    // The service is of use without it.
    logger.error({ message: 'The sample incident could not be filed', error: String(error) });
  }
};

const endOnSignals = (service: RunningService): void => {
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    // Asked twice, it is meant: what is acknowledged is on disk either way.
    if (ending) process.exit(1);
    ending = true;
    logger.log({ message: 'Ending', signal });
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ message: 'Ended badly', error: String(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
};
