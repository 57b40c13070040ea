import { z } from 'zod';
import { quantitySchema } from '../../domain/schema/quantity.js';
import { linkSchema } from '../../domain/schema/report.js';
import { bases, speakerKinds } from '../../domain/vocabulary.js';
import { cellTextSchema, instantTextSchema, intervalSchema, positionSchema, revisionSchema } from './tally.js';

export const listOf = (item: z.ZodType, id: string) =>
  z
    .object({
      data: z.array(item),
      hasMore: z.boolean(),
      next: z.string().nullable().meta({ description: 'Goes into `after`, which is exclusive.' }),
    })
    .meta({ id });

export const figureShapeSchema = z
  .object({
    id: z.string(),
    report: z.string(),
    cell: cellTextSchema,
    position: positionSchema,
    recordedAt: instantTextSchema,
    statedAt: z.string().nullable(),
    publishedAt: z.string(),
    outlet: z.string(),
    url: z.string().nullable(),
    attribution: z.array(linkSchema),
    origin: z.string(),
    quantity: quantitySchema,
    words: z.string().nullable(),
    interval: intervalSchema,
    basis: z.enum(bases),
    of: z.array(z.string()),
    hedged: z.boolean(),
    state: z.enum(['standing', 'superseded', 'corrected', 'retracted', 'denied']),
    filedBy: z.object({ desk: z.string(), person: z.string().nullable() }),
  })
  .meta({ id: 'Figure' });

export const reportShapeSchema = z
  .looseObject({ id: z.string(), position: positionSchema, figures: z.array(figureShapeSchema) })
  .meta({ id: 'Report' });

const decisionMembers = {
  position: positionSchema,
  recordedAt: instantTextSchema,
  reason: z.string(),
  filedBy: z.object({ desk: z.string(), person: z.string().nullable() }),
};

const originLinkSchema = z
  .object({ id: z.string(), origins: z.tuple([z.string(), z.string()]), ...decisionMembers })
  .meta({ id: 'OriginLink' });

const gradeShapeSchema = z
  .object({ origin: z.string(), kind: z.enum(speakerKinds), ...decisionMembers })
  .meta({ id: 'Grade' });

export const originLinkListSchema = listOf(originLinkSchema, 'OriginLinkList');
export const gradeListSchema = listOf(gradeShapeSchema, 'GradeList');
export const revisionListSchema = listOf(revisionSchema, 'RevisionList');
export const figureListSchema = listOf(figureShapeSchema, 'FigureList');

export const warningSchema = z
  .object({ code: z.string(), pointer: z.string(), detail: z.string(), related: z.array(z.string()) })
  .meta({ id: 'Warning' });

const filedMembers = { position: positionSchema, revisions: z.array(revisionSchema), warnings: z.array(warningSchema) };

export const reportFiledSchema = z
  .object({
    id: z.string(),
    epoch: z.string(),
    position: positionSchema,
    figures: z.array(z.object({ id: z.string(), cell: cellTextSchema })),
    revisions: z.array(revisionSchema),
    warnings: z.array(warningSchema),
  })
  .meta({ id: 'ReportFiled' });

export const decidedSchema = z.looseObject(filedMembers).meta({ id: 'Decided' });

export const linkMadeSchema = z.looseObject({ id: z.string(), ...filedMembers }).meta({ id: 'LinkMade' });

export const incidentDecidedSchema = z
  .looseObject({ slug: z.string(), status: z.enum(['open', 'closed']), ...filedMembers })
  .meta({ id: 'IncidentDecided' });

export const incidentShapeSchema = z
  .looseObject({ slug: z.string(), title: z.string(), status: z.enum(['open', 'closed']), position: positionSchema })
  .meta({ id: 'Incident' });

export const incidentListSchema = listOf(incidentShapeSchema, 'IncidentList');

/** Loose, for what is told beside the two ends may grow. */
export const diffSchema = z.looseObject({}).meta({ id: 'TallyDiff' });

export const methodsSchema = z.looseObject({}).meta({ id: 'MethodsCompared' });

/** CloudEvents 1.0, with extension attributes for what an auditor needs beside the data. */
export const cloudEventSchema = z
  .object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string(),
    time: instantTextSchema,
    subject: z.string(),
    datacontenttype: z.literal('application/json'),
    filing: z.string(),
    filingplace: z.int(),
    filingsize: z.int(),
    desk: z.string(),
    person: z.string().optional(),
    correlationid: z.string(),
    data: z.looseObject({}),
    idempotencykey: z.string().optional(),
    bodyhash: z.string().optional(),
    position: positionSchema,
    leafhash: z.string(),
  })
  .meta({ id: 'CloudEvent' });
