import { z } from 'zod';
import { bounds } from '../bounds.js';
import { lineOf } from './text.js';

/** A number of people: whole, from 0 to 10⁹. */
export const peopleSchema = z.int().min(0).max(bounds.peopleMax);

/** What was said of the number; see `docs/methods.md` for the interval that each kind means. */
export const quantitySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('exactly'), value: peopleSchema }),
    z.strictObject({ kind: z.literal('atLeast'), value: peopleSchema }),
    z.strictObject({ kind: z.literal('moreThan'), value: peopleSchema }),
    z.strictObject({ kind: z.literal('atMost'), value: peopleSchema }),
    z.strictObject({ kind: z.literal('fewerThan'), value: peopleSchema.min(1) }),
    z
      .strictObject({ kind: z.literal('between'), low: peopleSchema, high: peopleSchema })
      .refine((between) => between.low <= between.high, { error: 'low must not be above high', path: ['low'] }),
    z.strictObject({ kind: z.literal('about'), value: peopleSchema }),
    z.strictObject({ kind: z.literal('vague'), word: lineOf(bounds.nameCharactersMax) }),
    z.strictObject({ kind: z.literal('unspecified') }),
  ])
  .meta({ id: 'Quantity' });

export type Quantity = z.infer<typeof quantitySchema>;
