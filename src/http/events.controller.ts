import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventArchive } from '../audit/event-archive.js';
import { preferredType } from './accept.js';
import { Call } from './call.decorator.js';
import { Parameters } from './parameters.decorator.js';
import { pagingQuery, type PagingQuery } from './parameters.js';
import { ProblemError } from './problems.js';
import { slugOf } from './slug.js';

const batchType = 'application/cloudevents-batch+json';
const linesType = 'application/x-ndjson';
const types = [batchType, linesType];
const described = {
  [batchType]: { type: 'array', items: { $ref: '#/components/schemas/CloudEvent' } },
  [linesType]: { type: 'string', description: 'One CloudEvent a line.' },
};

/** The events themselves, as CloudEvents 1.0: page by page, or all of them line by line. */
@ApiTags('events')
@Controller('v1')
export class EventsController {
  constructor(private readonly archive: EventArchive) {}

  @Get('events')
  @Call({
    role: 'auditor',
    summary: 'All events; as application/x-ndjson without a bound',
    query: pagingQuery,
    answer: { status: 200, description: 'CloudEvents; Link rel="next" where there are more.', types: described },
    problems: ['not-acceptable', 'log-unavailable'],
  })
  all(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Parameters() query: PagingQuery): Promise<void> {
    return this.send(request, reply, query, undefined);
  }

  @Get('incidents/:slug/events')
  @Call({
    role: 'auditor',
    summary: 'The events of one incident',
    query: pagingQuery,
    answer: { status: 200, description: 'CloudEvents; Link rel="next" where there are more.', types: described },
    problems: ['not-acceptable', 'incident-not-found', 'log-unavailable'],
  })
  ofIncident(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: PagingQuery,
  ): Promise<void> {
    return this.send(request, reply, query, slugOf(slug));
  }

  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    query: PagingQuery,
    incident: string | undefined,
  ): Promise<void> {
    // JSON as such is asked for by clients that do not know of batches; it is what they get.
    const wanted = preferredType(request.headers.accept, [...types, 'application/json']);
    if (wanted === null) throw new ProblemError('not-acceptable', `Events come as ${types.join(' or ')}.`);
    const lines = wanted === linesType;
    const of = incident === undefined ? {} : { incident };
    const after = query.after === undefined ? {} : { after: query.after };
    // Asked for in lines too, since what is not there must be said before the first line.
    const page = await this.archive.list({ ...of, ...after, limit: lines ? 1 : query.limit });
    if (page === null) throw new ProblemError('incident-not-found', 'There is no incident of this name.');
    reply.header('vary', varyOf(reply)).header('cache-control', 'no-store');
    if (lines) {
      const body = request.method === 'HEAD' ? '' : Readable.from(this.archive.stream({ ...of, ...after }));
      await reply.header('content-type', linesType).send(body);
      return;
    }
    if (page.next !== null && page.hasMore) reply.header('link', `<${linkTo(request, page.next)}>; rel="next"`);
    // As bytes: to text Fastify would add a charset, which this type does not have.
    await reply.header('content-type', batchType).send(Buffer.from(JSON.stringify(page.data)));
  }
}

const varyOf = (reply: FastifyReply): string =>
  reply.hasHeader('vary') ? `${String(reply.getHeader('vary'))}, Accept` : 'Accept';

const linkTo = (request: FastifyRequest, after: string): string => {
  const [path = '', query = ''] = (request.raw.url ?? '').split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('after', after);
  return `${path}?${parameters.toString()}`;
};
