import { z } from 'zod';
import { roles } from '../roles.js';

const keyCharactersMax = 200;

export const sessionAskedSchema = z
  .strictObject({ key: z.string().min(1).max(keyCharactersMax) })
  .meta({ id: 'SessionAsked' });

export type SessionAsked = z.infer<typeof sessionAskedSchema>;

export const sessionSchema = z
  .object({ role: z.enum([...roles, 'all', 'anyone']), desk: z.string().nullable(), person: z.string().nullable() })
  .meta({ id: 'Session' });
