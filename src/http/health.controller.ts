import { Controller, Get, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Projector } from '../projections/projector.js';
import { sendJson } from './answer.js';
import { Call } from './call.decorator.js';
import { HttpMetrics } from './metrics.js';
import { Readiness } from './readiness.js';
import { liveSchema, readySchema } from './shapes/health.js';

@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(
    private readonly projector: Projector,
    private readonly readiness: Readiness,
    private readonly metrics: HttpMetrics,
  ) {}

  @Get('health/live')
  @Call({
    role: 'anyone',
    summary: 'The process runs',
    answer: { status: 200, description: 'It runs.', schema: liveSchema },
  })
  live(@Res() reply: FastifyReply): void {
    reply.header('cache-control', 'no-store');
    sendJson(reply, 200, { status: 'ok' });
  }

  @Get('health/ready')
  @Call({
    role: 'anyone',
    summary: 'It can serve, and how far the tally is behind the log; 503 with the same body where it cannot',
    answer: { status: 200, description: 'It can; degraded where an incident is poisoned.', schema: readySchema },
  })
  @ApiResponse({
    status: 503,
    description: 'It cannot: the log is away, or it is about to stop.',
    standardSchema: readySchema,
  })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const status = await this.projector.status();
    const body = this.readiness.isLeaving ? { ...status, status: 'down' } : status;
    reply.header('cache-control', 'no-store');
    sendJson(reply, body.status === 'down' ? 503 : 200, body);
  }

  @Get('metrics')
  @Call({
    role: 'anyone',
    summary: 'Metrics for Prometheus',
    answer: { status: 200, description: 'Prometheus text format.', types: { 'text/plain': { type: 'string' } } },
  })
  async prometheus(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('cache-control', 'no-store')
      .header('content-type', this.metrics.contentType)
      .send(await this.metrics.text());
  }
}
