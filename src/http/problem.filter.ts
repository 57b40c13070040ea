import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FailureLog } from './failure-log.js';
import { bodyBytesMax } from './json-body.js';
import { problemBody, problemContentType, ProblemError, problems, type ProblemCode } from './problems.js';

/** Answers whatever was thrown, by us, by Nest or by Fastify, as a problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly failures: FailureLog) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(this.failures, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), thrown);
  }
}

export const sendProblem = (
  failures: FailureLog,
  request: FastifyRequest,
  reply: FastifyReply,
  thrown: unknown,
): void => {
  const problem = problemOf(thrown);
  failures.note(thrown, problem, request.id);
  // Headers have gone out already: all that is left is to end the connection, so that nobody takes half for whole.
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  for (const name of ['etag', 'last-modified', 'content-length']) reply.removeHeader(name);
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .header('content-type', problemContentType)
    // A string is sent as it is: no serializer adds to it or takes from it.
    .send(JSON.stringify(problemBody(problem, pathOf(request), request.id)));
};

/** The path without its query, which may hold what was searched for. */
const pathOf = (request: FastifyRequest): string => {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark === -1 ? url : url.slice(0, mark);
};

const problemOf = (thrown: unknown): ProblemError => {
  if (thrown instanceof ProblemError) return thrown;
  const away = thrown instanceof Error ? logProblems[thrown.name] : undefined;
  if (away !== undefined) return away;
  const code = codeOf(thrown);
  const known = code === undefined ? undefined : byErrorCode[code];
  if (known !== undefined) return new ProblemError(known[0], known[1]);
  const status = statusOf(thrown);
  const fallback = status === undefined ? undefined : byStatus[status];
  if (fallback !== undefined) return new ProblemError(fallback, `${problems[fallback].title}.`);
  if (status !== undefined && status >= 400 && status < 500)
    return new ProblemError('bad-request', 'The request cannot be read.');
  return new ProblemError(
    'internal-error',
    'The request failed for a reason on this side; it has been logged under the request id.',
  );
};

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

const statusOf = (thrown: unknown): number | undefined => {
  if (thrown instanceof HttpException) return thrown.getStatus();
  return thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : undefined;
};

/** Errors of the log, by name: this folder knows no log. What they say is for the operator, and may name paths. */
const logProblems: Readonly<Record<string, ProblemError>> = {
  LogUnavailableError: new ProblemError('log-unavailable', 'The log is away; a repeat is safe.', {
    headers: { 'retry-after': '5' },
  }),
  LogRefusedError: new ProblemError(
    'log-unavailable',
    'The log takes nothing until its operator has looked after it.',
    {
      headers: { 'retry-after': '60' },
    },
  ),
};

/** What Fastify itself refuses, by the code of its errors. */
const byErrorCode: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', `A body has at most ${bodyBytesMax} bytes.`],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as Content-Type: application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad-request', 'The body has another length than Content-Length says.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['body-required', 'The body is empty; a JSON object is needed.'],
  FST_ERR_BAD_URL: ['bad-request', 'The address has a wrong percent encoding.'],
  FST_ERR_MAX_PARAM_LENGTH: ['uri-too-long', 'A part of the address is too long.'],
};

const byStatus: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  431: 'headers-too-large',
};
