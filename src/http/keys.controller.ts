import { Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyDesk } from '../filing/key-desk.js';
import { sendJson } from './answer.js';
import { JsonBody } from './body.pipe.js';
import { Call } from './call.decorator.js';
import { idempotencyOf } from './filing.service.js';
import { Parameters } from './parameters.decorator.js';
import { pagingQuery, type PagingQuery } from './parameters.js';
import { ProblemError } from './problems.js';
import { RecentAnswers } from './recent-answers.js';
import { keyAsAskedSchema, keyListSchema, keyMadeSchema, keySchema, type KeyAsAsked } from './shapes/keys.js';

@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  /** Kept in memory only, and for minutes: an answer has the secret, which is written nowhere. */
  private readonly recent = new RecentAnswers<object>();

  constructor(private readonly keys: KeyDesk) {}

  @Post()
  @Call({
    role: 'admin',
    summary: 'Make a key; the secret is in this answer only',
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'The key and its secret.', schema: keyMadeSchema },
    problems: ['invalid-key'],
  })
  async create(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @JsonBody(keyAsAskedSchema, 'invalid-key') asked: KeyAsAsked,
  ): Promise<void> {
    const { body, replayed } = await this.recent.once(request.caller.desk, idempotencyOf(request), async () => {
      const { key, secret } = await this.keys.create(withoutUndefined(asked));
      return { ...key, secret };
    });
    if (replayed) reply.header('idempotency-replayed', 'true');
    reply.header('cache-control', 'no-store');
    sendJson(reply, 201, body);
  }

  @Get()
  @Call({
    role: 'admin',
    summary: 'All keys, without their secrets',
    query: pagingQuery,
    answer: { status: 200, description: 'A page of keys.', schema: keyListSchema },
  })
  list(@Res() reply: FastifyReply, @Parameters() { after, limit }: PagingQuery): void {
    const all = this.keys.list();
    const from = after === undefined ? 0 : Number(after);
    const data = all.slice(from, from + limit);
    const hasMore = from + data.length < all.length;
    reply.header('cache-control', 'no-store');
    sendJson(reply, 200, { data, hasMore, next: hasMore ? String(from + data.length) : null });
  }

  @Delete(':id')
  @Call({
    role: 'admin',
    summary: 'Revoke a key, at once',
    answer: { status: 200, description: 'The key, revoked.', schema: keySchema },
    problems: ['key-not-found'],
  })
  async revoke(@Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const key = await this.keys.revoke(id);
    if (key === null) throw new ProblemError('key-not-found', 'There is no key with this id.');
    sendJson(reply, 200, key);
  }
}

const withoutUndefined = ({ role, desk = null, person = null, expiresAt = null }: KeyAsAsked) => ({
  role,
  desk,
  person,
  expiresAt,
});
