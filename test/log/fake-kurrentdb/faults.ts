/**
 * What can go wrong on demand. Each fault is for one call, and used up by it: the first one waiting is the next call's.
 * What befalls the whole server (killed, stopped, away, its connections cut, not ready, not the leader, another store
 * in its place) are methods of `FakeKurrentDb`.
 */

/** Before the events are stored, or after that and before the answer. */
type When = 'before' | 'after';

export type AppendFault =
  /** The connection breaks. */
  | { readonly kind: 'cut'; readonly when: When }
  /** The server gives up waiting for the other nodes. */
  | { readonly kind: 'timeout'; readonly when: When }
  /** No answer ever comes, on a connection that stands. */
  | { readonly kind: 'silence'; readonly when: When }
  /** Stored at once, answered late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The same append arrives a second time, before the first is answered. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'notReady' }
  | { readonly kind: 'tooBusy' }
  | { readonly kind: 'accessDenied' }
  /** Ends the call: a leader is named, that of the cluster or this very node. */
  | { readonly kind: 'notLeader' };

export type ReadFault =
  /** The connection breaks after so many events. */
  | { readonly kind: 'cut'; readonly afterEvents: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'notReady' }
  | { readonly kind: 'accessDenied' }
  | { readonly kind: 'notLeader' };

export type SubscriptionFault =
  | { readonly kind: 'cut'; readonly afterEvents: number }
  /** Ends without an error. */
  | { readonly kind: 'end'; readonly afterEvents: number }
  /** Says nothing more, for ever, on a connection that stands. */
  | { readonly kind: 'silence'; readonly afterEvents: number }
  /** Sends the event after so many a second time. */
  | { readonly kind: 'duplicate'; readonly afterEvents: number }
  | { readonly kind: 'notReady' }
  | { readonly kind: 'accessDenied' }
  | { readonly kind: 'notLeader' };

export class Faults {
  readonly appends: AppendFault[] = [];
  readonly reads: ReadFault[] = [];
  /** Of subscriptions to `$all` only. */
  readonly subscriptions: SubscriptionFault[] = [];
}
