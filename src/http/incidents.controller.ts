import { Controller, Get, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  incidentPatchSchema,
  incidentSchema,
  type IncidentAsOpened,
  type IncidentPatch,
} from '../domain/schema/incident.js';
import { IncidentReader } from '../projections/incident-reader.js';
import { sendRead } from './answer.js';
import { JsonBody } from './body.pipe.js';
import { Call } from './call.decorator.js';
import { FilingService } from './filing.service.js';
import { Parameters } from './parameters.decorator.js';
import { dryRunQuery, incidentsQuery, type DryRunQuery, type IncidentsQuery } from './parameters.js';
import { incidentDecidedSchema, incidentListSchema, incidentShapeSchema } from './shapes/history.js';
import { slugOf } from './slug.js';

@ApiTags('incidents')
@Controller('v1/incidents')
export class IncidentsController {
  constructor(
    private readonly filing: FilingService,
    private readonly reader: IncidentReader,
  ) {}

  @Post()
  @Call({
    role: 'editor',
    summary: 'Open an incident',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Opened.', schema: incidentDecidedSchema },
    problems: ['invalid-incident', 'slug-taken'],
  })
  open(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @JsonBody(incidentSchema, 'invalid-incident') incident: IncidentAsOpened,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    const location = (): string => `/v1/incidents/${incident.slug}`;
    const command = { kind: 'openIncident', incident } as const;
    return this.filing.file(request, reply, incident.slug, command, { dryRun, location });
  }

  @Patch(':slug')
  @Call({
    role: 'editor',
    summary: 'Amend, close or reopen an incident (merge patch)',
    query: dryRunQuery,
    version: 'needed',
    body: true,
    answer: { status: 200, description: 'Amended.', schema: incidentDecidedSchema },
    problems: ['invalid-incident', 'incident-not-found', 'stale-version', 'version-required'],
  })
  amend(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @JsonBody(incidentPatchSchema, 'invalid-incident') patch: IncidentPatch,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'amendIncident', patch }, { dryRun });
  }

  @Get()
  @Call({
    role: 'reader',
    summary: 'The incidents, each with its headline',
    query: incidentsQuery,
    conditional: true,
    answer: { status: 200, description: 'A page of incidents.', schema: incidentListSchema },
    problems: ['projection-behind'],
  })
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Parameters() query: IncidentsQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.incidents(query));
  }

  @Get(':slug')
  @Call({
    role: 'reader',
    summary: 'One incident with its scheme; its ETag is what If-Match of an amendment wants',
    conditional: true,
    answer: { status: 200, description: 'The incident.', schema: incidentShapeSchema },
    problems: ['incident-not-found'],
  })
  async one(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('slug') slug: string): Promise<void> {
    sendRead(request, reply, await this.reader.incident(slugOf(slug)));
  }
}
