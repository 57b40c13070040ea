import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { LogRefusedError } from '../event-log.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Where a KurrentDB is, and who we are there. */
export interface Address {
  /** The connection string without user and password. */
  readonly bare: string;
  /** The same with them, encoded as the client reads them; `bare` where there are none. */
  readonly full: string;
  /** `null` where none are given, or TLS is off: they are sent over TLS only. */
  readonly credentials: Credentials | null;
  /** Hosts alone, as given: for messages. */
  readonly server: string;
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly isTls: boolean;
  /** Certificates to trust instead of the system's, in PEM; `null` where none are named. */
  readonly ca: Buffer | null;
  /** What is given and does nothing. */
  readonly warnings: readonly string[];
}

const portDefault = 2113;

const form =
  /^(?<scheme>(?:kurrentdb|esdb)(?:\+discover)?:\/\/)(?:(?<username>[^:@/?#]+):(?<password>[^@/?#]+)@)?(?<hosts>[\w.-]+(?::\d{1,5})?(?:,[\w.-]+(?::\d{1,5})?)*)\/?(?:\?(?<options>[^?#]*))?$/iu;

/** What the client knows, written as `plain` has it. Others it would ignore, and print with the password beside them. */
const known: ReadonlySet<string> = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'throwonappendfailure',
  'tls',
  'tlscafile',
  'tlsverifycert',
  'usercertfile',
  'userkeyfile',
]);

/** Options that would take away what the log promises. */
const refused: readonly (readonly [name: string, value: string, why: string])[] = [
  ['tlsverifycert', 'false', 'tlsVerifyCert=false would talk to anybody; name the CA with tlsCAFile instead'],
  ['throwonappendfailure', 'false', 'throwOnAppendFailure=false tells conflicts wrongly; leave it out'],
];

/** As the client compares names of options. */
const plain = (name: string): string => name.trim().toLowerCase().replaceAll(/[_-]/gu, '');

/**
 * Reads a connection string. It is taken apart here, and not by the client, since the client's native part does not
 * decode a password that had to be percent-encoded, and both print what they cannot read.
 * @throws LogRefusedError, which never holds the user or the password
 */
export const addressOf = (connectionString: string): Address => {
  const parts = form.exec(connectionString.trim())?.groups;
  if (parts === undefined)
    throw wrong(
      'it must be kurrentdb://user:password@host:2113,host:2113?tls=true&tlsCAFile=/path. In user and password all but letters, digits and - . _ ~ must be percent-encoded: @ as %40, / as %2F, : as %3A, ? as %3F, # as %23, % as %25',
    );
  const { scheme = '', hosts = '', username, password } = parts;
  const options = optionsOf(parts['options'] ?? '');
  const tls = options.get('tls') ?? 'true';
  if (tls !== 'true' && tls !== 'false') throw wrong('tls must be true or false');
  const isTls = tls === 'true';
  const given =
    username === undefined || password === undefined
      ? null
      : { username: decoded(username, 'the user'), password: decoded(password, 'the password') };
  const credentials = isTls ? given : null;
  const caFile = options.get('tlscafile');
  const rest = `${hosts}${parts['options'] === undefined ? '' : `?${parts['options']}`}`;
  const user =
    credentials === null
      ? ''
      : `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`;
  return {
    bare: `${scheme}${rest}`,
    full: `${scheme}${user}${rest}`,
    credentials,
    server: hosts,
    hosts: hosts.split(',').map((each) => {
      const [host = '', port] = each.split(':');
      return { host, port: port === undefined ? portDefault : Number(port) };
    }),
    isTls,
    ca: caFile === undefined || !isTls ? null : certificatesIn(decoded(caFile, 'tlsCAFile')),
    warnings:
      given === null || isTls
        ? []
        : [
            'TOLLBOOK_LOG names a user, but says tls=false: user and password are not sent, and whoever reaches the server may do anything there',
          ],
  };
};

const optionsOf = (text: string): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const option of text === '' ? [] : text.split('&')) {
    const at = option.indexOf('=');
    const name = at === -1 ? option : option.slice(0, at);
    const value = at === -1 ? '' : option.slice(at + 1).trim();
    if (!known.has(plain(name))) throw wrong(`it has an option that is none of the client's: ${name}`);
    if (value === '') throw wrong(`its option ${name} has no value`);
    for (const [key, refusedValue, why] of refused)
      if (plain(name) === key && value.toLowerCase() === refusedValue) throw wrong(why);
    options.set(plain(name), value);
  }
  return options;
};

const decoded = (text: string, what: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`the percent encoding of ${what} is wrong; % itself is %25`);
  }
};

/** The client says neither which file is not there nor that one holds no certificate. */
const certificatesIn = (path: string): Buffer => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw wrong(`tlsCAFile ${path} cannot be read: ${String((error as NodeJS.ErrnoException).code)}`);
  }
  if (!isCertificate(bytes)) throw wrong(`tlsCAFile ${path} holds no certificate in PEM form`);
  return bytes;
};

const isCertificate = (bytes: Buffer): boolean => {
  try {
    return new X509Certificate(bytes).raw.length > 0;
  } catch {
    return false;
  }
};

const wrong = (why: string): LogRefusedError => new LogRefusedError(`TOLLBOOK_LOG cannot be used: ${why}`);
