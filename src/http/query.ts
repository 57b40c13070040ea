import type { z } from 'zod';
import { fieldErrorsOf } from './field-errors.js';
import { ProblemError } from './problems.js';

/** The parameters of a call, each read from text. */
export type QuerySchema = z.ZodObject<Readonly<Record<string, z.ZodType>>>;

/** At most so many parameters in one address. */
const parametersMax = 20;

/**
 * Reads the query of an address against the parameters that the call declares. A parameter that means nothing here is
 * refused by name: one mistyped (`knowAt`) would otherwise give another tally than the one asked for.
 * @throws ProblemError 400
 */
export const readQuery = (url: string, schema: QuerySchema | undefined): Readonly<Record<string, unknown>> => {
  const mark = url.indexOf('?');
  const text = mark === -1 ? '' : url.slice(mark + 1);
  if (text === '') return schema === undefined ? none : readNone(schema);
  const given = parametersOf(text);
  if (schema === undefined) {
    const [name] = Object.keys(given);
    if (name === undefined) return none;
    throw invalidQuery([
      { pointer: `/${name}`, rule: 'unknown parameter', detail: `${quoted(name)} is no parameter here.` },
    ]);
  }
  return readWith(schema, given);
};

const none: Readonly<Record<string, unknown>> = Object.freeze({});

/** What a call reads where no parameter is given, which is the usual case. */
const readNothing = new WeakMap<QuerySchema, Readonly<Record<string, unknown>>>();

const readNone = (schema: QuerySchema): Readonly<Record<string, unknown>> => {
  const known = readNothing.get(schema);
  if (known !== undefined) return known;
  const read = Object.freeze(readWith(schema, none));
  readNothing.set(schema, read);
  return read;
};

const readWith = (schema: QuerySchema, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw invalidQuery(
    fieldErrorsOf(read.error.issues, given).map((error) =>
      error.rule === 'unknown member'
        ? { ...error, rule: 'unknown parameter', detail: error.detail.replace('member', 'parameter') }
        : error,
    ),
  );
};

const quoted = (name: string): string => JSON.stringify(name);

const parametersOf = (text: string): Record<string, string> => {
  const given = new Map<string, string>();
  const parts = text.split('&').filter((part) => part !== '');
  if (parts.length > parametersMax)
    throw new ProblemError('invalid-query', `An address has at most ${parametersMax} parameters.`);
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    if (given.has(name))
      throw invalidQuery([
        { pointer: `/${name}`, rule: 'given once', detail: `${quoted(name)} is given more than once.` },
      ]);
    given.set(name, equals === -1 ? '' : decode(part.slice(equals + 1)));
  }
  // Not by assignment: a parameter may be called __proto__.
  return Object.fromEntries(given);
};

/** `+` is a space in a query, as forms write it; an instant's `+01:00` must come as `%2B01:00`. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ProblemError('invalid-query', `The query has a wrong percent encoding in ${JSON.stringify(text)}.`);
  }
};

const invalidQuery = (
  errors: readonly { readonly pointer: string; readonly rule: string; readonly detail: string }[],
): ProblemError => {
  const [first] = errors;
  const detail = `Query parameter ${first?.pointer.slice(1) ?? ''}: ${first?.detail ?? 'not valid.'}`;
  return new ProblemError('invalid-query', detail, { errors });
};
