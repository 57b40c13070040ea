import type { ServerDuplexStream } from '@grpc/grpc-js';
import codePb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/code_pb.js';
import sharedPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import statusPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import { type AppendAnswer, carryOut } from './append.js';
import type { Node } from './node.js';
import { BadRequestError, expectationOf, identifierOf, nameOf, proposedEventOf, uuidOf } from './protocol.js';
import { notLeader, unauthenticated } from './refusals.js';
import { rightTo } from './rights.js';
import type { Append, Expectation, ProposedEvent } from './store.js';

type Call = ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>;

interface Pending {
  readonly stream: string;
  readonly expectation: Expectation;
  readonly events: ProposedEvent[];
}

/** Many appends over one call, each in one message or several, answered by their correlation ids. */
export const batchAppendCall = (node: Node, call: Call): void => {
  if (rightTo(node.users, call.metadata, 'write') === 'unauthenticated')
    return void call.emit('error', unauthenticated());
  const pending = new Map<string, Pending>();
  let open = 1;
  const done = (): void => {
    open -= 1;
    if (open === 0) call.end();
  };
  const answer = async (correlation: sharedPb.UUID | undefined, append: Append): Promise<void> => {
    open += 1;
    const answered = await carryOut(node, call, append);
    if (answered === null) return;
    if (answered.kind === 'notLeader') call.emit('error', notLeader(node.leader ?? node));
    else if (!call.destroyed && !node.isStopping) call.write(responseTo(correlation, append, answered));
    done();
  };
  const refuse = (request: streamsPb.BatchAppendReq, error: statusPb.Status): void => {
    const response = new streamsPb.BatchAppendResp().setCorrelationId(request.getCorrelationId()).setError(error);
    call.write(response.setStreamIdentifier(request.getOptions()?.getStreamIdentifier()));
  };
  const receive = (request: streamsPb.BatchAppendReq): void => {
    const id = uuidOf(request.getCorrelationId());
    const options = request.getOptions();
    if (options !== undefined) {
      if (remainingMs(options) <= 0) return refuse(request, errors.timeout());
      const stream = nameOf(options.getStreamIdentifier());
      pending.set(id, { stream, expectation: expectationOf(options, options.getStreamPosition()), events: [] });
    }
    const append = pending.get(id);
    if (append === undefined) return;
    append.events.push(...request.getProposedMessagesList().map(proposedEventOf));
    // Only data counts on the real server too, whatever its documentation says.
    if (append.events.reduce((sum, { data }) => sum + data.length, 0) > node.appendBytesMax) {
      pending.delete(id);
      return refuse(request.setOptions(optionsFor(append.stream)), errors.tooLarge(node.appendBytesMax));
    }
    if (!request.getIsFinal()) return;
    pending.delete(id);
    if (append.stream === '') throw new BadRequestError('eventStreamId should not be empty.');
    void answer(request.getCorrelationId(), append);
  };
  call.on('data', (request: streamsPb.BatchAppendReq) => {
    if (node.isStopping) return;
    try {
      receive(request);
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error;
      refuse(request, errors.badRequest(error.message));
    }
  });
  call.on('end', done);
};

const optionsFor = (stream: string): streamsPb.BatchAppendReq.Options =>
  new streamsPb.BatchAppendReq.Options().setStreamIdentifier(identifierOf(stream));

const remainingMs = (options: streamsPb.BatchAppendReq.Options): number => {
  const duration = options.getDeadline();
  if (duration !== undefined) return duration.getSeconds() * 1_000 + duration.getNanos() / 1e6;
  const until = options.getDeadline21100();
  return until === undefined ? Infinity : until.toDate().getTime() - Date.now();
};

const responseTo = (
  correlation: sharedPb.UUID | undefined,
  { stream, expectation }: Append,
  answer: AppendAnswer,
): streamsPb.BatchAppendResp => {
  const response = new streamsPb.BatchAppendResp()
    .setCorrelationId(correlation)
    .setStreamIdentifier(identifierOf(stream));
  switch (answer.kind) {
    case 'stored': {
      const position = String(answer.position);
      const success = new streamsPb.BatchAppendResp.Success().setPosition(
        new sharedPb.AllStreamPosition().setCommitPosition(position).setPreparePosition(position),
      );
      if (answer.revision < 0n) success.setNoStream(new emptyPb.Empty());
      else success.setCurrentRevision(String(answer.revision));
      return response.setSuccess(success);
    }
    case 'conflict':
      return response.setError(errors.wrongVersion(expectation, answer.actual));
    case 'tombstoned':
      return response.setError(errors.streamDeleted(stream));
    case 'notReady':
      return response.setError(errors.internal('Server Is Not Ready'));
    case 'tooBusy':
      return response.setError(errors.internal('Server Is Busy'));
    case 'timeout':
      return response.setError(errors.timeout());
    case 'accessDenied':
      return response.setError(errors.accessDenied());
    case 'notLeader':
      throw new Error('ends the call instead');
  }
};

const errorStatus = (code: codePb.Code, message: string, type: string, details: Uint8Array): statusPb.Status => {
  const any = new anyPb.Any();
  any.pack(details, type);
  return new statusPb.Status().setCode(code).setMessage(message).setDetails(any);
};

const clientType = (code: codePb.Code, name: string, details: { serializeBinary(): Uint8Array }): statusPb.Status =>
  errorStatus(code, name, `event_store.client.${name}`, details.serializeBinary());

const errors = {
  wrongVersion: (expectation: Expectation, actual: bigint): statusPb.Status => {
    const details = new sharedPb.WrongExpectedVersion();
    if (actual < 0n) details.setCurrentNoStream(new emptyPb.Empty());
    else details.setCurrentStreamRevision(String(actual));
    if (expectation === 'any') details.setExpectedAny(new emptyPb.Empty());
    else if (expectation === 'noStream') details.setExpectedNoStream(new emptyPb.Empty());
    else if (expectation === 'streamExists') details.setExpectedStreamExists(new emptyPb.Empty());
    else details.setExpectedStreamPosition(String(expectation));
    return clientType(codePb.Code.ALREADY_EXISTS, 'WrongExpectedVersion', details);
  },
  streamDeleted: (stream: string) =>
    clientType(
      codePb.Code.NOT_FOUND,
      'StreamDeleted',
      new sharedPb.StreamDeleted().setStreamIdentifier(identifierOf(stream)),
    ),
  accessDenied: () => clientType(codePb.Code.PERMISSION_DENIED, 'AccessDenied', new sharedPb.AccessDenied()),
  timeout: () => clientType(codePb.Code.DEADLINE_EXCEEDED, 'Timeout', new sharedPb.Timeout()),
  tooLarge: (bytesMax: number) =>
    clientType(
      codePb.Code.INVALID_ARGUMENT,
      'MaximumAppendSizeExceeded',
      new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(bytesMax),
    ),
  badRequest: (message: string) =>
    clientType(codePb.Code.INVALID_ARGUMENT, 'BadRequest', new sharedPb.BadRequest().setMessage(message)),
  internal: (message: string) =>
    errorStatus(codePb.Code.OK, message, 'google.protobuf.Empty', new emptyPb.Empty().serializeBinary()),
};
