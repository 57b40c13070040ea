// An empty Nest service on Fastify whose one handler checks a report with the same schema. Nothing is stored. The
// decorators are called as functions, since Node runs this file as it stands.
import 'reflect-metadata';
import { Body, Controller, Get, Header, HttpCode, Module, Post, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { reportSchema } from '#tollbook/domain/schema/report.js';

const tallyBytes = JSON.stringify({
  cells: Array.from({ length: 40 }, (_, n) => ({ cell: `killed/group-${n}`, best: n })),
});

class FloorController {
  file(report: { figures: unknown[] }): object {
    return { figures: report.figures.length };
  }

  tally(): string {
    return tallyBytes;
  }
}

const decorate = (name: 'file' | 'tally', ...decorators: MethodDecorator[]): void => {
  const descriptor = Object.getOwnPropertyDescriptor(FloorController.prototype, name);
  if (descriptor === undefined) throw new Error(name);
  for (const decorator of decorators) decorator(FloorController.prototype, name, descriptor);
};

Reflect.defineMetadata('design:paramtypes', [Object], FloorController.prototype, 'file');
Body({ schema: reportSchema, pipes: [new StandardSchemaValidationPipe()] })(FloorController.prototype, 'file', 0);
decorate('file', Post('reports'), HttpCode(201));
decorate('tally', Get('tally'), Header('content-type', 'application/json'));
Controller()(FloorController);

class FloorModule {}
Module({ controllers: [FloorController] })(FloorModule);

const app = await NestFactory.create(FloorModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
