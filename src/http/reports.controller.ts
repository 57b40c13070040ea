import { hash } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RetractionBody } from '../domain/commands.js';
import { retractionSchema } from '../domain/schema/decisions.js';
import { reportSchema, type ReportAsFiled } from '../domain/schema/report.js';
import { IncidentReader } from '../projections/incident-reader.js';
import { sendRead } from './answer.js';
import { JsonBody } from './body.pipe.js';
import { Call } from './call.decorator.js';
import { FilingService } from './filing.service.js';
import { Parameters } from './parameters.decorator.js';
import { dryRunQuery, type DryRunQuery } from './parameters.js';
import { decidedSchema, reportFiledSchema, reportShapeSchema } from './shapes/history.js';
import { slugOf } from './slug.js';

@ApiTags('reports')
@Controller('v1/incidents/:slug/reports')
export class ReportsController {
  constructor(
    private readonly filing: FilingService,
    private readonly reader: IncidentReader,
  ) {}

  @Post()
  @Call({
    role: 'desk',
    summary: 'File a report: all its figures, in one atomic append',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Stored, on disk; what it changed.', schema: reportFiledSchema },
    problems: ['invalid-report', 'too-many-figures', 'filing-too-large', 'incident-not-found', 'incident-closed'],
  })
  file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @JsonBody(reportSchema, 'invalid-report') report: ReportAsFiled,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    const bodyHash = hash('sha256', request.bodyBytes ?? '');
    const location = (id: string): string => `/v1/incidents/${slug}/reports/${id}`;
    return this.filing.file(
      request,
      reply,
      slugOf(slug),
      { kind: 'fileReport', report, bodyHash },
      { dryRun, location },
    );
  }

  @Post(':id/retraction')
  @Call({
    role: 'desk',
    summary: 'Retract all figures of a report',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Retracted.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'report-not-found'],
  })
  retract(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') report: string,
    @JsonBody(retractionSchema, 'invalid-decision') retraction: RetractionBody,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'retractReport', report, retraction }, { dryRun });
  }

  @Get(':id')
  @Call({
    role: 'reader',
    summary: 'One report with its figures',
    conditional: true,
    answer: { status: 200, description: 'The report.', schema: reportShapeSchema },
    problems: ['incident-not-found', 'report-not-found'],
  })
  async one(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') id: string,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.report(slugOf(slug), id));
  }
}
