import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access.js';
import { answerCors } from './cors.js';
import type { FailureLog } from './failure-log.js';
import { bodyBytesMax, readJson } from './json-body.js';
import type { HttpMetrics } from './metrics.js';
import { sendProblem } from './problem.filter.js';
import { problemBody, problemContentType, ProblemError, type ProblemCode } from './problems.js';
import { readQuery } from './query.js';
import type { Caller } from './roles.js';
import { RouteTable } from './route-table.js';
import { asError, isRecord } from './unknowns.js';

/** One part of an address, decoded; a cell of five breakdowns at full length fits. */
const pathSegmentCharactersMax = 2_000;
/** Headers of a request, in bytes; what is more is 431. */
const headerBytesMax = 16 * 1024;
/** How long a request may take to arrive whole, in ms: a slow sender must not hold a connection for ever. */
const requestTimeoutMs = 30_000;
const requestIdPattern = /^[A-Za-z0-9._-]{1,100}$/u;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before the body is read. */
    caller: Caller;
    /** The query as the call's schema reads it. */
    parameters: Readonly<Record<string, unknown>>;
    /** The body's very bytes, for its hash. */
    bodyBytes: Buffer | null;
  }
}

/**
 * Fastify with every limit set, and every error a problem. What no route takes and what Fastify refuses is answered here
 * and not through Nest's layers; from the first moment, since a route keeps the handlers that were there before it.
 */
export class ProblemAdapter extends FastifyAdapter {
  readonly routes = new RouteTable();

  constructor(failures: FailureLog) {
    super({
      // No middleware is used: its layer would cost every request.
      skipMiddie: true,
      bodyLimit: bodyBytesMax,
      routerOptions: { maxParamLength: pathSegmentCharactersMax },
      http: { maxHeaderSize: headerBytesMax },
      requestTimeout: requestTimeoutMs,
      forceCloseConnections: 'idle',
      // While closing, what still arrives is answered: readiness has told the balancer before.
      return503OnClosing: false,
      requestIdHeader: false,
      genReqId: (raw: IncomingMessage) => requestIdOf(raw),
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
        sendProblem(failures, request, reply, error);
      },
      clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => {
        answerRawProblem(error, socket);
      },
    });
    this.instance.setErrorHandler((error, request, reply) => {
      sendProblem(failures, request, reply, error);
    });
    this.instance.setNotFoundHandler((request, reply) => {
      sendProblem(failures, request, reply, notFoundProblem(this.routes, request));
    });
  }

  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.instance;
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.instance;
  }
}

/** The id that a caller gave the request, so that it can be followed through both their logs, or a new one. */
const requestIdOf = (raw: IncomingMessage): string => {
  const given = raw.headers['x-request-id'];
  return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
};

export interface HookParts {
  readonly access: Access;
  readonly metrics: HttpMetrics;
  readonly corsOrigins: readonly string[];
  readonly routes: RouteTable;
}

/** Everything that happens before a controller: ids, headers, CORS, who may, the query, the body's bytes. */
export const installHooks = (fastify: FastifyInstance, parts: HookParts): void => {
  const { access, metrics, routes } = parts;
  const origins = new Set(parts.corsOrigins);

  fastify.decorateRequest('caller');
  fastify.decorateRequest('parameters');
  fastify.decorateRequest('bodyBytes', null);

  fastify.addHook('onRoute', (route) => {
    // A call that forgot to say who may would be open to all: better that nothing starts.
    if (route.url.startsWith('/v1') && route.config?.call === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not declare its role with @Call`);
    routes.add(route.method, route.url);
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (answerCors(origins, request, reply)) return;
    try {
      const { call } = request.routeOptions.config;
      request.caller = access.admit(request, call?.role ?? 'anyone');
      if (call !== undefined) request.parameters = readQuery(request.raw.url ?? '', call.query);
    } catch (error) {
      done(asError(error));
      return;
    }
    done();
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.count(request.method, request.routeOptions.url ?? 'none', reply.statusCode);
    done();
  });

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(['application/json', mergePatchType], { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    // A DELETE may say its type and have no body.
    if (bytes.length === 0 && request.method === 'DELETE') {
      done(null, undefined);
      return;
    }
    try {
      if (!/^\s*(?:identity)?\s*$/iu.test(request.headers['content-encoding'] ?? ''))
        throw new ProblemError('unsupported-media-type', 'Send the body as it is, without a Content-Encoding.');
      if (request.method !== 'PATCH' && isMergePatch(request))
        throw new ProblemError('unsupported-media-type', 'A merge patch is for PATCH; send application/json.');
      request.bodyBytes = bytes;
      done(null, readJson(bytes));
    } catch (error) {
      done(asError(error));
    }
  });
};

/** RFC 7396: what PATCH takes, under its own name or as plain JSON. */
const mergePatchType = 'application/merge-patch+json';

const isMergePatch = (request: FastifyRequest): boolean =>
  request.headers['content-type']?.toLowerCase().startsWith(mergePatchType) === true;

/** For what no route takes: 405 where another method would do, else 404. */
const notFoundProblem = (routes: RouteTable, request: FastifyRequest): ProblemError => {
  const [path = ''] = (request.raw.url ?? '').split('?');
  const methods = routes.methodsAt(path);
  if (methods.length === 0 || methods.includes(request.method))
    return new ProblemError('not-found', 'There is nothing at this address.');
  const allow = methods.join(', ');
  return new ProblemError('method-not-allowed', `${request.method} does not act here; ${allow} do.`, {
    headers: { allow },
  });
};

/** What Node's parser refuses never becomes a request: the answer is written by hand. */
const answerRawProblem = (error: NodeJS.ErrnoException, socket: Socket): void => {
  // The other side is gone, or an answer is on its way already (Node tells by the socket's current message).
  const current = '_httpMessage' in socket ? socket['_httpMessage'] : null;
  const answering = isRecord(current) && current['headersSent'] === true;
  if (error.code === 'ECONNRESET' || !socket.writable || answering) {
    socket.destroy();
    return;
  }
  const [code, detail] = rawProblems[error.code ?? ''] ?? ['bad-request', 'This is not HTTP as it can be read.'];
  const problem = new ProblemError(code, detail);
  const body = JSON.stringify(problemBody(problem, '', randomUUID()));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      `Content-Type: ${problemContentType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
};

const rawProblems: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', `The headers of a request have at most ${headerBytesMax} bytes.`],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', `A request must arrive within ${requestTimeoutMs / 1000} s.`],
};
