import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { cloudEventSchema } from './shapes/history.js';
import { problemSchema } from './shapes/problem.js';
import { isRecord } from './unknowns.js';

const description = [
  'An event-sourced record of reported casualty figures: every figure kept, the tally worked out, each revision explained.',
  'Every refusal is application/problem+json with a stable `type`; the catalogue of problems says what each means.',
].join('\n\n');

/** The interface as OpenAPI 3.1, from the controllers and the very schemas that validate. */
export const createDocument = (app: INestApplication, version: string): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tollbook')
    .setDescription(description)
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A key, tbk_….' }, 'key')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => (isZod(schema) ? jsonSchemaOf(schema, schemaType) : undefined),
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/u, '')}_${method}`,
  });
  const referredTo = z.object({ problem: problemSchema, event: cloudEventSchema });
  const schemas = { ...jsonSchemaOf(referredTo, 'output').components, ...document.components?.schemas };
  return { ...document, components: { ...document.components, schemas: sortedByName(schemas) } };
};

const isZod = (schema: unknown): schema is z.ZodType => schema instanceof z.ZodType;

/** A schema with an id becomes a component; wrapped, so that the outermost does too. */
const jsonSchemaOf = (
  schema: z.ZodType,
  io: 'input' | 'output',
): { schema: unknown; components: Record<string, never> } => {
  const wrapped = z.toJSONSchema(z.object({ it: schema }), {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The name of the component says it; as a keyword it means nothing in this dialect.
      delete jsonSchema.id;
    },
  });
  const plain: unknown = JSON.parse(JSON.stringify(wrapped).replaceAll('"#/$defs/', '"#/components/schemas/'));
  const it = isRecord(plain) && isRecord(plain['properties']) ? plain['properties']['it'] : {};
  const components = isRecord(plain) && isRecord(plain['$defs']) ? plain['$defs'] : {};
  return {
    schema: it,
    components: Object.fromEntries(Object.entries(components).map(([name, one]) => [name, one as never])),
  };
};

const sortedByName = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
