import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceError } from '@grpc/grpc-js';
import streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { requiresLeader } from './append.js';
import type { ReadFault } from './faults.js';
import type { Node } from './node.js';
import { type ReadCall, Reader } from './reader.js';
import { eventResponse, filterOf, nameOf, streamNotFoundResponse } from './protocol.js';
import {
  accessDenied,
  invalidArgument,
  notLeader,
  readFailed,
  serverNotReady,
  streamDeleted,
  timedOut,
  unauthenticated,
} from './refusals.js';
import { rightTo } from './rights.js';
import type { StoredRecord } from './store.js';
import { subscribe } from './subscription.js';

type Options = streamsPb.ReadReq.Options;

export const readCall = (node: Node, call: ReadCall): void => {
  // Whoever hangs up is gone; there is nobody to tell.
  call.on('error', () => undefined);
  const options = call.request.getOptions();
  if (node.isStopping) return;
  if (options?.getUuidOption() === undefined) return end(call, invalidArgument('`uuidOption` is a required argument'));
  const right = rightTo(node.users, call.metadata, options.hasAll() ? 'readAll' : 'read');
  if (right !== 'granted') return end(call, right === 'denied' ? accessDenied() : unauthenticated());
  if (node.role === 'notReady') return end(call, serverNotReady());
  if (node.role === 'follower' && requiresLeader(call.metadata)) return end(call, notLeader(node.leader));
  void (options.hasSubscription() ? subscribe(node, call, options) : read(node, call, options));
};

const end = (call: ReadCall, error: ServiceError): void => {
  call.emit('error', error);
};

const read = async (node: Node, call: ReadCall, options: Options): Promise<void> => {
  node.reads.add(call);
  call.once('close', () => node.reads.delete(call));
  const fault = node.faults.reads.shift();
  if (fault !== undefined && (await befall(node, call, fault)) === 'ended') return;
  const reader = new Reader(call);
  const stream = options.getStream();
  const found = stream === undefined ? allRecords(node, options) : streamRecords(node, options, stream);
  if (found instanceof Error) return end(call, found);
  if (found === null) {
    await reader.send(streamNotFoundResponse(nameOf(stream?.getStreamIdentifier())));
    call.end();
    return;
  }
  const structured = options.getUuidOption()?.hasStructured() === true;
  const countMax = BigInt(options.getCount());
  let count = 0n;
  for (const record of found) {
    if (count >= countMax) break;
    if (fault?.kind === 'cut' && count === BigInt(fault.afterEvents)) return node.cut(call.getPeer());
    if (!(await reader.send(eventResponse(record, structured)))) return;
    count += 1n;
  }
  if (!reader.isOver) call.end();
};

const befall = async (node: Node, call: ReadCall, fault: ReadFault): Promise<'ended' | 'goesOn'> => {
  switch (fault.kind) {
    case 'cut':
      if (fault.afterEvents > 0) return 'goesOn';
      node.cut(call.getPeer());
      return 'ended';
    case 'slow':
      await delay(fault.ms);
      return 'goesOn';
    case 'silence':
      return 'ended';
    case 'timeout':
      end(call, timedOut());
      return 'ended';
    case 'notReady':
      end(call, serverNotReady());
      return 'ended';
    case 'accessDenied':
      end(call, accessDenied());
      return 'ended';
    case 'notLeader':
      end(call, notLeader(node.leader ?? node));
      return 'ended';
  }
};

const isBackwards = (options: Options): boolean =>
  options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS;

/** `null`: not there. Deleted streams are not there either. */
const streamRecords = (
  node: Node,
  options: Options,
  stream: streamsPb.ReadReq.Options.StreamOptions,
): Iterable<StoredRecord> | ServiceError | null => {
  const name = nameOf(stream.getStreamIdentifier());
  const held = node.store.stream(name);
  if (held === null) return null;
  if (held.tombstoned) return streamDeleted(name);
  const { records } = held;
  if (isBackwards(options)) {
    const from = stream.hasRevision() ? BigInt(stream.getRevision()) : (records.at(-1)?.revision ?? -1n);
    return records.filter(({ revision }) => revision <= from).toReversed();
  }
  if (stream.hasEnd()) return [];
  const from = stream.hasRevision() ? BigInt(stream.getRevision()) : 0n;
  return records.filter(({ revision }) => revision >= from);
};

function* allRecordsFrom(node: Node, options: Options, from: bigint | 'end'): Generator<StoredRecord> {
  const { store } = node;
  const wanted = filterOf(options);
  if (isBackwards(options)) {
    // Backwards, a position stands for what ends there.
    const first = from === 'end' ? store.records.length : store.indexFrom(from);
    for (let index = first - 1; index >= 0; index -= 1) {
      const record = store.records[index];
      if (record !== undefined && wanted(record)) yield record;
    }
    return;
  }
  if (from === 'end') return;
  for (let index = store.indexFrom(from); index < store.records.length; index += 1) {
    const record = store.records[index];
    if (record !== undefined && wanted(record)) yield record;
  }
}

const allRecords = (node: Node, options: Options): Iterable<StoredRecord> | ServiceError => {
  const all = options.getAll();
  const position = all?.getPosition();
  if (position === undefined) return allRecordsFrom(node, options, all?.hasEnd() === true ? 'end' : 0n);
  const commit = BigInt(position.getCommitPosition());
  return node.store.isStartOfRecord(commit) ? allRecordsFrom(node, options, commit) : readFailed();
};
