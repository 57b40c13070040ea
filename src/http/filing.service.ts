import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Command } from '../domain/commands.js';
import { FilingDesk } from '../filing/filing-desk.js';
import type { Outcome } from '../filing/outcome.js';
import { problemOfRefusal, retryAfter, sendJsonText } from './answer.js';
import { HttpMetrics, type FilingOutcome } from './metrics.js';
import { ProblemError, type ProblemCode } from './problems.js';

const idempotencyKeyCharactersMax = 200;
const idempotencyKeyPattern = new RegExp(`^[\\x21-\\x7e]{1,${idempotencyKeyCharactersMax}}$`, 'u');

export interface FilingOptions {
  readonly dryRun?: boolean;
  /** Where what was made can be read, from its id. */
  readonly location?: (made: string) => string;
}

/** Hands a command to the filing desk, with what the request says around it, and answers with the outcome. */
@Injectable()
export class FilingService {
  constructor(
    private readonly desk: FilingDesk,
    private readonly metrics: HttpMetrics,
  ) {}

  async file(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
    command: Command,
    options: FilingOptions = {},
  ): Promise<void> {
    const { caller } = request;
    const { dryRun = false } = options;
    const outcome = await this.desk.execute(slug, command, {
      desk: caller.desk,
      person: caller.person,
      correlationId: request.id,
      idempotency: request.method === 'POST' ? idempotencyOf(request) : null,
      dryRun,
      ifMatch: ifMatchOf(request),
    });
    if (!dryRun) this.metrics.countFiling(kindOf(outcome));
    send(reply, outcome, options);
  }
}

const kindOf = (outcome: Outcome): FilingOutcome => {
  if (outcome.kind !== 'done') return outcome.kind;
  return outcome.replayed ? 'replayed' : 'stored';
};

const send = (reply: FastifyReply, outcome: Outcome, options: FilingOptions): void => {
  if (outcome.kind === 'refused') throw problemOfRefusal(outcome.refusal);
  if (outcome.kind === 'unavailable') {
    const headers = retryAfter(outcome.retryAfterSeconds);
    throw new ProblemError(unavailable[outcome.reason], outcome.detail, { headers });
  }
  if (outcome.replayed) reply.header('idempotency-replayed', 'true');
  if (outcome.etag !== null) reply.header('etag', outcome.etag);
  if (options.location !== undefined && outcome.status === 201 && options.dryRun !== true)
    reply.header('location', options.location(outcome.made ?? ''));
  sendJsonText(reply, outcome.status, outcome.json);
};

const unavailable: Readonly<Record<Extract<Outcome, { kind: 'unavailable' }>['reason'], ProblemCode>> = {
  logAway: 'log-unavailable',
  poisoned: 'incident-poisoned',
  busy: 'busy',
  closing: 'shutting-down',
};

/** The key and what tells a repeat from another request: method, path and body, not the query. */
export const idempotencyOf = (request: FastifyRequest): { key: string; bodyHash: string } | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !idempotencyKeyPattern.test(key))
    throw new ProblemError(
      'invalid-header',
      `Idempotency-Key must be 1 to ${idempotencyKeyCharactersMax} visible ASCII characters, without spaces.`,
    );
  const [path = ''] = (request.raw.url ?? '').split('?');
  const start = Buffer.from(`${request.method} ${path}\n`);
  const body = request.bodyBytes;
  return { key, bodyHash: hash('sha256', body === null ? start : Buffer.concat([start, body])) };
};

const ifMatchPattern = /^(?:\*|(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*)$/u;

const ifMatchOf = (request: FastifyRequest): string | null => {
  const header = request.headers['if-match'];
  if (header === undefined) return null;
  if (!ifMatchPattern.test(header))
    throw new ProblemError('invalid-header', 'If-Match must be * or an ETag in double quotes, as it was given.');
  return header;
};
