import { z } from 'zod';
import { positionSchema } from './tally.js';

export const liveSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Live' });

export const readySchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    epoch: z.string(),
    log: z.enum(['up', 'down']),
    appendedTo: positionSchema,
    projectedTo: positionSchema,
    lagEvents: z.number(),
    lagSeconds: z.number(),
    poisoned: z.array(z.object({ incident: z.string(), position: positionSchema, error: z.string() })),
  })
  .meta({ id: 'Ready' });

export const recoverySchema = z
  .object({
    incident: z.string(),
    result: z.enum(['recovered', 'stillPoisoned', 'notPoisoned']),
    position: positionSchema.optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'PoisonedRetried' });

export const backupSchema = z
  .object({
    directory: z.string().meta({ description: 'On the machine of the service.' }),
    epoch: z.string(),
    position: positionSchema,
    bytes: z.number(),
  })
  .meta({ id: 'Backup' });
