import { Body, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { bounds } from '../domain/bounds.js';
import { fieldErrorsOf } from './field-errors.js';
import { ProblemError, type ProblemCode } from './problems.js';

/** At most so many field errors in one answer; a body of nothing but unknown members would come back tenfold. */
const fieldErrorsMax = 1_000;

/**
 * A parameter that takes the whole body as the schema reads it; OpenAPI finds the schema here too. What does not follow
 * it is refused with the given code.
 */
export const JsonBody = (schema: z.ZodType, code: ProblemCode): ParameterDecorator =>
  Body({ schema, pipes: [new BodyPipe(schema, code)] });

/** Not Nest's own pipe, which takes `__proto__` members out instead of refusing them. */
class BodyPipe implements PipeTransform<unknown, unknown> {
  constructor(
    private readonly schema: z.ZodType,
    private readonly code: ProblemCode,
  ) {}

  transform(value: unknown): unknown {
    if (value === undefined || value === null) throw new ProblemError('body-required', 'A JSON object is needed.');
    refuseTooManyFigures(value, this.code);
    const read = this.schema.safeParse(value);
    if (read.success) return read.data;
    const errors = fieldErrorsOf(read.error.issues, value);
    throw new ProblemError(this.code, summaryOf(errors), { errors: errors.slice(0, fieldErrorsMax) });
  }
}

/** Asked before anything else of a report, so that the answer is about size and not about each figure. */
const refuseTooManyFigures = (value: unknown, code: ProblemCode): void => {
  if (code !== 'invalid-report' || typeof value !== 'object' || value === null || !('figures' in value)) return;
  const { figures } = value;
  if (!Array.isArray(figures) || figures.length <= bounds.figuresInReportMax) return;
  const detail = `A report has at most ${bounds.figuresInReportMax} figures; this one has ${figures.length}.`;
  const errors = [{ pointer: '/figures', rule: `max ${bounds.figuresInReportMax} items`, detail }];
  throw new ProblemError('too-many-figures', detail, { errors });
};

const summaryOf = (errors: readonly { readonly pointer: string; readonly detail: string }[]): string => {
  const [first] = errors;
  if (first === undefined) return 'The body does not follow its schema.';
  const others = errors.length - 1;
  return `${first.pointer || 'body'}: ${first.detail}${others > 0 ? ` And ${others} more.` : ''}`;
};
