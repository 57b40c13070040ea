import { incidentStreamPrefix } from '../domain/event-codec.js';
import { appendBytesMax, type EventLog, type NewLogEvent } from '../log/event-log.js';
import { recordedLine, type RecordedLine } from './recorded-line.js';

/** Filings of one incident that stand together are stored together, up to so many events. */
const eventsInAppendMax = 500;
/** Appends under way at once. */
const appendsMax = 128;
/** What they may hold together, in bytes, before the next one waits. */
const bytesMax = 8 * 1024 * 1024;
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
 * Stores exported events in a log: the same ids, contents and times, whole filings only, each incident's in the order of
 * its lines. Many are under way at once, so that they share commits and journeys: a log of one writer stores them in the
 * order of the lines all the same; on a shared one neighbours of several incidents may change places, but incidents are
 * opened in order. What the log has already is passed over, so an import that was broken off, or done before, can be
 * done again.
 * @throws ImportError naming the first line that was not stored; LogUnavailableError, LogRefusedError
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
  let waiting: Batch | null = null;
  const underWay = new UnderWay();
  let lastOpening: Promise<unknown> = Promise.resolve();

  const store = async (): Promise<void> => {
    if (waiting === null) return;
    const { stream, events: batch, bytes, firstLine } = waiting;
    waiting = null;
    const expected = BigInt(stream.length) - 1n;
    stream.length += batch.length;
    // On a shared log two appends that are under way may change places.
    const before = log.isShared ? [stream.stored, ...(expected < 0n ? [lastOpening] : [])] : [];
    const append = async (): Promise<void> => {
      if (before.length > 0) await Promise.all(before);
      const result = await log.append(stream.name, expected, batch);
      if (!result.ok) throw new ImportError(firstLine, `somebody else writes to incident ${stream.slug} meanwhile`);
      events += batch.length;
      onProgress({ events, known });
    };
    const stored = append();
    stream.stored = stored;
    if (expected < 0n) lastOpening = stored;
    underWay.add(stored, firstLine, bytes);
    await underWay.room();
  };

  const take = async (whole: Filing): Promise<void> => {
    let stream = streams.get(whole.stream);
    if (stream === undefined) {
      await store();
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

  const read = async (): Promise<void> => {
    for await (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      const found = readLine(text, line);
      if (filing !== null && (filing.id !== found.filing || filing.stream !== found.stream)) throw notWhole(filing);
      filing ??= { id: found.filing, stream: found.stream, size: found.filingSize, firstLine: line, events: [] };
      filing.events.push(found.event);
      if (filing.events.length < filing.size) continue;
      await take(filing);
      filing = null;
    }
    if (filing !== null) throw notWhole(filing);
  };

  try {
    await read();
  } catch (error) {
    // What stands before is stored, or else what went wrong there is told.
    await store();
    await underWay.end();
    throw error;
  }
  await store();
  await underWay.end();
  return { events, known };
};

const readLine = (text: string, line: number): RecordedLine => {
  try {
    return recordedLine(text);
  } catch (error) {
    throw new ImportError(line, error instanceof Error ? error.message : String(error), error);
  }
};

const notWhole = ({ firstLine, size, events }: Filing): ImportError =>
  new ImportError(firstLine, `its filing has ${size} events, and only ${events.length} are here`);

/** Filings of one incident that stand together. */
interface Batch {
  readonly stream: StreamImport;
  readonly events: NewLogEvent[];
  bytes: number;
  readonly firstLine: number;
}

/** The appends that are under way, and of those that failed the one of the first line. */
class UnderWay {
  readonly #appends = new Set<Promise<void>>();
  #bytes = 0;
  #failure: { readonly line: number; readonly error: unknown } | null = null;

  add(append: Promise<void>, line: number, bytes: number): void {
    this.#bytes += bytes;
    const settled = append
      .catch((error: unknown) => {
        if (this.#failure === null || line < this.#failure.line) this.#failure = { line, error };
      })
      .finally(() => {
        this.#bytes -= bytes;
        this.#appends.delete(settled);
      });
    this.#appends.add(settled);
  }

  /** Waits until one more may go. @throws what an append failed with, once all have ended */
  async room(): Promise<void> {
    while (this.#failure === null && (this.#appends.size >= appendsMax || this.#bytes >= bytesMax))
      await Promise.race(this.#appends);
    if (this.#failure !== null) await this.end();
  }

  /** Waits until all have ended. @throws what one failed with: of several, that of the first line */
  async end(): Promise<void> {
    await Promise.all(this.#appends);
    if (this.#failure !== null) throw this.#failure.error;
  }
}

interface Filing {
  readonly id: string;
  readonly stream: string;
  readonly size: number;
  readonly firstLine: number;
  readonly events: NewLogEvent[];
}

/** One incident's stream while it is imported: what it had, and how far the lines have come. */
class StreamImport {
  /** The last append to it that was begun. */
  stored: Promise<unknown> = Promise.resolve();
  #at = 0;

  private constructor(
    readonly name: string,
    private readonly ids: readonly string[],
    /** How many events the stream has once what is under way is stored. */
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
