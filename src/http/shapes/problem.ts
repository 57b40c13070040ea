import { z } from 'zod';

export const fieldErrorSchema = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON Pointer (RFC 6901) into the body, or `/` and the parameter of the query.' }),
    rule: z.string().meta({ description: 'The rule that does not hold, short and stable: `min 0`, `unknown member`.' }),
    detail: z.string(),
  })
  .meta({ id: 'FieldError' });

export const problemSchema = z
  .object({
    type: z.string().meta({ description: '`urn:tollbook:problem:` and a code of the catalogue.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'Problem' });
