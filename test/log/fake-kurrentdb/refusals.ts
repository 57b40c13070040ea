import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

/** The errors with which the server ends a call, worded as it words them. */
const refusal = (code: status, details: string, exception?: Readonly<Record<string, string>>): ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(exception ?? {})) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const serverNotReady = (): ServiceError => refusal(status.UNAVAILABLE, 'Server Is Not Ready');

export const accessDenied = (): ServiceError =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): ServiceError => refusal(status.UNAUTHENTICATED, 'Unauthenticated');

export const timedOut = (): ServiceError => refusal(status.ABORTED, 'Operation timed out: Timeout');

export const notLeader = (leader: { readonly host: string; readonly port: number } | null): ServiceError =>
  leader === null
    ? refusal(status.UNKNOWN, 'No leader info available in response')
    : refusal(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': leader.host,
        'leader-endpoint-port': String(leader.port),
      });

export const streamDeleted = (stream: string): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

/** A read from within a record. */
export const readFailed = (): ServiceError => refusal(status.UNKNOWN, 'Unexpected ReadAllResult: Error');

export const invalidArgument = (details: string): ServiceError => refusal(status.INVALID_ARGUMENT, details);

export const appendTooLarge = (bytesMax: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytesMax} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytesMax),
  });

export const wrongVersion = (stream: string, actual: bigint): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `Delete failed due to WrongExpectedVersion. Stream: ${stream}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': '-1',
    'actual-version': String(actual),
  });
