import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a browser may keep the answer to a preflight, in seconds. */
const preflightSeconds = 600;

const exposed = 'ETag, Link, Location, Retry-After, X-Request-Id';
const allowedHeaders = 'Authorization, If-None-Match, Last-Event-ID, Cache-Control';

/**
 * Lets the pages of the named origins read, and only read. Headers are set before anything is decided, so that a page
 * can also read a problem. Hand-made because a feed's hijacked reply needs the very same headers.
 * @returns whether the request was a preflight, and has been answered
 */
export const answerCors = (origins: ReadonlySet<string>, request: FastifyRequest, reply: FastifyReply): boolean => {
  if (origins.size === 0) return false;
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.has(origin)) return false;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-expose-headers', exposed);
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
  void reply
    .header('access-control-allow-methods', 'GET, HEAD')
    .header('access-control-allow-headers', allowedHeaders)
    .header('access-control-max-age', String(preflightSeconds))
    .code(204)
    .send();
  return true;
};
