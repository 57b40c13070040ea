import { z } from 'zod';
import { bounds } from '../bounds.js';
import { givenReasons, speakerKinds } from '../vocabulary.js';
import { peopleSchema } from './quantity.js';
import { figureSchema } from './report.js';
import { lineOf, noteSchema } from './text.js';
import { timeSchema } from './time.js';

/** Name of an origin as the tally gives it: a slug, a canonical name, or `name @ relay`. */
export const originSchema = lineOf(2 * bounds.nameCharactersMax + 3);

export const correctionSchema = z.strictObject({ figure: figureSchema, reason: noteSchema }).meta({ id: 'Correction' });

export const retractionSchema = z
  .strictObject({ by: z.enum(['desk', 'outlet', 'speaker']), statedAt: timeSchema.optional(), reason: noteSchema })
  .superRefine((retraction, context) => {
    if (retraction.by === 'speaker' && retraction.statedAt === undefined)
      context.addIssue({ code: 'custom', path: ['statedAt'], message: 'required where the speaker retracts' });
    if (retraction.by !== 'speaker' && retraction.statedAt !== undefined)
      context.addIssue({ code: 'custom', path: ['statedAt'], message: 'belongs to a retraction by the speaker' });
  })
  .meta({ id: 'Retraction' });

export const reasonSchema = z.strictObject({ reason: noteSchema }).meta({ id: 'Reason' });

export const linkOriginsSchema = z
  .strictObject({ origins: z.tuple([originSchema, originSchema]), reason: noteSchema })
  .meta({ id: 'LinkOrigins' });

export const gradeSchema = z
  .strictObject({ origin: originSchema, kind: z.enum(speakerKinds), reason: noteSchema })
  .meta({ id: 'Grade' });

/** `high: null` is unbounded. */
export const pinSchema = z
  .strictObject({
    best: z
      .strictObject({ low: peopleSchema, high: peopleSchema.nullable() })
      .refine((best) => best.high === null || best.low <= best.high, {
        error: 'low must not be above high',
        path: ['low'],
      }),
    reason: noteSchema,
  })
  .meta({ id: 'Pin' });

export const explanationSchema = z
  .strictObject({ reason: z.enum(givenReasons), note: noteSchema.optional() })
  .meta({ id: 'Explanation' });
