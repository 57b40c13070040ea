import type { z } from 'zod';
import { bounds } from '../domain/bounds.js';
import type { FieldError } from '../domain/refusal.js';
import { pointerOf } from './pointer.js';
import { isRecord } from './unknowns.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Turns what the schema says into field errors: every one, each with its pointer and a short rule that stays the same
 * over versions of the schema library.
 */
export const fieldErrorsOf = (issues: readonly Issue[], value: unknown): FieldError[] => {
  const errors = issues.flatMap((issue) => errorsOfIssue(issue, [], value));
  const seen = new Set<string>();
  // A number far too large breaks two bounds, of which the one of the domain is the one to tell.
  return errors.filter((error) => {
    const same = `${error.pointer}\n${error.rule}`;
    if (seen.has(same)) return false;
    seen.add(same);
    return true;
  });
};

const errorsOfIssue = (issue: Issue, before: Path, value: unknown): FieldError[] => {
  const path = [...before, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const detail = `${JSON.stringify(key)} is no member here.`;
        return { pointer: pointerOf([...path, key]), rule: 'unknown member', detail };
      });
    case 'invalid_union':
      return errorsOfUnion(issue, path, value);
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => errorsOfIssue(inner, path, value));
    case 'custom':
    case 'invalid_format':
    case 'invalid_type':
    case 'invalid_value':
    case 'not_multiple_of':
    case 'too_big':
    case 'too_small':
      break;
  }
  return [fieldError(path, ruleOf(issue, at(value, path)))];
};

const errorsOfUnion = (issue: z.core.$ZodIssueInvalidUnion, path: Path, value: unknown): FieldError[] => {
  if (issue.discriminator !== undefined) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
    return [fieldError(path, at(value, path) === undefined ? 'required' : oneOf(options))];
  }
  // A union with a message of its own says it better than any of its branches.
  if (issue.message !== 'Invalid input') return [fieldError(path, fromMessage(issue.message))];
  const branches = issue.errors.map((branch) => branch.flatMap((inner) => errorsOfIssue(inner, path, value)));
  // The branch that was most likely meant is the one with the least against it.
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best), branches[0] ?? []);
};

type SimpleIssue = Exclude<
  Issue,
  { readonly code: 'unrecognized_keys' | 'invalid_union' | 'invalid_key' | 'invalid_element' }
>;

const ruleOf = (issue: SimpleIssue, value: unknown): string => {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return 'required';
      if (value === Infinity) return `max ${bounds.peopleMax}`;
      if (value === -Infinity) return 'min 0';
      return issue.expected === 'int' ? 'integer' : issue.expected;
    case 'too_small':
      return `min ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return issue.origin === 'int' ? `max ${bounds.peopleMax}` : `max ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return value === undefined ? 'required' : oneOf(issue.values);
    case 'invalid_format':
      return formats[issue.format] ?? fromMessage(issue.message);
    case 'custom':
    case 'not_multiple_of':
      break;
  }
  return fromMessage(issue.message);
};

const formats: Readonly<Record<string, string>> = {
  date: 'date YYYY-MM-DD',
  datetime: 'RFC 3339 instant',
  uuid: 'UUID',
};

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters' : origin === 'array' || origin === 'set' ? ' items' : '';

const oneOf = (values: readonly unknown[]): string => `one of ${values.map(String).join(', ')}`;

/** `must be a lower-case slug` as a rule: `lower-case slug`. */
const fromMessage = (message: string): string => message.replace(/^must (?:be )?(?:an? )?/u, '');

const fieldError = (path: Path, rule: string): FieldError => ({
  pointer: pointerOf(path),
  rule,
  detail: detailOf(path, rule),
});

const detailOf = (path: Path, rule: string): string => {
  const name = path.length === 0 ? 'The body' : String(path.at(-1));
  if (rule === 'required') return `${name} is required.`;
  const bound = /^(?<end>min|max) (?<rest>.+)$/u.exec(rule)?.groups;
  if (bound !== undefined) return `${name} must be at ${bound['end'] === 'min' ? 'least' : 'most'} ${bound['rest']}.`;
  return `${name}: ${rule}.`;
};

/** The value at a path, or `undefined` where there is none. */
const at = (value: unknown, path: Path): unknown => {
  let here = value;
  for (const part of path) {
    if (!isRecord(here) || !Object.hasOwn(here, part)) return undefined;
    here = here[part];
  }
  return here;
};
