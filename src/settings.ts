import { z } from 'zod';

/** Every setting is an environment variable with this prefix. */
export const settingsPrefix = 'TOLLBOOK_';

const portMax = 65_535;
/** At most this many pages of other origins may read. */
const corsOriginsMax = 100;
const shutdownDelaySecondsMax = 300;
const pathLengthMax = 4_096;
const logDirectoryDefault = './data';
/** Where a service on a KurrentDB keeps what it can make again. */
export const viewsDirectoryDefault = './data';

const booleanSchema = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

const digits = (max: number, unit: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/u, `must be a whole number ${unit}`)
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`);

/** `embedded:<directory>`, or the connection string of a KurrentDB. */
const logSchema = z.string().transform((text, context): LogSetting => {
  const embedded = /^embedded:(?<directory>.+)$/u.exec(text)?.groups?.['directory'];
  if (embedded !== undefined) return { kind: 'embedded', directory: embedded };
  if (/^(?:kurrentdb|esdb)(?:\+discover)?:\/\/.+/u.test(text)) return { kind: 'kurrentdb', url: text };
  context.addIssue({ code: 'custom', message: 'must be embedded:<directory> or kurrentdb://…' });
  return z.NEVER;
});

const originSchema = z.string().refine((text) => {
  const parsed = URL.parse(text);
  return parsed !== null && (parsed.protocol === 'http:' || parsed.protocol === 'https:') && parsed.origin === text;
}, 'must be exact origins such as https://news.example, parted by commas (no path, no slash at the end, no *)');

const listOfOrigins = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(z.array(originSchema).max(corsOriginsMax));

const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9.:[\]-]{1,253}$/u, 'must be a host name or an IP address, without a port')
  .transform((text) => text.replace(/^\[(.*)\]$/u, '$1'));

/** The one schema of all settings, each with its default. */
const environmentSchema = z.strictObject({
  TOLLBOOK_LOG: logSchema.prefault(`embedded:${logDirectoryDefault}`),
  TOLLBOOK_VIEWS: z.string().max(pathLengthMax, `must be at most ${pathLengthMax} characters`).optional(),
  TOLLBOOK_PORT: digits(portMax, 'from 0 to 65535').prefault('4711'),
  TOLLBOOK_HOST: hostSchema.prefault('127.0.0.1'),
  TOLLBOOK_PUBLIC_READ: booleanSchema.prefault('false'),
  TOLLBOOK_CORS_ORIGINS: listOfOrigins.prefault(''),
  TOLLBOOK_SAMPLE: booleanSchema.prefault('false'),
  TOLLBOOK_SHUTDOWN_DELAY_SECONDS: digits(shutdownDelaySecondsMax, 'of seconds').prefault('0'),
});

export type LogSetting =
  { readonly kind: 'embedded'; readonly directory: string } | { readonly kind: 'kurrentdb'; readonly url: string };

export interface Settings {
  readonly log: LogSetting;
  /** Directory of the read models; each instance has its own. `null`: the embedded log's, or the usual one. */
  readonly viewsDirectory: string | null;
  readonly port: number;
  readonly host: string;
  /** Anyone may read, feeds included, without a key. */
  readonly publicRead: boolean;
  /** Origins of the pages that may read from a browser. */
  readonly corsOrigins: readonly string[];
  /** Files the sample incident at start. */
  readonly sample: boolean;
  /** How long the service says that it is not ready before it ends, so that a balancer takes it out first. */
  readonly shutdownDelaySeconds: number;
  /** Variables with our prefix that mean nothing here: most often mistyped, so the start warns of them. */
  readonly unknown: readonly string[];
}

/** Wrong settings, every one of them by name and rule. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Names of the variables that this version knows, for the docs and their test. */
export const settingNames = Object.keys(environmentSchema.shape);

/**
 * Reads the settings from an environment.
 * @throws SettingsError
 */
export const readSettings = (environment: Readonly<Record<string, string | undefined>>): Settings => {
  const given: Record<string, string> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(settingsPrefix) || value === undefined || value === '') continue;
    if (Object.hasOwn(environmentSchema.shape, name)) given[name] = value;
    else if (!clientVariables.has(name)) unknown.push(name);
  }
  const read = environmentSchema.safeParse(given);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
    throw new SettingsError([...new Set(lines)].join('\n'));
  }
  const { data } = read;
  return {
    log: data.TOLLBOOK_LOG,
    viewsDirectory: data.TOLLBOOK_VIEWS ?? null,
    port: data.TOLLBOOK_PORT,
    host: data.TOLLBOOK_HOST,
    publicRead: data.TOLLBOOK_PUBLIC_READ,
    corsOrigins: data.TOLLBOOK_CORS_ORIGINS,
    sample: data.TOLLBOOK_SAMPLE,
    shutdownDelaySeconds: data.TOLLBOOK_SHUTDOWN_DELAY_SECONDS,
    unknown,
  };
};

/** What only the command line reads; it may stand in the same environment. */
const clientVariables: ReadonlySet<string> = new Set(['TOLLBOOK_KEY', 'TOLLBOOK_URL']);
