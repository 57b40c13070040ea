import type { handleUnaryCall, ServiceError } from '@grpc/grpc-js';
import sharedPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Node } from './node.js';
import { expectationOf, nameOf } from './protocol.js';
import { streamDeleted, wrongVersion } from './refusals.js';
import type { AppendOutcome } from './store.js';

/** Both are here for what reads and appends answer afterwards; the service deletes nothing. */
export const deleteCall =
  (node: Node): handleUnaryCall<streamsPb.DeleteReq, streamsPb.DeleteResp> =>
  ({ request }, reply) => {
    const options = request.getOptions() ?? new streamsPb.DeleteReq.Options();
    const stream = nameOf(options.getStreamIdentifier());
    const outcome = node.store.delete(stream, expectationOf(options, options.getRevision()));
    if (outcome.kind !== 'stored') return reply(refused(stream, outcome));
    const position = String(outcome.position);
    reply(
      null,
      new streamsPb.DeleteResp().setPosition(
        new streamsPb.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
      ),
    );
  };

export const tombstoneCall =
  (node: Node): handleUnaryCall<streamsPb.TombstoneReq, streamsPb.TombstoneResp> =>
  ({ request }, reply) => {
    const options = request.getOptions() ?? new streamsPb.TombstoneReq.Options();
    const stream = nameOf(options.getStreamIdentifier());
    const outcome = node.store.tombstone(stream, expectationOf(options, options.getRevision()));
    if (outcome.kind !== 'stored') return reply(refused(stream, outcome));
    reply(null, new streamsPb.TombstoneResp().setNoPosition(new sharedPb.Empty()));
  };

const refused = (stream: string, outcome: Exclude<AppendOutcome, { kind: 'stored' }>): ServiceError =>
  outcome.kind === 'tombstoned' ? streamDeleted(stream) : wrongVersion(stream, outcome.actual);
