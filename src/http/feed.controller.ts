import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FeedHub } from '../projections/feed-hub.js';
import { Access } from './access.js';
import { problemOfRefusal, retryAfter } from './answer.js';
import { Call } from './call.decorator.js';
import { openFeed } from './feed-connection.js';
import { HttpMetrics } from './metrics.js';
import { Parameters } from './parameters.decorator.js';
import { eventIdCharactersMax, feedQuery, feedsQuery, type FeedQuery, type FeedsQuery } from './parameters.js';
import { ProblemError } from './problems.js';
import { Readiness } from './readiness.js';
import { slugOf } from './slug.js';

const types = { 'text/event-stream': { type: 'string' } };

/** Server-Sent Events over a plain socket: Nest's own layer numbers events itself and queues without our bound. */
@ApiTags('feed')
@Controller('v1')
export class FeedController {
  constructor(
    private readonly hub: FeedHub,
    private readonly metrics: HttpMetrics,
    private readonly readiness: Readiness,
    private readonly access: Access,
  ) {}

  @Get('incidents/:slug/feed')
  @Call({
    role: 'reader',
    summary: 'The tally, then each filing that changes it, as it is stored',
    query: feedQuery,
    answer: { status: 200, description: 'Events snapshot, revision and reset.', types },
    problems: ['incident-not-found', 'invalid-header', 'projection-behind', 'shutting-down'],
  })
  one(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: FeedQuery,
  ): Promise<void> {
    return this.open(request, reply, [slugOf(slug)], query);
  }

  @Get('feed')
  @Call({
    role: 'reader',
    summary: 'Several incidents, or all, on one connection',
    query: feedsQuery,
    answer: { status: 200, description: 'Events snapshot (one an incident), revision and reset.', types },
    problems: ['incident-not-found', 'invalid-header', 'projection-behind', 'shutting-down'],
  })
  many(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Parameters() query: FeedsQuery): Promise<void> {
    return this.open(request, reply, query.incidents?.map(slugOf) ?? 'all', query);
  }

  private async open(
    request: FastifyRequest,
    reply: FastifyReply,
    incidents: readonly string[] | 'all',
    query: FeedQuery,
  ): Promise<void> {
    // Whatever can go wrong is decided before the headers are sent: afterwards an EventSource cannot tell what it was.
    const admitted = await this.hub.admit({ incidents, lastEventId: lastEventIdOf(request, query) });
    if (admitted.kind === 'unavailable') {
      const code = this.readiness.isLeaving ? 'shutting-down' : 'projection-behind';
      throw new ProblemError(code, admitted.detail, { headers: retryAfter(admitted.retryAfterSeconds) });
    }
    if (admitted.kind === 'refused') throw problemOfRefusal(admitted.refusal);
    this.metrics.count(request.method, request.routeOptions.url ?? '', 200);
    openFeed(request, reply, admitted.start, () => this.access.mayStillRead(request));
  }
}

/** The header is the newer one: a browser sets it on its own reconnections, and keeps the address. */
const lastEventIdOf = (request: FastifyRequest, query: FeedQuery): string | null => {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return query.last_event_id || null;
  if (typeof header !== 'string' || header.length > eventIdCharactersMax)
    throw new ProblemError('invalid-header', `Last-Event-ID has at most ${eventIdCharactersMax} characters.`);
  return header;
};
