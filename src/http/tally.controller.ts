import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IncidentReader } from '../projections/incident-reader.js';
import { sendRead } from './answer.js';
import { Call } from './call.decorator.js';
import { Parameters } from './parameters.decorator.js';
import {
  cellQuery,
  diffQuery,
  revisionsQuery,
  tallyQuery,
  type CellQuery,
  type DiffQuery,
  type RevisionsQuery,
  type TallyQuery,
} from './parameters.js';
import { diffSchema, methodsSchema, revisionListSchema } from './shapes/history.js';
import { cellExplainedSchema, tallySchema } from './shapes/tally.js';
import { slugOf } from './slug.js';

@ApiTags('tally')
@Controller('v1/incidents/:slug')
export class TallyController {
  constructor(private readonly reader: IncidentReader) {}

  @Get('tally')
  @Call({
    role: 'reader',
    summary: 'All estimates of an incident, now or at another moment',
    query: tallyQuery,
    conditional: true,
    answer: { status: 200, description: 'The tally.', schema: tallySchema },
    problems: ['incident-not-found', 'projection-behind', 'log-unavailable'],
  })
  async tally(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: TallyQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.tally(slugOf(slug), query));
  }

  @Get('tally/diff')
  @Call({
    role: 'reader',
    summary: 'What differs between two positions, or two methods',
    query: diffQuery,
    conditional: true,
    answer: { status: 200, description: 'The cells that differ.', schema: diffSchema },
    problems: ['incident-not-found', 'projection-behind', 'log-unavailable'],
  })
  async diff(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: DiffQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.tallyDiff(slugOf(slug), query));
  }

  @Get('cells/:cell')
  @Call({
    role: 'reader',
    summary: 'One estimate explained; its ETag is what If-Match of a pin wants',
    query: cellQuery,
    conditional: true,
    answer: { status: 200, description: 'The estimate, its rule, and every statement.', schema: cellExplainedSchema },
    problems: ['incident-not-found', 'cell-not-found', 'log-unavailable'],
  })
  async cell(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('cell') cell: string,
    @Parameters() query: CellQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.cell(slugOf(slug), cell, query));
  }

  @Get('methods')
  @Call({
    role: 'reader',
    summary: 'Every method’s best of every cell, side by side',
    conditional: true,
    answer: { status: 200, description: 'The methods and what each gives.', schema: methodsSchema },
    problems: ['incident-not-found'],
  })
  async methods(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.methods(slugOf(slug)));
  }

  @Get('revisions')
  @Call({
    role: 'reader',
    summary: 'The history: each change of each estimate',
    query: revisionsQuery,
    conditional: true,
    answer: { status: 200, description: 'A page of revisions.', schema: revisionListSchema },
    problems: ['incident-not-found', 'log-unavailable'],
  })
  async revisions(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: RevisionsQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.revisions(slugOf(slug), query));
  }
}
