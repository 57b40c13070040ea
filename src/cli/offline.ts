import { createApp, inProcessToken } from '../app.module.js';
import { readSettings } from '../settings.js';
import { bodyText, headersOf, type Connection } from './call.js';
import type { Terminal } from './terminal.js';

/**
 * The application in this process, on the log that the settings name, without listening. Who can open the log's files
 * may do everything with them, so without a key this speaks for the machine itself.
 * @throws SettingsError, LogRefusedError where another process has the log open
 */
export const openOffline = async (env: Terminal['env'], key: string | undefined): Promise<Connection> => {
  const app = await createApp(readSettings(env), { quiet: true });
  const bearer = key ?? inProcessToken(app);
  return {
    call: async (method, path, body, extra) => {
      const headers = headersOf(bearer, body, extra);
      const payload = body === undefined ? {} : { payload: bodyText(body) };
      const answer = await app.inject({ method, url: path, headers, ...payload });
      const given = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
      return { status: answer.statusCode, headers: Object.fromEntries(given), text: answer.payload };
    },
    close: () => app.close(),
  };
};
