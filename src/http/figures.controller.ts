import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { RetractionBody } from '../domain/commands.js';
import { correctionSchema, reasonSchema, retractionSchema } from '../domain/schema/decisions.js';
import { IncidentReader } from '../projections/incident-reader.js';
import { sendRead } from './answer.js';
import { JsonBody } from './body.pipe.js';
import { Call } from './call.decorator.js';
import { FilingService } from './filing.service.js';
import { Parameters } from './parameters.decorator.js';
import { dryRunQuery, historyQuery, type DryRunQuery, type HistoryQuery } from './parameters.js';
import { decidedSchema, figureListSchema, figureShapeSchema } from './shapes/history.js';
import { slugOf } from './slug.js';

@ApiTags('figures')
@Controller('v1/incidents/:slug/figures')
export class FiguresController {
  constructor(
    private readonly filing: FilingService,
    private readonly reader: IncidentReader,
  ) {}

  @Get()
  @Call({
    role: 'reader',
    summary: 'Every figure, in the order filed',
    query: historyQuery,
    conditional: true,
    answer: { status: 200, description: 'A page of figures.', schema: figureListSchema },
    problems: ['incident-not-found'],
  })
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: HistoryQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.figures(slugOf(slug), query));
  }

  @Get(':id')
  @Call({
    role: 'reader',
    summary: 'One figure',
    conditional: true,
    answer: { status: 200, description: 'The figure.', schema: figureShapeSchema },
    problems: ['incident-not-found', 'figure-not-found'],
  })
  async one(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') id: string,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.figure(slugOf(slug), id));
  }

  @Post(':id/correction')
  @Call({
    role: 'desk',
    summary: 'The desk filed it wrong: the figure as it should have been, whole',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Corrected.', schema: decidedSchema },
    problems: ['invalid-figure', 'incident-not-found', 'figure-not-found'],
  })
  correct(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') figure: string,
    @JsonBody(correctionSchema, 'invalid-figure') correction: z.infer<typeof correctionSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    const { figure: corrected, reason } = correction;
    const command = { kind: 'correctFigure', figure, corrected, reason } as const;
    return this.filing.file(request, reply, slugOf(slug), command, { dryRun });
  }

  @Post(':id/retraction')
  @Call({
    role: 'desk',
    summary: 'Withdrawn by the desk, the outlet or the speaker',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Retracted.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'figure-not-found'],
  })
  retract(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') figure: string,
    @JsonBody(retractionSchema, 'invalid-decision') retraction: RetractionBody,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'retractFigure', figure, retraction }, { dryRun });
  }

  @Post(':id/denial')
  @Call({
    role: 'desk',
    summary: 'The alleged speaker says it never said so',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Denied.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'figure-not-found'],
  })
  deny(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') figure: string,
    @JsonBody(reasonSchema, 'invalid-decision') { reason }: z.infer<typeof reasonSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'denyAttribution', figure, reason }, { dryRun });
  }

  @Post(':id/reinstatement')
  @Call({
    role: 'desk',
    summary: 'A retraction or denial undone',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Reinstated.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'figure-not-found', 'not-withdrawn'],
  })
  reinstate(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') figure: string,
    @JsonBody(reasonSchema, 'invalid-decision') { reason }: z.infer<typeof reasonSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'reinstateFigure', figure, reason }, { dryRun });
  }
}
