import type { EventMeta, FiledEvent, IncidentEventType } from './events.js';

/** An event as the log keeps it, but for its place: `type` carries the version. */
export interface EncodedEvent {
  readonly type: string;
  readonly data: unknown;
  readonly meta: unknown;
}

/** An event that this version cannot read: its type or version is unknown, or members are missing. Nothing is guessed. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  constructor(
    readonly eventId: string,
    readonly eventType: string,
    why: string,
  ) {
    super(`event ${eventId} (${eventType}) cannot be read: ${why}`);
  }
}

type Members = Readonly<Record<string, unknown>>;
/** From one version's data to the next one's. Pure; the data given is not changed. */
export type Upcaster = (data: Members) => Members;
type Kind = 'string' | 'number' | 'object' | 'array';

export interface StoredType {
  /** The version that is written, counted from 1. */
  readonly version: number;
  /** From the version named by the key to the next one; one for every version before `version`. */
  readonly upcasters: Readonly<Record<number, Upcaster>>;
  /** Members without which the event cannot be folded, and of what kind they are. */
  readonly members: Readonly<Record<string, Kind>>;
}

export type StoredTypes = Readonly<Record<IncidentEventType, StoredType>>;

const first = (members: Readonly<Record<string, Kind>>): StoredType => ({ version: 1, upcasters: {}, members });

/*
 * STORED FORMAT. A new shape of an event is a new version here, with an upcaster from the version before; the types of
 * `events.ts` are always those of the newest version.
 */
export const storedTypes: StoredTypes = {
  IncidentOpened: first({ slug: 'string', scheme: 'object' }),
  IncidentAmended: first({ changes: 'object', reason: 'string' }),
  IncidentClosed: first({ reason: 'string' }),
  ReportFiled: first({ report: 'string', outlet: 'string', publishedAt: 'string', attribution: 'array' }),
  FigureReported: first({ figure: 'string', report: 'string', place: 'number', measure: 'string', quantity: 'object' }),
  FigureCorrected: first({ figure: 'string', corrected: 'object', reason: 'string' }),
  FigureRetracted: first({ figure: 'string', by: 'string', reason: 'string' }),
  AttributionDenied: first({ figure: 'string', reason: 'string' }),
  FigureReinstated: first({ figure: 'string', reason: 'string' }),
  OriginsLinked: first({ link: 'string', origins: 'array', reason: 'string' }),
  OriginsUnlinked: first({ link: 'string', reason: 'string' }),
  SpeakerGraded: first({ origin: 'string', kind: 'string', reason: 'string' }),
  EstimatePinned: first({ cell: 'string', best: 'object', reason: 'string' }),
  EstimateUnpinned: first({ cell: 'string', reason: 'string' }),
  RevisionExplained: first({ event: 'string', cell: 'string', reason: 'string' }),
};

const metaMembers: Readonly<Record<string, Kind>> = {
  recordedAt: 'string',
  filing: 'string',
  place: 'number',
  size: 'number',
  desk: 'string',
  correlationId: 'string',
};

const kindOf = (value: unknown): Kind | null => {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return value === null ? null : 'object';
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' ? 'number' : null;
};

const isMembers = (value: unknown): value is Members => kindOf(value) === 'object';

const missing = (value: Members, members: Readonly<Record<string, Kind>>): string | null => {
  for (const name in members) {
    const kind = members[name];
    if (!Object.hasOwn(value, name)) return `${name} is missing`;
    if (kindOf(value[name]) !== kind) return `${name} is not of kind ${kind}`;
  }
  return null;
};

export interface EventCodec {
  readonly encodeEvent: (event: FiledEvent) => EncodedEvent;
  readonly decodeEvent: (event: EncodedEvent & { readonly id: string }) => FiledEvent;
}

/**
 * Makes the codec for a table of types. Reading is a cheap check, never a validation of history: a recorded fact is
 * not refused, but what cannot be understood is not guessed either.
 */
export const createEventCodec = (types: StoredTypes): EventCodec => {
  const written = new Map<string, string>();
  const readable = new Map<string, { readonly name: IncidentEventType; readonly version: number }>();
  for (const [name, { version }] of Object.entries(types) as [IncidentEventType, StoredType][]) {
    written.set(name, `${name}.v${version}`);
    const oldest = Math.min(version, ...Object.keys(types[name].upcasters).map(Number));
    for (let each = oldest; each <= version; each += 1) readable.set(`${name}.v${each}`, { name, version: each });
  }
  return {
    encodeEvent: (event) => ({
      type: written.get(event.type) ?? `${event.type}.v1`,
      data: event.data,
      meta: event.meta,
    }),
    decodeEvent: ({ id, type, data, meta }) => {
      const found = readable.get(type);
      if (found === undefined) throw new UnreadableEventError(id, type, 'its type or version is not known here');
      const stored = types[found.name];
      if (!isMembers(data)) throw new UnreadableEventError(id, type, 'its data is not an object');
      if (!isMembers(meta)) throw new UnreadableEventError(id, type, 'its meta is not an object');
      let current = data;
      for (let version = found.version; version < stored.version; version += 1) {
        const upcast = stored.upcasters[version];
        if (upcast === undefined) throw new UnreadableEventError(id, type, `nothing leads from version ${version} on`);
        current = upcast(current);
      }
      const why = missing(current, stored.members) ?? missing(meta, metaMembers);
      if (why !== null) throw new UnreadableEventError(id, type, why);
      // The members that folding needs have just been looked at; the others are as they were written.
      return { type: found.name, data: current, id, meta: meta as unknown as EventMeta } as unknown as FiledEvent;
    },
  };
};

/** To the log's form and back. `decodeEvent` throws `UnreadableEventError`, which sets the event's incident aside. */
export const { encodeEvent, decodeEvent } = createEventCodec(storedTypes);

/** Incidents' streams begin so; what else is in the log does not. */
export const incidentStreamPrefix = 'tollbook-incident-';

/** The stream of an incident. */
export const streamOf = (slug: string): string => `${incidentStreamPrefix}${slug}`;
