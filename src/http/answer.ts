import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../domain/refusal.js';
import { ProblemError } from './problems.js';

export const jsonContentType = 'application/json; charset=utf-8';

/** What a reader gives; the members of `projections/incident-reader.ts` that an answer needs. */
type Read =
  | { readonly kind: 'found'; readonly body: object; readonly etag: string | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'behind'; readonly detail: string; readonly retryAfterSeconds: number };

/** Sends what was read, or 304 where the caller has it already. Bytes go out as they are. */
export const sendRead = (request: FastifyRequest, reply: FastifyReply, read: Read): void => {
  const { body, etag } = foundOf(read);
  // A cache may keep it and must ask again each time: a tally is never stale by a cache of ours.
  reply.header('cache-control', 'no-cache');
  if (etag !== null) {
    reply.header('etag', etag);
    if (matches(request.headers['if-none-match'], etag)) {
      void reply.code(304).send();
      return;
    }
  }
  sendJson(reply, 200, body);
};

/** @throws ProblemError */
export const foundOf = <R extends Read>(read: R): Extract<R, { readonly kind: 'found' }> => {
  if (isFound(read)) return read;
  if (read.kind === 'refused') throw problemOfRefusal(read.refusal);
  if (read.kind === 'behind')
    throw new ProblemError('projection-behind', read.detail, { headers: retryAfter(read.retryAfterSeconds) });
  throw new TypeError('a read of an unknown kind');
};

const isFound = <R extends Read>(read: R): read is Extract<R, { readonly kind: 'found' }> => read.kind === 'found';

export const sendJson = (reply: FastifyReply, status: number, body: object): void =>
  sendJsonText(reply, status, Buffer.isBuffer(body) ? body : JSON.stringify(body));

/** JSON that is made already. */
export const sendJsonText = (reply: FastifyReply, status: number, text: string | Buffer): void => {
  void reply.code(status).header('content-type', jsonContentType).send(text);
};

export const problemOfRefusal = ({ code, detail, errors }: Refusal): ProblemError =>
  new ProblemError(code, detail, { errors });

export const retryAfter = (seconds: number): Record<string, string> => ({
  'retry-after': String(Math.max(1, Math.ceil(seconds))),
});

/** Weak comparison (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean => {
  if (header === undefined) return false;
  if (header === etag || header.trim() === '*') return true;
  return header.split(',').some((given) => withoutWeakness(given.trim()) === withoutWeakness(etag));
};

const withoutWeakness = (etag: string): string => (etag.startsWith('W/') ? etag.slice(2) : etag);
