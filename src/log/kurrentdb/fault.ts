import { ErrorType } from '@kurrent/kurrentdb-client';
import { LogRefusedError, LogUnavailableError } from '../event-log.js';

/** gRPC status codes, which the client passes on without a class of its own, that no repeat makes succeed. */
const permissionDenied = 7;
const unauthenticated = 16;
const refusalCodes: ReadonlySet<number> = new Set([
  3, // invalid argument
  permissionDenied,
  8, // resource exhausted: more than 16 MiB on the wire
  12, // unimplemented
  unauthenticated,
]);

/** Never again: no repeat makes these succeed. */
const refusals: ReadonlySet<string> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.STREAM_DELETED,
  ErrorType.STREAM_TOMBSTONED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.TRANSACTION_MAX_SIZE_EXCEEDED,
  ErrorType.APPEND_RECORD_SIZE_EXCEEDED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.UNSUPPORTED,
]);

const certificate = /certificate|self[- ]signed|SSL routines|ERR_TLS|altnames/iu;
/** What is wrong with a certificate, or with TLS, by OpenSSL's words, and what to do. The first that fits is told. */
const certificateFaults: readonly (readonly [said: RegExp, what: string])[] = [
  [
    /altnames/iu,
    'its certificate is not for the name that TOLLBOOK_LOG calls it by. Use a name that the certificate has, or give the server a certificate with this one',
  ],
  [/expired/iu, 'its certificate has expired, or its CA has. Renew it on the server'],
  [/not yet valid/iu, 'its certificate is not valid yet. Check the clocks of both machines'],
  [
    /wrong version number|packet length too long|unexpected message/iu,
    'it speaks no TLS. Set up its certificates; say tls=false only where nobody else can reach it',
  ],
  [
    /certificate|self[- ]signed/iu,
    'its certificate is not of a CA that is trusted here. Name the CA that signed it with tlsCAFile in TOLLBOOK_LOG',
  ],
];
/** The server cannot read the request: no id that is a UUID, no stream's name. */
const notUnderstood = /Could not recognize BadRequest/u;
/** The connection was never made, so the call was never sent. */
const neverSent = /No connection established|ECONNREFUSED|ENOTFOUND|EAI_AGAIN/u;

/** What a message about TLS means; `null` where it is about something else. */
export const certificateFault = (message: string, server: string): string | null => {
  if (!certificate.test(message)) return null;
  const [, what] = certificateFaults.find(([said]) => said.test(message)) ?? [];
  return `KurrentDB at ${server} cannot be trusted: ${what ?? 'check tls and tlsCAFile in TOLLBOOK_LOG'} (${reasonIn(message)})`;
};

/** What went wrong, without the words that gRPC puts before and after it. */
const reasonIn = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/^.*Last error: /u, '').replace(/\. Resolution note:.*$/u, '');

/** What to do where the server knows us not, or lets us not. */
const denied = (fault: ClientFault, doing: 'append' | 'read', server: string): string | null => {
  if (fault.code === unauthenticated)
    return `KurrentDB at ${server} does not know the user in TOLLBOOK_LOG, or not with this password`;
  if (fault.type !== ErrorType.ACCESS_DENIED && fault.code !== permissionDenied) return null;
  return doing === 'append'
    ? `KurrentDB at ${server} denies access to write: TOLLBOOK_LOG must name a user and password, and that user must be allowed to write to streams tollbook… (docs/operations.md, On a KurrentDB)`
    : `KurrentDB at ${server} denies access to read: TOLLBOOK_LOG must name a user and its right password, and that user must be allowed to read streams tollbook… and $all (docs/operations.md, On a KurrentDB)`;
};

interface ClientFault {
  readonly message: string;
  readonly type: string | null;
  readonly code: number | null;
}

/** What the client threw, by its type and its gRPC code: a call that found no server has a code and no type. */
export const faultOf = (error: unknown): ClientFault => {
  const { type, code: grpc, message } = error as { type?: unknown; code?: unknown; message?: unknown };
  return {
    message: typeof message === 'string' ? message : String(error),
    type: typeof type === 'string' ? type : null,
    code: typeof grpc === 'number' ? grpc : null,
  };
};

export const isOfType = (error: unknown, type: ErrorType): boolean => faultOf(error).type === type;

/**
 * Sorts an error of the client into the two that the port knows: refused for good, or away, when the same call may be
 * made again. Where it was an append and may have been stored, the outcome is unknown.
 */
export const logError = (error: unknown, doing: 'append' | 'read', server: string): Error => {
  if (error instanceof LogUnavailableError || error instanceof LogRefusedError) return error;
  const fault = faultOf(error);
  const options = { cause: error };
  const known = certificateFault(fault.message, server) ?? denied(fault, doing, server);
  if (known !== null) return new LogRefusedError(known, options);
  if (
    (fault.type !== null && refusals.has(fault.type)) ||
    (fault.code !== null && refusalCodes.has(fault.code)) ||
    notUnderstood.test(fault.message)
  )
    return new LogRefusedError(`KurrentDB at ${server} refuses: ${fault.message}`, options);
  const notSent = fault.type === ErrorType.NOT_LEADER || neverSent.test(fault.message);
  return new LogUnavailableError(
    `KurrentDB at ${server} is away: ${reasonIn(fault.message)}`,
    doing === 'append' && !notSent,
    options,
  );
};
