import { Metadata, type sendUnaryData, type ServerReadableStream, type ServiceError, status } from '@grpc/grpc-js';
import sharedPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { type AppendAnswer, carryOut } from './append.js';
import type { Node } from './node.js';
import { BadRequestError, expectationOf, nameOf, proposedEventOf } from './protocol.js';
import { accessDenied, appendTooLarge, notLeader, serverNotReady, streamDeleted, timedOut } from './refusals.js';
import type { Expectation, ProposedEvent } from './store.js';

/** One append over one call: what the client makes of credentials given with the call. */
export const appendCall = (
  node: Node,
  call: ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>,
  reply: sendUnaryData<streamsPb.AppendResp>,
): void => {
  let options: streamsPb.AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  let refused: ServiceError | null = null;
  call.on('data', (request: streamsPb.AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message === undefined || refused !== null) return;
    try {
      events.push(proposedEventOf(message));
      if (events.reduce((sum, { data }) => sum + data.length, 0) > node.appendBytesMax)
        refused = appendTooLarge(node.appendBytesMax);
    } catch (error) {
      refused = thrown(error);
    }
  });
  call.on('error', () => undefined);
  call.on('end', () => {
    const stream = nameOf(options?.getStreamIdentifier());
    if (options === undefined || stream === '') refused ??= thrown(new BadRequestError('no stream'));
    if (refused !== null || options === undefined) return reply(refused);
    const expectation = expectationOf(options, options.getRevision());
    void carryOut(node, call, { stream, expectation, events }).then((answer) => {
      if (answer !== null) respond(node, stream, expectation, answer, reply);
    });
  });
};

/** Exceptions of its handlers the server hides. */
const thrown = (error: unknown): ServiceError =>
  Object.assign(new Error(String(error)), {
    code: status.UNKNOWN,
    details: 'Exception was thrown by handler.',
    metadata: new Metadata(),
  });

const respond = (
  node: Node,
  stream: string,
  expectation: Expectation,
  answer: AppendAnswer,
  reply: sendUnaryData<streamsPb.AppendResp>,
): void => {
  switch (answer.kind) {
    case 'stored': {
      const position = String(answer.position);
      const success = new streamsPb.AppendResp.Success().setPosition(
        new streamsPb.AppendResp.Position().setCommitPosition(position).setPreparePosition(position),
      );
      if (answer.revision < 0n) success.setNoStream(new sharedPb.Empty());
      else success.setCurrentRevision(String(answer.revision));
      return reply(null, new streamsPb.AppendResp().setSuccess(success));
    }
    case 'conflict': {
      const conflict = new streamsPb.AppendResp.WrongExpectedVersion();
      if (answer.actual < 0n) conflict.setCurrentNoStream(new sharedPb.Empty());
      else conflict.setCurrentRevision(String(answer.actual));
      if (expectation === 'any') conflict.setExpectedAny(new sharedPb.Empty());
      else if (expectation === 'noStream') conflict.setExpectedNoStream(new sharedPb.Empty());
      else if (expectation === 'streamExists') conflict.setExpectedStreamExists(new sharedPb.Empty());
      else conflict.setExpectedRevision(String(expectation));
      return reply(null, new streamsPb.AppendResp().setWrongExpectedVersion(conflict));
    }
    case 'tombstoned':
      return reply(streamDeleted(stream));
    case 'notReady':
    case 'tooBusy':
      return reply(serverNotReady());
    case 'timeout':
      return reply(timedOut());
    case 'accessDenied':
      return reply(accessDenied());
    case 'notLeader':
      return reply(notLeader(node.leader));
  }
};
