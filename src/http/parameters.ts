import { z } from 'zod';
import { bounds } from '../domain/bounds.js';
import { timeSchema } from '../domain/schema/time.js';
import { methodIds } from '../domain/vocabulary.js';

/* Query parameters. They are read from text, so each says how its text must look. */

const listLimitMax = 1_000;
const listLimitDefault = 100;
const searchCharactersMax = 200;
const languageCharactersMax = 35;
/** Incidents that one connection may follow by name; without names it follows all. */
const feedIncidentsMax = 100;
export const eventIdCharactersMax = 200;
const cellCharactersMax = 2_000;

/** What a position is at most: 2⁶³ − 1 has so many digits. */
const positionDigitsMax = 19;

export const positionParameter = z
  .string()
  .regex(new RegExp(`^\\d{1,${positionDigitsMax}}$`, 'u'), 'must be a position: digits')
  .meta({ description: 'A position: digits.' });

/** `+` in a query is a space; in an instant it can only be the sign of the offset, left unencoded. */
const instantParameter = z
  .string()
  .transform((text) => text.replace(/ (?=\d{2}:\d{2}$)/u, '+'))
  .pipe(timeSchema)
  .meta({ description: 'An RFC 3339 instant, or a plain date.' });

export const methodParameter = z.enum(methodIds);

export const languageParameter = z
  .string()
  .max(languageCharactersMax)
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u, 'must be a language tag')
  .meta({ description: 'Language of the phrases, as a BCP 47 tag.' });

const flagParameter = z.enum(['true', 'false']).transform((text) => text === 'true');

export const cellParameter = z
  .string()
  .min(1)
  .max(cellCharactersMax)
  .meta({ description: 'A cell in text: `killed/hostages`.' });

const limitParameter = z
  .string()
  .regex(/^\d{1,9}$/u, `must be a number from 1 to ${listLimitMax}`)
  .transform(Number)
  .pipe(z.int().min(1).max(listLimitMax))
  .prefault(String(listLimitDefault))
  .meta({ description: `From 1 to ${listLimitMax}; ${listLimitDefault} by default.` });

const afterParameter = z
  .string()
  .regex(new RegExp(`^\\d{1,${positionDigitsMax}}$`, 'u'), 'must be digits')
  .meta({ description: '`next` of the page before; exclusive.' });

const orderParameter = z.enum(['asc', 'desc']).prefault('asc').meta({ description: 'asc by default.' });

const paging = { after: afterParameter.optional(), limit: limitParameter };
const ordered = { ...paging, order: orderParameter };

export const dryRunQuery = z.strictObject({
  dryRun: flagParameter.optional().meta({ description: 'Answers the same and stores nothing.' }),
});

export type DryRunQuery = z.infer<typeof dryRunQuery>;

export const reasonQuery = z.strictObject({
  reason: z.string().max(bounds.noteCharactersMax).optional(),
  ...dryRunQuery.shape,
});
export type ReasonQuery = z.infer<typeof reasonQuery>;

/** As of when. */
const moment = {
  at: positionParameter.optional(),
  knownAt: instantParameter.optional(),
  publishedBy: instantParameter.optional(),
};

export const tallyQuery = z.strictObject({
  method: methodParameter.optional(),
  ...moment,
  minPosition: positionParameter
    .optional()
    .meta({ description: 'Waits, for 5 s at most, until the tally has come to this position.' }),
  lang: languageParameter.optional(),
});
export type TallyQuery = z.infer<typeof tallyQuery>;

/** One end of a comparison: a position, or a method. */
const endParameter = z.union([positionParameter, methodParameter], { error: 'must be a position or a method' });

const isPosition = (end: string): boolean => /^\d+$/u.test(end);

/** What names no end holds for both; what both ends name already means nothing here. */
export const diffQuery = z
  .strictObject({ from: endParameter, to: endParameter, ...tallyQuery.shape })
  .superRefine(({ from, to, at, method }, context) => {
    const positions = [from, to].filter(isPosition).length;
    if (at !== undefined && positions === 2)
      context.addIssue({ code: 'custom', path: ['at'], message: 'must not be given with two positions' });
    if (method !== undefined && positions === 0)
      context.addIssue({ code: 'custom', path: ['method'], message: 'must not be given with two methods' });
  });
export type DiffQuery = z.infer<typeof diffQuery>;

export const cellQuery = z.strictObject({
  method: methodParameter.optional(),
  ...moment,
  lang: languageParameter.optional(),
});
export type CellQuery = z.infer<typeof cellQuery>;

export const listQuery = z.strictObject(ordered);
export type ListQuery = z.infer<typeof listQuery>;

export const historyQuery = z.strictObject({ cell: cellParameter.optional(), ...ordered });
export type HistoryQuery = z.infer<typeof historyQuery>;

export const revisionsQuery = z.strictObject({
  ...historyQuery.shape,
  method: methodParameter
    .optional()
    .meta({ description: 'The history as this method would have written it, numbered for itself.' }),
});
export type RevisionsQuery = z.infer<typeof revisionsQuery>;

export const exportTables = ['tally', 'figures', 'revisions'] as const;

export const exportQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx', 'jsonld', 'prov', 'atom', 'ndjson']),
  table: z
    .enum(exportTables)
    .prefault('tally')
    .meta({ description: 'Which table a CSV holds; tally by default. XLSX has all of them, a sheet each.' }),
});
export type ExportQuery = z.infer<typeof exportQuery>;

export const incidentsQuery = z.strictObject({ q: z.string().max(searchCharactersMax).optional(), ...ordered });
export type IncidentsQuery = z.infer<typeof incidentsQuery>;

export const pagingQuery = z.strictObject(paging);
export type PagingQuery = z.infer<typeof pagingQuery>;

const lastEventId = z
  .string()
  .max(eventIdCharactersMax)
  .optional()
  .meta({ description: 'As the header Last-Event-ID, which a page cannot set.' });

export const feedQuery = z.strictObject({ last_event_id: lastEventId });

export const feedsQuery = z.strictObject({
  last_event_id: lastEventId,
  incidents: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.string().min(1)).max(feedIncidentsMax))
    .optional()
    .meta({ description: `Slugs parted by commas, at most ${feedIncidentsMax}; without it, all incidents.` }),
});

export type FeedQuery = z.infer<typeof feedQuery>;
export type FeedsQuery = z.infer<typeof feedsQuery>;
