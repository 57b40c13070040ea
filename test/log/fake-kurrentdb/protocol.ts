import sharedPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsPb from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Expectation, ProposedEvent, StoredRecord } from './store.js';

/** A request that the server does not take; batches answer it as `BadRequest`. */
export class BadRequestError extends Error {
  override readonly name = 'BadRequestError';
}

/** Ticks of .NET, 100 ns, in a millisecond. */
const ticksInMs = 10_000n;
const positionMax = 2n ** 63n - 1n;
/** What the server says for a position that there is none of yet. */
export const endPosition = 2n ** 64n - 1n;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u;
const noUuid = '00000000-0000-0000-0000-000000000000';

/** @throws BadRequestError */
export const uuidOf = (dto: sharedPb.UUID | undefined): string => {
  const structured = dto?.getStructured();
  const text =
    structured === undefined
      ? (dto?.getString() ?? '').toLowerCase()
      : [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
          .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
          .join('')
          .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  if (!uuid.test(text) || text === noUuid) throw new BadRequestError(`Unrecognized Guid format: ${text}`);
  return text;
};

const uuidDto = (id: string, structured: boolean): sharedPb.UUID => {
  if (!structured) return new sharedPb.UUID().setString(id);
  const bits = BigInt(`0x${id.replaceAll('-', '')}`);
  const halves = new sharedPb.UUID.Structured()
    .setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n)))
    .setLeastSignificantBits(String(BigInt.asIntN(64, bits)));
  return new sharedPb.UUID().setStructured(halves);
};

export const nameOf = (identifier: sharedPb.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();

export const identifierOf = (stream: string): sharedPb.StreamIdentifier =>
  new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream));

interface ExpectationOptions {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

/** @throws BadRequestError */
export const expectationOf = (options: ExpectationOptions, revision: string): Expectation => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'noStream';
  if (options.hasStreamExists()) return 'streamExists';
  const expected = BigInt(revision);
  if (expected > positionMax) throw new BadRequestError(`revision ${revision}`);
  return expected;
};

/** @throws BadRequestError */
export const proposedEventOf = (
  message: streamsPb.BatchAppendReq.ProposedMessage | streamsPb.AppendReq.ProposedMessage,
): ProposedEvent => {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type') ?? '';
  if (type === '') throw new BadRequestError('Empty eventType provided.');
  return {
    id: uuidOf(message.getId()),
    type,
    isJson: metadata.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
};

export const eventResponse = (record: StoredRecord, structuredIds: boolean): streamsPb.ReadResp => {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidDto(record.id, structuredIds))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('created', String(BigInt(record.createdMs) * ticksInMs))
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream');
  return new streamsPb.ReadResp().setEvent(
    new streamsPb.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position)),
  );
};

export const confirmationResponse = (id: string): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setConfirmation(new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUpResponse = (): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp());

export const checkpointResponse = (commit: bigint, prepare: bigint): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setCheckpoint(
    new streamsPb.ReadResp.Checkpoint()
      .setCommitPosition(String(commit < 0n ? endPosition : commit))
      .setPreparePosition(String(prepare < 0n ? endPosition : prepare)),
  );

export const streamNotFoundResponse = (stream: string): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setStreamNotFound(
    new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)),
  );

/** Which records a filtered read or subscription is about. */
export const filterOf = (options: streamsPb.ReadReq.Options): ((record: StoredRecord) => boolean) => {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier();
  const regex = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = regex === '' ? null : new RegExp(regex, 'u');
  return (record) => {
    const text = byType === undefined ? record.stream : record.type;
    return pattern === null ? prefixes.some((prefix) => text.startsWith(prefix)) : pattern.test(text);
  };
};
