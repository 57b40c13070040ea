import { Controller, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Projector } from '../projections/projector.js';
import { sendJson } from './answer.js';
import { Backups } from './backups.js';
import { Call } from './call.decorator.js';
import { ProblemError } from './problems.js';
import { backupSchema, readySchema, recoverySchema } from './shapes/health.js';
import { slugOf } from './slug.js';

/** What the command line does offline, while the service runs. Doing any of it again does no harm. */
@ApiTags('operations')
@Controller('v1/admin')
export class AdminController {
  constructor(
    private readonly projector: Projector,
    private readonly backups: Backups,
  ) {}

  @Post('backup')
  @Call({
    role: 'admin',
    summary: 'Copy the embedded log, whole, into a directory beside it, while everything goes on',
    answer: { status: 201, description: 'Made; where it is.', schema: backupSchema },
    problems: ['log-elsewhere', 'log-unavailable'],
  })
  async backup(@Res() reply: FastifyReply): Promise<void> {
    const made = await this.backups.create();
    if (made === null)
      throw new ProblemError('log-elsewhere', 'The log is on a KurrentDB: back that up with its tools.');
    sendJson(reply, 201, made);
  }

  @Post('rebuild')
  @Call({
    role: 'admin',
    summary: 'Make the incident list anew from the first event on, beside the old one, and show it once it is whole',
    answer: { status: 201, description: 'Rebuilt; how the projection stands.', schema: readySchema },
    problems: ['log-unavailable'],
  })
  async rebuild(@Res() reply: FastifyReply): Promise<void> {
    await this.projector.rebuild();
    sendJson(reply, 201, await this.projector.status());
  }

  @Post('poisoned/:incident/retry')
  @Call({
    role: 'admin',
    summary: 'Read an incident again that was set aside',
    answer: { status: 201, description: 'Whether it could be read this time.', schema: recoverySchema },
    problems: ['incident-not-found', 'log-unavailable'],
  })
  async retry(@Res() reply: FastifyReply, @Param('incident') incident: string): Promise<void> {
    const { kind: result, ...rest } = await this.projector.retryPoisoned(slugOf(incident));
    sendJson(reply, 201, { incident, result, ...rest });
  }
}
