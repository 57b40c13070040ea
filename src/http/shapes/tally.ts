import { z } from 'zod';
import { bases, givenReasons, lexiconIds, methodIds, speakerKinds } from '../../domain/vocabulary.js';
import { directions, statuses } from '../../domain/tally/shapes.js';

/* What answers look like, for OpenAPI. The domain gives the values; a test holds real answers against these. */

const countSchema = z.int().min(0);

/** Positions and revision numbers are strings: they may outgrow what a double holds. */
export const positionSchema = z
  .string()
  .regex(/^\d+$/u)
  .meta({ id: 'Position', description: 'A string of digits; only its order means anything.' });

export const cellTextSchema = z
  .string()
  .meta({ id: 'CellText', description: '`measure/group`, then `/key=value`: `killed/hostages/nationality=JP`.' });

export const instantTextSchema = z.string().meta({ id: 'Instant', format: 'date-time', description: 'RFC 3339 UTC.' });

export const intervalSchema = z
  .object({ low: countSchema, high: countSchema.nullable() })
  .meta({ id: 'Interval', description: '`high: null` is open.' });

export const bestSchema = z
  .object({ low: countSchema, high: countSchema.nullable(), point: countSchema.nullable() })
  .meta({ id: 'Best', description: '`point` is the number to print where one was said.' });

export const estimateSchema = z
  .object({
    cell: cellTextSchema,
    best: bestSchema.nullable(),
    computed: bestSchema.nullable(),
    reported: intervalSchema.nullable(),
    confirmed: countSchema.nullable(),
    official: bestSchema.nullable(),
    implied: intervalSchema.nullable(),
    status: z.enum(statuses),
    hedged: z.boolean(),
    asOf: instantTextSchema.nullable(),
    origins: countSchema,
    figures: z.array(z.string()),
    dissenting: z.array(z.string()),
    phrase: z.string(),
    revision: z.string().nullable(),
  })
  .meta({ id: 'Estimate' });

export const contradictionSchema = z
  .object({ cells: z.array(cellTextSchema), figures: z.array(z.string()), text: z.string() })
  .meta({ id: 'Contradiction' });

export const staleSchema = z.object({ position: positionSchema, error: z.string() }).nullable().meta({
  id: 'Stale',
  description: 'Set where an event of the incident cannot be read: the tally is that before it.',
});

export const tallySchema = z
  .object({
    incident: z.string(),
    epoch: z.string(),
    position: positionSchema,
    method: z.enum(methodIds),
    lexicon: z.enum(lexiconIds),
    rules: z.string(),
    stale: staleSchema,
    cells: z.array(estimateSchema),
    contradictions: z.array(contradictionSchema),
  })
  .meta({ id: 'Tally' });

const byWhomSchema = z.object({ desk: z.string(), person: z.string().nullable() }).meta({ id: 'ByWhom' });

export const explanationGivenSchema = z
  .object({ reason: z.enum(givenReasons), note: z.string().nullable(), by: byWhomSchema, at: instantTextSchema })
  .meta({ id: 'ExplanationGiven' });

export const revisionSchema = z
  .object({
    number: z.string(),
    position: positionSchema,
    recordedAt: instantTextSchema,
    publishedAt: z.string().nullable(),
    cell: cellTextSchema,
    before: estimateSchema.nullable(),
    after: estimateSchema.nullable(),
    direction: z.enum(directions),
    fall: z.boolean(),
    cause: z.string(),
    reason: z.string(),
    unexplained: z.boolean(),
    explanation: explanationGivenSchema.nullable(),
  })
  .meta({ id: 'Revision' });

export const cellExplainedSchema = z
  .object({
    estimate: estimateSchema,
    rule: z.object({ method: z.string(), text: z.string() }),
    pin: z.object({ best: intervalSchema, reason: z.string(), by: byWhomSchema, at: instantTextSchema }).nullable(),
    statements: z.array(
      z
        .object({
          origin: z.string(),
          kind: z.enum(speakerKinds),
          saidAt: z.string(),
          interval: intervalSchema,
          basis: z.enum(bases),
          figures: z.array(z.string()),
          use: z.enum(['best', 'agrees', 'dissents', 'overtaken', 'superseded', 'withdrawn', 'words']),
          by: z.string().nullable(),
        })
        .meta({ id: 'Statement' }),
    ),
    impliedBy: z.array(
      z.object({
        bound: z.enum(['low', 'high']),
        value: countSchema,
        cells: z.array(cellTextSchema),
        text: z.string(),
      }),
    ),
  })
  .meta({ id: 'CellExplained' });
