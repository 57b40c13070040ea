import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  type ApiQueryOptions,
} from '@nestjs/swagger';
import { z } from 'zod';
import { problems, type ProblemCode } from './problems.js';
import type { QuerySchema } from './query.js';
import type { NeededRole } from './roles.js';

/** What a route says of itself to the hooks that run before it. */
export interface CallConfig {
  readonly role: NeededRole;
  readonly query: QuerySchema | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    call?: CallConfig;
  }
}

/** A JSON schema as OpenAPI has it. */
type JsonSchema = Extract<ApiQueryOptions, { schema: unknown }>['schema'];

export interface CallOptions {
  readonly role: NeededRole;
  readonly summary: string;
  /** The parameters of the query; any other is refused. */
  readonly query?: QuerySchema;
  /** Takes an Idempotency-Key. */
  readonly idempotent?: boolean;
  /** Takes an If-Match. */
  readonly version?: 'needed' | 'taken';
  /** Takes a JSON body. */
  readonly body?: boolean;
  /** Answers 304 to an If-None-Match. */
  readonly conditional?: boolean;
  readonly answer: {
    readonly status: 200 | 201 | 204;
    readonly description: string;
    readonly schema?: z.ZodType;
    /** By type, where it is other than JSON. */
    readonly types?: Readonly<Record<string, JsonSchema>>;
  };
  /** Problems of this call beside those that any call of its role may answer. */
  readonly problems?: readonly ProblemCode[];
}

/** The one declaration of a call: who may, which query, what OpenAPI says of it. */
export const Call = (options: CallOptions): MethodDecorator => {
  const { role, query } = options;
  const config: { call: CallConfig } = { call: { role, query } };
  return applyDecorators(
    RouteConfig(config),
    ApiOperation({ summary: options.summary, description: role === 'anyone' ? 'Anyone may.' : `Role: ${role}.` }),
    ApiExtension('x-role', role),
    ...(role === 'anyone' ? [] : [ApiBearerAuth('key')]),
    ...(query === undefined ? [] : queryParameters(query)),
    ...(options.idempotent ? [idempotencyHeader] : []),
    ...(options.version === undefined ? [] : [ifMatchHeader(options.version === 'needed')]),
    ...(options.conditional ? [ifNoneMatchHeader, ApiResponse({ status: 304, description: 'Unchanged.' })] : []),
    okResponse(options.answer),
    ...problemResponses(options),
  );
};

const queryParameters = (query: QuerySchema): MethodDecorator[] =>
  Object.entries(query.shape).map(([name, schema]) => {
    // A query parameter is read from text, so what comes in is what the page describes.
    const { $schema: _, default: __, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const plain: JsonSchema = JSON.parse(JSON.stringify(json));
    const described = typeof json.description === 'string' ? { description: json.description } : {};
    return ApiQuery({
      name,
      required: !schema.safeParse(undefined).success,
      schema: plain,
      ...described,
    });
  });

const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description:
    'Up to 200 visible ASCII characters, scoped to desk and incident: the same key and body answer the first answer.',
});

const ifMatchHeader = (required: boolean): MethodDecorator =>
  ApiHeader({ name: 'If-Match', required, description: 'The ETag that was read, or *.' });

const ifNoneMatchHeader = ApiHeader({ name: 'If-None-Match', required: false, description: 'An ETag given before.' });

const okResponse = ({ status, description, schema, types }: CallOptions['answer']): MethodDecorator => {
  if (types !== undefined) {
    const content = Object.fromEntries(Object.entries(types).map(([type, described]) => [type, { schema: described }]));
    return ApiResponse({ status, description, content });
  }
  return ApiResponse({ status, description, ...(schema !== undefined && { standardSchema: schema }) });
};

const problemResponses = (options: CallOptions): MethodDecorator[] => {
  const codes = new Set<ProblemCode>(options.problems);
  codes.add('invalid-query');
  codes.add('internal-error');
  if (options.role !== 'anyone') for (const code of ['unauthenticated', 'forbidden'] as const) codes.add(code);
  if (options.idempotent) for (const code of ['invalid-header', 'idempotency-key-reused'] as const) codes.add(code);
  if (options.body) for (const code of bodyProblems) codes.add(code);
  // Desks and editors file; what is read may have to be read from the log.
  if (options.role === 'desk' || options.role === 'editor') for (const code of filingProblems) codes.add(code);
  else if (options.conditional) codes.add('log-unavailable');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, some]) =>
    ApiResponse({
      status,
      description: some.map((code) => `${code}: ${problems[code].title}.`).join(' '),
      ...problemContent,
    }),
  );
};

const bodyProblems: readonly ProblemCode[] = [
  'body-required',
  'invalid-utf8',
  'invalid-json',
  'duplicate-member',
  'nested-too-deep',
  'body-too-large',
  'unsupported-media-type',
];

const filingProblems: readonly ProblemCode[] = ['busy', 'log-unavailable', 'incident-poisoned', 'shutting-down'];

const problemContent = {
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
