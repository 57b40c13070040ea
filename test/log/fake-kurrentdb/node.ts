import type { Faults } from './faults.js';
import type { Users } from './rights.js';
import type { Append, FakeStore } from './store.js';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What a call sees of the server that it came to. */
export interface Node extends Endpoint {
  readonly store: FakeStore;
  readonly faults: Faults;
  /** Bytes of data in one append. */
  readonly appendBytesMax: number;
  /** `null`: insecure, whoever comes may do anything. */
  readonly users: Users | null;
  readonly role: 'leader' | 'follower' | 'notReady';
  /** Told to stop: it says nothing more on what it has. */
  readonly isStopping: boolean;
  /** `null` where none is known. */
  readonly leader: Endpoint | null;
  /** Ends of the subscriptions under way, without an error. */
  readonly subscriptions: Set<() => void>;
  /** Reads under way. */
  readonly reads: Set<unknown>;
  /** Where each subscription to `$all` has begun that named a position, as `commit/prepare`. */
  readonly subscribedFrom: string[];
  /** Every append that has arrived, repeats too. */
  readonly arrived: Append[];
  /** Breaks the connection that a call came by. */
  cut(peer: string): void;
}
