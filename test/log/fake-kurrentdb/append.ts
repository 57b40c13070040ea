import { setTimeout as delay } from 'node:timers/promises';
import type { Metadata } from '@grpc/grpc-js';
import type { Node } from './node.js';
import { rightTo } from './rights.js';
import type { Append, AppendOutcome } from './store.js';

export type AppendAnswer =
  AppendOutcome | { readonly kind: 'notReady' | 'tooBusy' | 'timeout' | 'accessDenied' | 'notLeader' };

/** The call that an append came by. */
export interface Arrival {
  readonly metadata: Metadata;
  getPeer(): string;
}

export const requiresLeader = (metadata: Metadata): boolean => metadata.get('requires-leader')[0] === 'true';

/** Carries out an append, or what the next fault makes of it. `null`: no answer. */
export const carryOut = async (node: Node, arrival: Arrival, append: Append): Promise<AppendAnswer | null> => {
  if (node.isStopping) return null;
  if (rightTo(node.users, arrival.metadata, 'write') !== 'granted') return { kind: 'accessDenied' };
  node.arrived.push(append);
  if (node.role === 'notReady') return { kind: 'notReady' };
  // Else a follower hands it on to the leader, which stores it in what is the same store here.
  if (node.role === 'follower' && requiresLeader(arrival.metadata)) return { kind: 'notLeader' };
  const store = (): AppendOutcome => node.store.append(append.stream, append.expectation, append.events);
  const fault = node.faults.appends.shift();
  if (fault === undefined) return store();
  if ('when' in fault && fault.when === 'after') store();
  switch (fault.kind) {
    case 'cut':
      node.cut(arrival.getPeer());
      return null;
    case 'silence':
      return null;
    case 'slow': {
      const outcome = store();
      await delay(fault.ms);
      return outcome;
    }
    case 'duplicate':
      store();
      return store();
    default:
      return { kind: fault.kind };
  }
};
