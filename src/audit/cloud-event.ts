import { createHash } from 'node:crypto';
import { incidentStreamPrefix } from '../domain/event-codec.js';
import type { LogEvent } from '../log/event-log.js';

/*
 * HASHED FORM. The bytes of `hashedForm` are what the transparency log holds: never change a member, its order or its
 * spelling for an event that exists.
 */

/** An event as CloudEvents 1.0 (JSON format), with what an auditor needs beside its data as extension attributes. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  /** The filing that the event belongs to, its place in it from 0, and how many events the filing has. */
  readonly filing: string;
  readonly filingplace: number;
  readonly filingsize: number;
  readonly desk: string;
  /** Absent where nobody was named: an attribute of CloudEvents is never null. */
  readonly person?: string;
  readonly correlationid: string;
  readonly data: unknown;
}

export interface PlacedCloudEvent extends CloudEvent {
  /** Under which key it was filed, and the hash of that request's body, so that a log made of these answers repeats. */
  readonly idempotencykey?: string;
  readonly bodyhash?: string;
  /** All of these stay outside the hashed bytes: the event does not know its own place. */
  readonly position: string;
  readonly leafhash: string;
}

/** RFC 6962: a leaf is hashed with a zero byte before it, so that it is never taken for a node. */
const leafPrefix = Uint8Array.of(0);

/** The event as stored, whatever version it is of and whether or not this program can fold it. */
export const cloudEventOf = (event: LogEvent): CloudEvent => {
  const slug = event.stream.slice(incidentStreamPrefix.length);
  const meta = membersOf(event.meta);
  const person = meta['person'];
  return {
    specversion: '1.0',
    id: event.id,
    source: `/incidents/${slug}`,
    type: `tollbook.${event.type}`,
    time: textOf(meta['recordedAt']),
    subject: subjectOf(membersOf(event.data)) ?? slug,
    datacontenttype: 'application/json',
    filing: textOf(meta['filing']),
    filingplace: numberOf(meta['place']),
    filingsize: numberOf(meta['size']),
    desk: textOf(meta['desk']),
    ...(typeof person === 'string' ? { person } : {}),
    correlationid: textOf(meta['correlationId']),
    data: event.data,
  };
};

/** The bytes that are hashed: JSON in UTF-8, members in the order above. */
export const hashedForm = (event: CloudEvent): Buffer => Buffer.from(JSON.stringify(event));

/** SHA-256(0x00 || hashed form), base64. */
export const leafHash = (event: CloudEvent): string =>
  createHash('sha256').update(leafPrefix).update(hashedForm(event)).digest('base64');

export const placedCloudEvent = (event: LogEvent): PlacedCloudEvent => {
  const cloudEvent = cloudEventOf(event);
  const { key, bodyHash } = membersOf(event.meta);
  return {
    ...cloudEvent,
    ...(typeof key === 'string' ? { idempotencykey: key } : {}),
    ...(typeof bodyHash === 'string' ? { bodyhash: bodyHash } : {}),
    position: String(event.position),
    leafhash: leafHash(cloudEvent),
  };
};

/** What the event is about: a figure, else a report, else a cell. */
const subjectOf = (data: Readonly<Record<string, unknown>>): string | null => {
  for (const member of ['figure', 'report', 'cell']) {
    const value = data[member];
    if (typeof value === 'string') return value;
  }
  return null;
};

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
