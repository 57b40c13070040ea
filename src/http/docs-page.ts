import { readFile } from 'node:fs/promises';
import type { INestApplication } from '@nestjs/common';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonContentType } from './answer.js';

/** `/openapi.json` and its page `/docs`, which asks nobody else for anything. Made when first asked for. */
export const serveDocs = (app: INestApplication, fastify: FastifyInstance, create: () => OpenAPIObject): void => {
  let document: OpenAPIObject | null = null;
  const once = (): OpenAPIObject => (document ??= create());
  let text: string | null = null;
  fastify.get('/openapi.json', (_request, reply) => {
    text ??= JSON.stringify(once());
    return reply.header('cache-control', 'no-cache').header('content-type', jsonContentType).send(text);
  });
  SwaggerModule.setup('docs', app, once, { raw: false, customSiteTitle: 'Tollbook: interface' });
};

/** Version of the package, for the document. */
export const packageVersion = async (): Promise<string> => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
};
