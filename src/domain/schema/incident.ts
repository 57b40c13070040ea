import { z } from 'zod';
import { bounds } from '../bounds.js';
import { lexiconIds, methodIds, natures, sides } from '../vocabulary.js';
import { incidentSlugSchema, lineOf, noteSchema, schemeIdSchema } from './text.js';
import { dateSchema } from './time.js';

const titleSchema = lineOf(bounds.titleCharactersMax);

export const groupSchema = z.union([
  z.strictObject({ id: schemeIdSchema, side: z.enum(sides) }),
  z.strictObject({ id: schemeIdSchema, of: z.array(schemeIdSchema).min(1).max(bounds.groupsInSchemeMax) }),
]);

export const measureSchema = z.strictObject({
  id: schemeIdSchema,
  of: z.array(schemeIdSchema).min(1).max(bounds.measuresInSchemeMax).optional(),
  nature: z.enum(natures).optional().meta({ default: 'cumulative' }),
});

export interface BreakdownValue {
  id: string;
  complete?: boolean | undefined;
  overlapping?: boolean | undefined;
  values?: BreakdownValue[] | undefined;
}

export const breakdownValueSchema: z.ZodType<BreakdownValue> = z
  .strictObject({
    id: schemeIdSchema,
    complete: z.boolean().optional(),
    overlapping: z.boolean().optional(),
    get values() {
      return z.array(breakdownValueSchema).min(1).max(bounds.valuesInBreakdownMax).optional();
    },
  })
  .meta({ id: 'BreakdownValue' });

export const breakdownDeclarationSchema = z.strictObject({
  key: schemeIdSchema,
  overlapping: z.boolean().optional(),
  complete: z.boolean().optional(),
  values: z.array(breakdownValueSchema).min(1).max(bounds.valuesInBreakdownMax).optional(),
});

const schemeShape = {
  title: titleSchema,
  place: lineOf(bounds.nameCharactersMax),
  from: dateSchema,
  to: dateSchema.nullable().optional(),
  home: z
    .string()
    .regex(/^[A-Z]{2}$/u, 'must be an ISO 3166-1 alpha-2 code')
    .nullable()
    .optional(),
  method: z.enum(methodIds).optional().meta({ default: 'most-authoritative/1' }),
  lexicon: z.enum(lexiconIds).optional().meta({ default: 'plain/1' }),
  headline: z.string().max(1_000).optional().meta({ description: 'A cell in text, `killed/side:victims` by default.' }),
  groups: z.array(groupSchema).min(1).max(bounds.groupsInSchemeMax),
  measures: z.array(measureSchema).max(bounds.measuresInSchemeMax).optional(),
  breakdowns: z.array(breakdownDeclarationSchema).max(bounds.breakdownsInSchemeMax).optional(),
};

/** An incident as opened. Rules across members (declared twice, unknown home, cycles) are `checkScheme`'s. */
export const incidentSchema = z
  .strictObject({ slug: incidentSlugSchema, ...schemeShape })
  .meta({ id: 'IncidentAsOpened' });

export type IncidentAsOpened = z.infer<typeof incidentSchema>;

/** A merge patch (RFC 7396) with the reason; `status` closes or reopens. */
export const incidentPatchSchema = z
  .strictObject({
    title: schemeShape.title.optional(),
    place: schemeShape.place.optional(),
    from: schemeShape.from.optional(),
    to: schemeShape.to,
    home: schemeShape.home,
    method: z.enum(methodIds).nullable().optional(),
    lexicon: z.enum(lexiconIds).nullable().optional(),
    headline: schemeShape.headline.nullable().optional(),
    groups: schemeShape.groups.optional(),
    measures: schemeShape.measures.nullable().optional(),
    breakdowns: schemeShape.breakdowns.nullable().optional(),
    status: z.enum(['open', 'closed']).optional(),
    reason: noteSchema,
  })
  .meta({ id: 'IncidentPatch' });

export type IncidentPatch = z.infer<typeof incidentPatchSchema>;

/** The scheme with every default filled in, as it is stored and as the tally reads it. */
export interface Scheme {
  readonly title: string;
  readonly place: string;
  readonly from: string;
  readonly to: string | null;
  readonly home: string | null;
  readonly method: (typeof methodIds)[number];
  readonly lexicon: (typeof lexiconIds)[number];
  readonly headline: string;
  readonly groups: readonly z.infer<typeof groupSchema>[];
  readonly measures: readonly z.infer<typeof measureSchema>[];
  readonly breakdowns: readonly z.infer<typeof breakdownDeclarationSchema>[];
}
