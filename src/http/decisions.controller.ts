import { Controller, Delete, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  explanationSchema,
  gradeSchema,
  linkOriginsSchema,
  pinSchema,
  reasonSchema,
} from '../domain/schema/decisions.js';
import { IncidentReader } from '../projections/incident-reader.js';
import { foundOf, sendRead } from './answer.js';
import { JsonBody } from './body.pipe.js';
import { Call } from './call.decorator.js';
import { FilingService } from './filing.service.js';
import { fieldErrorsOf } from './field-errors.js';
import { Parameters } from './parameters.decorator.js';
import {
  dryRunQuery,
  listQuery,
  reasonQuery,
  type DryRunQuery,
  type ListQuery,
  type ReasonQuery,
} from './parameters.js';
import { ProblemError } from './problems.js';
import { decidedSchema, gradeListSchema, linkMadeSchema, originLinkListSchema } from './shapes/history.js';
import { slugOf } from './slug.js';

/** Editors' decisions about origins and cells, and reasons given afterwards. */
@ApiTags('decisions')
@Controller('v1/incidents/:slug')
export class DecisionsController {
  constructor(
    private readonly filing: FilingService,
    private readonly reader: IncidentReader,
  ) {}

  @Get('links')
  @Call({
    role: 'reader',
    summary: 'Which origins are joined, by whom and why',
    query: listQuery,
    conditional: true,
    answer: { status: 200, description: 'A page of the links in force.', schema: originLinkListSchema },
    problems: ['incident-not-found'],
  })
  async links(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: ListQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.links(slugOf(slug), query));
  }

  @Post('links')
  @Call({
    role: 'editor',
    summary: 'Two speakers are one origin',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Joined.', schema: linkMadeSchema },
    problems: ['invalid-decision', 'incident-not-found'],
  })
  link(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @JsonBody(linkOriginsSchema, 'invalid-decision') link: z.infer<typeof linkOriginsSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'linkOrigins', ...link }, { dryRun });
  }

  @Delete('links/:id')
  @Call({
    role: 'editor',
    summary: 'That link is removed',
    query: reasonQuery,
    answer: { status: 200, description: 'Parted.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'link-not-found'],
  })
  unlink(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('id') link: string,
    @Parameters() query: ReasonQuery,
  ): Promise<void> {
    const { reason } = reasonOf(query, request.body);
    return this.filing.file(request, reply, slugOf(slug), { kind: 'unlinkOrigins', link, reason }, query);
  }

  @Get('grades')
  @Call({
    role: 'reader',
    summary: 'Which speakers were moved to another kind, by whom and why',
    query: listQuery,
    conditional: true,
    answer: { status: 200, description: 'A page of the grades in force.', schema: gradeListSchema },
    problems: ['incident-not-found'],
  })
  async grades(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Parameters() query: ListQuery,
  ): Promise<void> {
    sendRead(request, reply, await this.reader.grades(slugOf(slug), query));
  }

  @Post('grades')
  @Call({
    role: 'editor',
    summary: 'Move a speaker to another kind',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Graded.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found'],
  })
  grade(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    // The body's own `kind` is that of the speaker; a command's is what it does.
    @JsonBody(gradeSchema, 'invalid-decision') grade: z.infer<typeof gradeSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'gradeSpeaker', grade }, { dryRun });
  }

  @Put('pins/:cell')
  @Call({
    role: 'editor',
    summary: 'A cell shows a given estimate until unpinned',
    query: dryRunQuery,
    version: 'needed',
    body: true,
    answer: { status: 200, description: 'Pinned.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'cell-not-found', 'stale-version', 'version-required'],
  })
  pin(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('cell') cell: string,
    @JsonBody(pinSchema, 'invalid-decision') pin: z.infer<typeof pinSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    return this.filing.file(request, reply, slugOf(slug), { kind: 'pinEstimate', cell, ...pin }, { dryRun });
  }

  @Delete('pins/:cell')
  @Call({
    role: 'editor',
    summary: 'The pin is taken off',
    query: reasonQuery,
    version: 'needed',
    answer: { status: 200, description: 'Unpinned.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'cell-not-found', 'stale-version', 'version-required'],
  })
  unpin(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('cell') cell: string,
    @Parameters() query: ReasonQuery,
  ): Promise<void> {
    const { reason } = reasonOf(query, request.body);
    return this.filing.file(request, reply, slugOf(slug), { kind: 'unpinEstimate', cell, reason }, query);
  }

  @Post('revisions/:number/explanation')
  @Call({
    role: 'desk',
    summary: 'Why a number changed, told afterwards',
    query: dryRunQuery,
    idempotent: true,
    body: true,
    answer: { status: 201, description: 'Explained.', schema: decidedSchema },
    problems: ['invalid-decision', 'incident-not-found', 'revision-not-found'],
  })
  async explain(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('slug') slug: string,
    @Param('number') number: string,
    @JsonBody(explanationSchema, 'invalid-decision') explanation: z.infer<typeof explanationSchema>,
    @Parameters() { dryRun }: DryRunQuery,
  ): Promise<void> {
    const target = foundOf(await this.reader.revisionTarget(slugOf(slug), number));
    const command = { kind: 'explainRevision', ...target.body, ...explanation } as const;
    await this.filing.file(request, reply, slug, command, { dryRun });
  }
}

/** The reason of a DELETE: in the query, or in a body like those of the other decisions. */
const reasonOf = (query: ReasonQuery, body: unknown): { readonly reason: string } => {
  const given = body ?? (query.reason === undefined ? {} : { reason: query.reason });
  const read = reasonSchema.safeParse(given);
  if (read.success) return read.data;
  const errors = fieldErrorsOf(read.error.issues, given);
  throw new ProblemError('invalid-decision', 'Give the reason, as ?reason= or in the body.', { errors });
};
