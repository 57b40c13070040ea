import { z } from 'zod';
import { bounds } from '../bounds.js';

// Control characters and lone surrogates have no place in what is printed, and a lone surrogate has no UTF-8 form: it
// would be stored as something else than was sent.
const controlCharacter = /[\p{Cc}\u2028\u2029]/u;
// A note or words may have line breaks and tabs.
const controlBesideBreaks = /(?![\t\n\r])\p{Cc}/u;

const wellFormed = (text: string): boolean => text.isWellFormed();

/** One line of text that a person reads: not blank, no control characters. */
export const lineOf = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax)
    .refine(wellFormed, 'must be well-formed Unicode')
    .refine((text) => text.trim() !== '', 'must not be blank')
    .refine((text) => !controlCharacter.test(text), 'must have no control characters or line breaks');

/** Text that may run over several lines. */
export const textOf = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax)
    .refine(wellFormed, 'must be well-formed Unicode')
    .refine((text) => text.trim() !== '', 'must not be blank')
    .refine((text) => !controlBesideBreaks.test(text), 'must have no control characters');

export const nameSchema = lineOf(bounds.nameCharactersMax);
export const wordsSchema = textOf(bounds.wordsCharactersMax);
export const noteSchema = textOf(bounds.noteCharactersMax);

/** Http and https only: a `javascript:` link on a page about the dead is an attack. */
export const urlSchema = z
  .string()
  .max(bounds.urlCharactersMax)
  .refine(
    (text) => {
      if (!text.isWellFormed() || controlCharacter.test(text) || /\s/u.test(text)) return false;
      const parsed = URL.parse(text);
      return parsed !== null && (parsed.protocol === 'http:' || parsed.protocol === 'https:');
    },
    { error: 'must be an http or https URL' },
  )
  .meta({ format: 'uri' });

/** Id of an origin, group, measure or breakdown value. */
export const slugIdSchema = z
  .string()
  .max(bounds.idCharactersMax)
  .regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/u, 'must be a lower-case slug');

/** Id of a group, measure, breakdown key or declared value: letters of either case, digits, dots, dashes, underscores. */
export const schemeIdSchema = z
  .string()
  .max(bounds.idCharactersMax)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/u, 'must be letters, digits, dots, dashes or underscores');

const slugPattern = /^[a-z0-9-]+$/u;

export const incidentSlugSchema = z
  .string()
  .min(bounds.slugCharactersMin)
  .max(bounds.slugCharactersMax)
  .regex(slugPattern, 'must be lower-case letters, digits and dashes');

/** Whether `incidentSlugSchema` takes it. Every request asks, and needs no more than yes or no. */
export const isIncidentSlug = (text: string): boolean =>
  text.length >= bounds.slugCharactersMin && text.length <= bounds.slugCharactersMax && slugPattern.test(text);
