import { incidentStreamPrefix } from '../domain/event-codec.js';
import { appendBytesMax, type EventLog, type NewLogEvent } from '../log/event-log.js';
import { recordedLine, type RecordedLine } from './recorded-line.js';

/** Filings of one incident that stand together are stored together, up to so many events. */
const eventsInAppendMax = 500;
/** Room for what surrounds an event's data as stored, in bytes. */
const envelopeBytes = 512;

export interface Imported {
  readonly events: number;
  /** Of these, how many the log had already. */
  readonly known: number;
}

/** The line that an import stopped at. What stands before it is stored; the same import again goes on there. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  constructor(
    /** Counted from 1. */
    readonly line: number,
    why: string,
    cause?: unknown,
  ) {
    super(`Line ${line}: ${why}`, { cause });
  }
}

/**
 * Stores exported events in a log: the same ids, contents and times, in the order of the lines, whole filings only. What
 * the log has already is passed over, so an import that was broken off, or done before, can be done again.
 * @throws ImportError; LogUnavailableError, LogRefusedError
 */
export const importEvents = async (
  log: EventLog,
  lines: AsyncIterable<string>,
  onProgress: (so: Imported) => void = () => undefined,
): Promise<Imported> => {
  const streams = new Map<string, StreamImport>();
  let events = 0;
  let known = 0;
  let line = 0;
  let filing: Filing | null = null;
  let waiting: {
    readonly stream: StreamImport;
    readonly events: NewLogEvent[];
    bytes: number;
    firstLine: number;
  } | null = null;

  const store = async (): Promise<void> => {
    if (waiting === null) return;
    const { stream, events: batch, firstLine } = waiting;
    waiting = null;
    const result = await log.append(stream.name, BigInt(stream.length) - 1n, batch);
    if (!result.ok) throw new ImportError(firstLine, `somebody else writes to incident ${stream.slug} meanwhile`);
    stream.length += batch.length;
    events += batch.length;
    onProgress({ events, known });
  };

  const take = async (whole: Filing): Promise<void> => {
    let stream = streams.get(whole.stream);
    if (stream === undefined) {
      if (waiting !== null) await store();
      stream = await StreamImport.begin(log, whole.stream);
      streams.set(whole.stream, stream);
    }
    if (stream.passOver(whole)) {
      events += whole.events.length;
      known += whole.events.length;
      onProgress({ events, known });
      return;
    }
    const bytes = whole.events.reduce((sum, event) => sum + JSON.stringify(event).length * 3 + envelopeBytes, 0);
    if (
      waiting !== null &&
      (waiting.stream !== stream ||
        waiting.events.length + whole.events.length > eventsInAppendMax ||
        waiting.bytes + bytes > appendBytesMax)
    )
      await store();
    waiting ??= { stream, events: [], bytes: 0, firstLine: whole.firstLine };
    waiting.events.push(...whole.events);
    waiting.bytes += bytes;
  };

  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    let read: RecordedLine;
    try {
      read = recordedLine(text);
    } catch (error) {
      await store();
      throw new ImportError(line, error instanceof Error ? error.message : String(error), error);
    }
    if (filing !== null && (filing.id !== read.filing || filing.stream !== read.stream)) {
      await store();
      throw new ImportError(
        filing.firstLine,
        `its filing has ${filing.size} events, and only ${filing.events.length} are here`,
      );
    }
    filing ??= { id: read.filing, stream: read.stream, size: read.filingSize, firstLine: line, events: [] };
    filing.events.push(read.event);
    if (filing.events.length < filing.size) continue;
    await take(filing);
    filing = null;
  }
  await store();
  if (filing !== null)
    throw new ImportError(
      filing.firstLine,
      `its filing has ${filing.size} events, and only ${filing.events.length} are here`,
    );
  return { events, known };
};

interface Filing {
  readonly id: string;
  readonly stream: string;
  readonly size: number;
  readonly firstLine: number;
  readonly events: NewLogEvent[];
}

/** One incident's stream while it is imported: what it had, and how far the lines have come. */
class StreamImport {
  #at = 0;

  private constructor(
    readonly name: string,
    private readonly ids: readonly string[],
    /** How many events the stream has now. */
    public length: number,
  ) {}

  static async begin(log: EventLog, name: string): Promise<StreamImport> {
    const ids: string[] = [];
    for await (const batch of log.readStream(name)) for (const { id } of batch) ids.push(id);
    return new StreamImport(name, ids, ids.length);
  }

  get slug(): string {
    return this.name.slice(incidentStreamPrefix.length);
  }

  /** Whether the stream has a filing already. @throws ImportError where it has another one in its place */
  passOver({ events, firstLine }: Filing): boolean {
    if (this.#at >= this.ids.length) return false;
    if (!events.every((event, place) => this.ids[this.#at + place] === event.id))
      throw new ImportError(
        firstLine,
        `incident ${this.slug} has another history in this log from its event ${this.#at + 1} on. Import into an empty log, or leave that incident out`,
      );
    this.#at += events.length;
    return true;
  }
}
