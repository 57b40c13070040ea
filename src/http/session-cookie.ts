import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problems.js';

/** Holds the API key of a browser that signed in: no script can read it, and no other site sends it. */
const sessionCookie = 'tollbook_key';

/** A browser keeps it so long, in seconds; a key that is revoked or expires ends it at once. */
const sessionSeconds = 30 * 24 * 60 * 60;

const options = (request: FastifyRequest) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict' as const,
  // The service speaks plain HTTP; the proxy before it says whether its reader came by TLS.
  secure: request.headers['x-forwarded-proto'] === 'https',
});

/** The key that the browser keeps, as it was kept; `null` where there is none. */
export const keptKey = (request: FastifyRequest): string | null => {
  const { cookie } = request.headers;
  return cookie === undefined ? null : (parseCookie(cookie)[sessionCookie] ?? null);
};

export const keepKey = (request: FastifyRequest, reply: FastifyReply, key: string): void => {
  setCookie(reply, { ...options(request), value: key, maxAge: sessionSeconds });
};

export const forgetKey = (request: FastifyRequest, reply: FastifyReply): void => {
  setCookie(reply, { ...options(request), value: '', maxAge: 0, expires: new Date(0) });
};

const setCookie = (reply: FastifyReply, cookie: Omit<SetCookie, 'name'>): void => {
  reply.header('set-cookie', stringifySetCookie({ name: sessionCookie, ...cookie }));
};

/**
 * A browser sends the cookie with whatever a page asks of us. SameSite keeps pages of other sites from it; this keeps
 * out what older browsers let through, and pages of other ports and subdomains, which count as the same site.
 * @throws ProblemError 403 where a request that changes something does not come from our own page
 */
export const refuseForeignPage = (request: FastifyRequest): void => {
  const { method, headers } = request;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const own = origin !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  if (!own || (site !== undefined && site !== 'same-origin'))
    throw new ProblemError(
      'cross-site',
      'Signed in by cookie, only the pages of this service itself may change anything.',
    );
};
