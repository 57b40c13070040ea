import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EventLog, LogEvent } from '../log/event-log.js';
import { appendWithRetry } from './append-with-retry.js';
import { decodeKeyEvent, type KeyEvent, keysStream, type Role } from './key-events.js';

export interface KeyInfo {
  readonly id: string;
  readonly role: Role;
  readonly desk: string | null;
  readonly person: string | null;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly state: 'active' | 'expired' | 'revoked';
}

export interface KeyDeskDeps {
  readonly log: EventLog;
  readonly clock: () => Date;
  readonly newUuid: () => string;
  readonly random: () => number;
}

export const secretPrefix = 'tbk_';
const secretBytes = 32;
/** How often a decision is taken again because another instance wrote to the stream. */
const conflictsMax = 10;
/** Hex digits of a hash by which a key is looked up; all of it is compared. */
const lookupDigits = 16;

interface KeyRecord {
  readonly id: string;
  readonly role: Role;
  readonly desk: string | null;
  readonly person: string | null;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly hash: Buffer;
  revokedAt: string | null;
}

/**
 * API keys, as events in a stream of their own. Only hashes are stored. A secret is 32 random bytes, which nobody can
 * try out, so one SHA-256 is enough: a slow hash protects what people choose, and would cost every request.
 */
export class KeyDesk {
  readonly #keys = new Map<string, KeyRecord>();
  readonly #byHash = new Map<string, KeyRecord[]>();
  /** Events of the stream that are folded in. */
  #count = 0;
  /** Set once the stream says what this version cannot read: it may be that a key was revoked. */
  #unreadable = false;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly deps: KeyDeskDeps) {}

  /** @throws LogUnavailableError; Error where the keys cannot be read: then nobody can be told from anybody */
  static async open(deps: KeyDeskDeps): Promise<KeyDesk> {
    const desk = new KeyDesk(deps);
    await desk.refresh();
    return desk;
  }

  /** The secret is in this answer only. Resolves once the key is on disk. */
  create(key: {
    readonly role: Role;
    readonly desk?: string | null | undefined;
    readonly person?: string | null | undefined;
    readonly expiresAt?: string | null | undefined;
  }): Promise<{ readonly key: KeyInfo; readonly secret: string }> {
    return this.#inTurn(async () => {
      const secret = `${secretPrefix}${randomBytes(secretBytes).toString('base64url')}`;
      const id = `key_${this.deps.newUuid().replaceAll('-', '')}`;
      const { role, desk = null, person = null, expiresAt = null } = key;
      await this.#append(() => ({
        type: 'KeyCreated.v1',
        data: { id, role, desk, person, expiresAt, hash: hashOf(secret).toString('hex') },
      }));
      const record = this.#keys.get(id);
      if (record === undefined) throw new Error(`key ${id} was stored and is not there`);
      return { key: this.#infoOf(record), secret };
    });
  }

  /** All keys ever made, in the order in which they were made. */
  list(): readonly KeyInfo[] {
    return [...this.#keys.values()].map((record) => this.#infoOf(record));
  }

  /** Ends a key at once and for good; again: the same answer. `null` where there is no such key. */
  revoke(id: string): Promise<KeyInfo | null> {
    return this.#inTurn(async () => {
      if (!this.#keys.has(id)) await this.refresh();
      await this.#append(() => {
        const record = this.#keys.get(id);
        return record === undefined || record.revokedAt !== null ? null : { type: 'KeyRevoked.v1', data: { id } };
      });
      const record = this.#keys.get(id);
      return record === undefined ? null : this.#infoOf(record);
    });
  }

  /** The active key of a secret. */
  find(secret: string): KeyInfo | null {
    if (this.#unreadable) return null;
    const hash = hashOf(secret);
    // How long the look-up takes tells something of the hash of what was sent, which the sender knows, and of no
    // stored secret; the whole is compared in constant time.
    for (const record of this.#byHash.get(lookupOf(hash)) ?? [])
      if (timingSafeEqual(record.hash, hash)) {
        const info = this.#infoOf(record);
        return info.state === 'active' ? info : null;
      }
    return null;
  }

  /** Whether a key was ever made. If all are revoked or expired the service stays closed. */
  anyKeyExists(): boolean {
    return this.#keys.size > 0;
  }

  /** Reads what was added to the stream meanwhile, by other instances too. */
  async refresh(): Promise<void> {
    for await (const batch of this.deps.log.readStream(keysStream, BigInt(this.#count)))
      for (const event of batch) this.apply(event);
  }

  /**
   * Folds one event of the stream in; one that is folded in already is passed over.
   * @throws Error on what cannot be read; from then on no key opens anything
   */
  apply(event: LogEvent): void {
    if (Number(event.revision) !== this.#count) return;
    try {
      this.#fold(decodeKeyEvent(event), recordedAtOf(event.meta));
    } catch (error) {
      this.#unreadable = true;
      throw error;
    }
    this.#count += 1;
  }

  async #append(decide: () => KeyEvent | null): Promise<void> {
    const { log, clock, newUuid, random } = this.deps;
    const recordedAt = clock().toISOString();
    const id = newUuid();
    for (let conflict = 0; conflict < conflictsMax; conflict += 1) {
      const event = decide();
      if (event === null) return;
      const events = [{ id, type: event.type, data: event.data, meta: { recordedAt } }];
      const result = await appendWithRetry(log, keysStream, BigInt(this.#count) - 1n, events, random);
      await this.refresh();
      if (result.ok) return;
    }
    throw new Error('others write to the keys all the time');
  }

  #fold(event: KeyEvent, recordedAt: string): void {
    switch (event.type) {
      case 'KeyCreated.v1': {
        const { hash, ...rest } = event.data;
        const record: KeyRecord = { ...rest, createdAt: recordedAt, hash: Buffer.from(hash, 'hex'), revokedAt: null };
        this.#keys.set(record.id, record);
        const lookup = lookupOf(record.hash);
        this.#byHash.set(lookup, [...(this.#byHash.get(lookup) ?? []), record]);
        break;
      }
      case 'KeyRevoked.v1': {
        const record = this.#keys.get(event.data.id);
        if (record !== undefined) record.revokedAt ??= recordedAt;
        break;
      }
      default:
        event satisfies never;
    }
  }

  #infoOf({ id, role, desk, person, expiresAt, createdAt, revokedAt }: KeyRecord): KeyInfo {
    const expired = expiresAt !== null && Date.parse(expiresAt) <= this.deps.clock().getTime();
    const state = revokedAt !== null ? 'revoked' : expired ? 'expired' : 'active';
    return { id, role, desk, person, expiresAt, createdAt, revokedAt, state };
  }

  /** One at a time, in order. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(task);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const lookupOf = (hash: Buffer): string => hash.toString('hex').slice(0, lookupDigits);

const recordedAtOf = (meta: unknown): string => {
  const recordedAt = (meta as { readonly recordedAt?: unknown } | null)?.recordedAt;
  return typeof recordedAt === 'string' ? recordedAt : '';
};
