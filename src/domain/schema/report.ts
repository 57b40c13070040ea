import { z } from 'zod';
import { bounds } from '../bounds.js';
import { bases, givenReasons, sides, speakerKinds } from '../vocabulary.js';
import { quantitySchema } from './quantity.js';
import { nameSchema, noteSchema, schemeIdSchema, slugIdSchema, urlSchema, wordsSchema } from './text.js';
import { timeSchema } from './time.js';

/** One link of the chain from speaker to publisher. `id` and `body` belong to the first link, the speaker. */
export const linkSchema = z
  .strictObject({
    name: nameSchema,
    kind: z.enum(speakerKinds),
    named: z.boolean().optional().meta({ default: true }),
    id: slugIdSchema.optional(),
    body: slugIdSchema.optional(),
  })
  .meta({ id: 'AttributionLink' });

export const attributionSchema = z
  .array(linkSchema)
  .min(1)
  .max(bounds.linksInChainMax)
  .superRefine((links, context) => {
    for (const [place, link] of links.entries()) {
      if (place === 0) continue;
      for (const key of ['id', 'body'] as const)
        if (link[key] !== undefined)
          context.addIssue({ code: 'custom', path: [place, key], message: 'belongs to the first link, the speaker' });
    }
  });

/** A record passes over a member of this name: the figure would count for another cell than was sent. */
const passedOver = '__proto__';

const breakdownSchema = z.preprocess(
  (value, context) => {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, passedOver))
      context.addIssue({ code: 'unrecognized_keys', keys: [passedOver] });
    return value;
  },
  z
    .record(schemeIdSchema, schemeIdSchema)
    .refine((breakdown) => Object.keys(breakdown).length <= bounds.breakdownKeysInCellMax, {
      error: `at most ${bounds.breakdownKeysInCellMax} keys`,
    }),
);

const figureShape = {
  measure: schemeIdSchema,
  group: schemeIdSchema.optional(),
  side: z.enum(sides).optional(),
  breakdown: breakdownSchema.optional(),
  quantity: quantitySchema,
  words: wordsSchema.optional(),
  basis: z.enum(bases).optional(),
  of: z
    .array(z.string().max(bounds.idCharactersMax))
    .min(1)
    .max(bounds.namedFiguresInOfMax)
    .optional()
    .meta({ description: 'Ids of figures filed before, or "#n" for the n-th figure (from 0) earlier in this report.' }),
  hedged: z.boolean().optional(),
  reason: z.enum(givenReasons).optional(),
  attribution: attributionSchema.optional(),
  statedAt: timeSchema.optional(),
};

/** A figure as a desk files it. Exactly one of `group` and `side`. */
export const figureSchema = z
  .strictObject(figureShape)
  .superRefine((figure, context) => {
    if ((figure.group === undefined) === (figure.side === undefined))
      context.addIssue({ code: 'custom', path: ['group'], message: 'give either group or side' });
  })
  .meta({ id: 'FigureAsFiled' });

export type AttributionLink = z.infer<typeof linkSchema>;
export type FigureAsFiled = z.infer<typeof figureSchema>;

export const reportSchema = z
  .strictObject({
    outlet: nameSchema,
    url: urlSchema.optional(),
    publishedAt: timeSchema,
    statedAt: timeSchema.optional(),
    attribution: attributionSchema,
    basis: z.enum(bases).optional().meta({ description: 'Of every figure that says none of its own.' }),
    note: noteSchema.optional(),
    // The count is checked before anything else (413), so that the answer is about size and not about each figure.
    figures: z.array(figureSchema).min(1).max(bounds.figuresInReportMax),
  })
  .meta({ id: 'ReportAsFiled' });

export type ReportAsFiled = z.infer<typeof reportSchema>;
