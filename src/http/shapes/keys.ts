import { z } from 'zod';
import { nameSchema } from '../../domain/schema/text.js';
import { roles } from '../roles.js';
import { listOf } from './history.js';

/** What a key is asked for with. What a key without a desk files stands under the key's id. */
export const keyAsAskedSchema = z
  .strictObject({
    role: z.enum(roles),
    desk: nameSchema.nullable().optional(),
    person: nameSchema.nullable().optional(),
    expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
  })
  .superRefine((key, context) => {
    if (typeof key.expiresAt === 'string' && Date.parse(key.expiresAt) <= Date.now())
      context.addIssue({ code: 'custom', path: ['expiresAt'], message: 'must be in the future' });
  })
  .meta({ id: 'KeyAsAsked' });

export type KeyAsAsked = z.infer<typeof keyAsAskedSchema>;

const keyMembers = {
  id: z.string(),
  role: z.enum(roles),
  desk: z.string().nullable(),
  person: z.string().nullable(),
  expiresAt: z.string().nullable(),
};

export const keySchema = z.looseObject(keyMembers).meta({ id: 'Key' });
export const keyMadeSchema = z.looseObject({ ...keyMembers, secret: z.string() }).meta({ id: 'KeyMade' });
export const keyListSchema = listOf(keySchema, 'KeyList');
