import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { headFile } from './schema.js';

/** The last event that is known to have been acknowledged. */
export interface Head {
  readonly epoch: string;
  readonly position: number;
  readonly eventId: string;
}

/** One record of fixed length, in bytes, so that a new one always covers the old one. */
const recordBytes = 128;

/**
 * Remembers the last acknowledged event beside the store. SQLite takes a damaged or missing write-ahead log for the
 * end of the log and says nothing: acknowledged events would be gone without a word. This file tells.
 *
 * It is written after each commit and never synced: after a power cut it may be older than the store, never newer.
 */
export class HeadWitness {
  readonly #fd: number;

  constructor(directory: string) {
    this.#fd = openSync(join(directory, headFile), constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** The remembered head, or `null` where there is none that can be read. */
  static read(directory: string): Head | null {
    try {
      const value: unknown = JSON.parse(readFileSync(join(directory, headFile), 'utf8'));
      return isHead(value) ? value : null;
    } catch {
      // Absent in a new or restored store, or torn by a power cut: then it proves nothing, and the store stands alone.
      return null;
    }
  }

  write(head: Head): void {
    try {
      writeSync(this.#fd, JSON.stringify(head).padEnd(recordBytes - 1) + '\n', 0);
    } catch {
      // An older record is still true, and the events themselves are on disk already.
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function isHead(value: unknown): value is Head {
  return (
    typeof value === 'object' &&
    value !== null &&
    'epoch' in value &&
    typeof value.epoch === 'string' &&
    'position' in value &&
    typeof value.position === 'number' &&
    'eventId' in value &&
    typeof value.eventId === 'string'
  );
}
