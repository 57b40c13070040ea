import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { failed } from './failure.js';
import type { Terminal } from './terminal.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a file, or of standard input where the name is `-`. Whether it is JSON, the service says. */
export const readInput = async (terminal: Terminal, file: string): Promise<string> => {
  let bytes: Buffer;
  try {
    bytes = file === '-' ? await terminal.readInput() : await readFile(file);
  } catch (error) {
    throw failed(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw failed(`${file === '-' ? 'Standard input' : file} is not valid UTF-8`, error);
  }
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const canonical = (value: Json): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
};

const meaningOf = (text: string): string => {
  try {
    const value: Json = JSON.parse(text);
    return canonical(value);
  } catch {
    return text;
  }
};

/**
 * An idempotency key made from what a file says, so that filing it twice files it once. Laid out anew it has the same
 * key and other bytes, which the service refuses: better than the same figures filed twice.
 */
export const keyFromContent = (text: string): string =>
  `content-${createHash('sha256').update(meaningOf(text)).digest('hex').slice(0, 40)}`;
