import { ErrorType } from '@kurrent/kurrentdb-client';
import { LogRefusedError, LogUnavailableError } from '../event-log.js';

/** gRPC status codes, which the client passes on without a class of its own, that no repeat makes succeed. */
const refusalCodes: ReadonlySet<number> = new Set([
  3, // invalid argument
  7, // permission denied
  8, // resource exhausted: more than 16 MiB on the wire
  12, // unimplemented
  16, // unauthenticated
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

const certificate = /certificate|self[- ]signed|SSL routines|ERR_TLS|wrong version number/iu;
/** The server cannot read the request: no id that is a UUID, no stream's name. */
const notUnderstood = /Could not recognize BadRequest/u;
/** The connection was never made, so the call was never sent. */
const neverSent = /No connection established|ECONNREFUSED|ENOTFOUND|EAI_AGAIN/u;

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
  if (certificate.test(fault.message))
    return new LogRefusedError(
      `KurrentDB at ${server} cannot be trusted, or speaks no TLS: ${fault.message}. Check tls and tlsCAFile in TOLLBOOK_LOG`,
      options,
    );
  if (
    (fault.type !== null && refusals.has(fault.type)) ||
    (fault.code !== null && refusalCodes.has(fault.code)) ||
    notUnderstood.test(fault.message)
  )
    return new LogRefusedError(`KurrentDB at ${server} refuses: ${fault.message}`, options);
  const notSent = fault.type === ErrorType.NOT_LEADER || neverSent.test(fault.message);
  return new LogUnavailableError(
    `KurrentDB at ${server} is away: ${fault.message}`,
    doing === 'append' && !notSent,
    options,
  );
};
