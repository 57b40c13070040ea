import { randomUUID } from 'node:crypto';
import type streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { SubscriptionFault } from './faults.js';
import type { Node } from './node.js';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  filterOf,
  nameOf,
} from './protocol.js';
import { type ReadCall, Reader } from './reader.js';
import { accessDenied, notLeader, readFailed, serverNotReady } from './refusals.js';
import type { FakeStore, StoredRecord } from './store.js';

type Options = streamsPb.ReadReq.Options;

/** Events of one page while catching up. */
const pageEvents = 32;

/** Both halves, compared as a pair. Before the first record: -1/-1. */
interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const isAfter = (a: LogPosition, b: LogPosition): boolean =>
  a.commit > b.commit || (a.commit === b.commit && a.prepare > b.prepare);

const placeOf = ({ position }: StoredRecord): LogPosition => ({ commit: position, prepare: position });

/** A subscription to `$all`, filtered or not, or to a stream: what is there after a position, then what comes. */
export const subscribe = async (node: Node, call: ReadCall, options: Options): Promise<void> => {
  const fault = options.hasAll() ? node.faults.subscriptions.shift() : undefined;
  if (fault?.kind === 'notReady') return void call.emit('error', serverNotReady());
  if (fault?.kind === 'accessDenied') return void call.emit('error', accessDenied());
  if (fault?.kind === 'notLeader') return void call.emit('error', notLeader(node.leader ?? node));
  const from = options.getAll()?.getPosition();
  if (from !== undefined) node.subscribedFrom.push(`${from.getCommitPosition()}/${from.getPreparePosition()}`);
  await new Subscription(node, call, options, fault).run();
};

class Subscription {
  readonly #node: Node;
  readonly #store: FakeStore;
  readonly #call: ReadCall;
  readonly #reader: Reader;
  readonly #options: Options;
  readonly #fault: SubscriptionFault | undefined;
  readonly #wanted: (record: StoredRecord) => boolean;
  /** `null`: no checkpoints, since nothing is filtered. */
  readonly #checkpoints: { readonly windowEvents: number; readonly intervalEvents: number } | null;
  #at: LogPosition;
  #lastCheckpoint: LogPosition | null = null;
  #sent = 0;
  #over = false;

  constructor(node: Node, call: ReadCall, options: Options, fault: SubscriptionFault | undefined) {
    this.#node = node;
    this.#store = node.store;
    this.#call = call;
    this.#reader = new Reader(call);
    this.#options = options;
    this.#fault = fault;
    this.#wanted = wantedBy(options);
    const filter = options.getFilter();
    const windowEvents = filter?.hasMax() === true ? filter.getMax() : pageEvents;
    this.#checkpoints =
      filter === undefined
        ? null
        : { windowEvents, intervalEvents: windowEvents * Math.max(1, filter.getCheckpointintervalmultiplier()) };
    this.#at = startOf(node.store, options);
    const end = (): void => void this.#end('end');
    node.subscriptions.add(end);
    this.#reader.onceOver(() => {
      this.#over = true;
      node.subscriptions.delete(end);
    });
  }

  async run(): Promise<void> {
    await this.#send(confirmationResponse(randomUUID()));
    const last = this.#store.lastPosition;
    if (isAfter({ commit: last, prepare: last }, this.#at)) {
      // Only who reads from the log notices that no record begins there.
      if (this.#at.commit > 0n && !this.#store.isStartOfRecord(this.#at.commit))
        return void this.#call.emit('error', readFailed());
      await this.#catchUp();
    }
    await this.#send(caughtUpResponse());
    await this.#goOn();
  }

  async #catchUp(): Promise<void> {
    const { windowEvents, intervalEvents } = this.#checkpoints ?? { windowEvents: Infinity, intervalEvents: Infinity };
    let pageStart = this.#at;
    let consideredSince = 0;
    for (;;) {
      let index = this.#store.indexFrom(pageStart.commit);
      let found = 0;
      let considered = 0;
      let next = pageStart;
      let isEnd = false;
      while (found < pageEvents && considered < windowEvents) {
        const record = this.#store.records[index];
        if (record === undefined) {
          isEnd = true;
          break;
        }
        index += 1;
        considered += 1;
        next = { commit: record.end, prepare: 0n };
        if (!this.#wanted(record)) continue;
        found += 1;
        if (!isAfter(placeOf(record), this.#at)) continue;
        if (!(await this.#sendEvent(record))) return;
        this.#at = placeOf(record);
      }
      consideredSince += considered;
      if (isEnd) return this.#sendCheckpoint(this.#at);
      if (consideredSince >= intervalEvents) {
        consideredSince %= intervalEvents;
        if (isAfter(pageStart, this.#at)) this.#at = pageStart;
        await this.#sendCheckpoint(this.#at);
      }
      pageStart = next;
    }
  }

  async #goOn(): Promise<void> {
    let index = this.#store.records.findLastIndex((record) => !isAfter(placeOf(record), this.#at)) + 1;
    let considered = 0;
    while (!this.#over) {
      const record = this.#store.records[index];
      if (record === undefined) {
        await this.#appended();
        continue;
      }
      index += 1;
      if (this.#wanted(record)) {
        if (!(await this.#sendEvent(record))) return;
        this.#at = placeOf(record);
      }
      considered += 1;
      if (this.#checkpoints === null || considered < this.#checkpoints.intervalEvents) continue;
      considered = 0;
      this.#at = placeOf(record);
      await this.#sendCheckpoint(this.#at);
    }
  }

  /** Until something is appended, or nobody listens any more. */
  #appended(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#store.onceAppended(() => {
        stopWaiting();
        resolve();
      });
      const stopWaiting = this.#reader.onceOver(() => {
        stop();
        resolve();
      });
    });
  }

  async #sendEvent(record: StoredRecord): Promise<boolean> {
    const fault = this.#fault;
    const response = eventResponse(record, this.#options.getUuidOption()?.hasStructured() === true);
    if (fault !== undefined && 'afterEvents' in fault && this.#sent === fault.afterEvents) {
      this.#sent += 1;
      if (fault.kind === 'duplicate') await this.#send(response);
      else return this.#end(fault.kind);
    }
    this.#sent += 1;
    return this.#send(response);
  }

  #end(kind: 'cut' | 'end' | 'silence'): false {
    this.#over = true;
    if (kind === 'cut') this.#node.cut(this.#call.getPeer());
    if (kind === 'end') this.#call.end();
    return false;
  }

  async #sendCheckpoint(at: LogPosition): Promise<void> {
    if (this.#checkpoints === null) return;
    // Where nothing was found from the start, the server says -1, which reads as the end of all positions; and after
    // that no checkpoint is greater.
    const said = at.commit < 0n ? { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n } : at;
    if (this.#lastCheckpoint !== null && !isAfter(said, this.#lastCheckpoint)) return;
    this.#lastCheckpoint = said;
    await this.#send(checkpointResponse(said.commit, said.prepare));
  }

  async #send(response: streamsPb.ReadResp): Promise<boolean> {
    // A server that stops says nothing more.
    if (this.#over || this.#node.isStopping) return false;
    return this.#reader.send(response);
  }
}

const wantedBy = (options: Options): ((record: StoredRecord) => boolean) => {
  const stream = options.getStream();
  if (stream === undefined) return filterOf(options);
  const name = nameOf(stream.getStreamIdentifier());
  const after = stream.hasRevision() ? BigInt(stream.getRevision()) : -1n;
  return (record) => record.stream === name && record.revision > after;
};

const startOf = (store: FakeStore, options: Options): LogPosition => {
  const end = { commit: store.lastPosition, prepare: store.lastPosition };
  const position = options.getAll()?.getPosition();
  if (position !== undefined)
    return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
  return options.getAll()?.hasEnd() === true || options.getStream()?.hasEnd() === true
    ? end
    : { commit: -1n, prepare: -1n };
};
