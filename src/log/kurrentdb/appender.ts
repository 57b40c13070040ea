import {
  type AppendResult as ServerResult,
  ErrorType,
  type EventData,
  type WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import {
  type AppendResult,
  LogRefusedError,
  LogUnavailableError,
  type NewLogEvent,
  NO_STREAM,
  type Position,
  type StreamRevision,
} from '../event-log.js';
import type { Connection } from './connection.js';
import { isOfType, logError } from './fault.js';
import type { Pages } from './pages.js';
import type { StoreGuard } from './store-name.js';
import { toStored } from './stored-event.js';
import { positionOf } from './token.js';
import { answered, NoAnswerError, wait } from './waiting.js';

/**
 * No answer to an append within so many ms, the first time, the second time and later: its outcome is unknown. Right
 * after a leader has died a node may hand an append on to it and wait, while another one leads already; a server that
 * stops can stay silent for 5 s.
 */
const answerMsMax = [1_000, 1_500, 3_000] as const;
/** What may be stored is sent again until that is known, for so many ms: others wait for the same incident. */
const triesMsMax = 3_500;
/** The first wait before it is sent again, which doubles, and the longest, in ms. */
const againMs = 50;
const againMsMax = 400;

/** Appends, each at an exact revision and with the same ids in every attempt: so what one stored, the next one finds. */
export class Appender {
  constructor(
    private readonly connection: Connection,
    private readonly guard: StoreGuard,
    private readonly pages: Pages,
    private readonly isClosing: () => boolean,
  ) {}

  /**
   * @param bodies the events as JSON texts, by `storedForm`
   * @throws LogUnavailableError, LogRefusedError
   */
  async append(stream: string, expected: StreamRevision, bodies: readonly string[]): Promise<AppendResult> {
    const stored = toStored(bodies);
    const startedAtMs = performance.now();
    let unknown = false;
    let silences = 0;
    for (let attempt = 1; ; attempt += 1)
      try {
        await this.guard.check();
        return await this.#once(stream, expected, stored, answerMsMax[silences] ?? answerMsMax[2]);
      } catch (error) {
        if (isOfType(error, ErrorType.WRONG_EXPECTED_VERSION)) {
          const { actualState } = error as WrongExpectedVersionError;
          const actual = typeof actualState === 'bigint' ? actualState : NO_STREAM;
          return (await this.#foundThere(stream, expected, bodies, actual)) ?? { ok: false, actual };
        }
        const fault = logError(error, 'append', this.connection.server);
        if (!(fault instanceof LogUnavailableError)) throw fault;
        this.guard.suspect();
        unknown ||= fault.outcomeUnknown;
        if (error instanceof NoAnswerError) silences += 1;
        // A server that is not there is told at once; who asks decides how long to go on.
        if (!unknown || performance.now() - startedAtMs > triesMsMax || this.isClosing())
          throw new LogUnavailableError(fault.message, unknown, { cause: error });
        await wait(Math.min(againMs * 2 ** (attempt - 1), againMsMax));
      }
  }

  async #once(
    stream: string,
    expected: StreamRevision,
    stored: readonly EventData[],
    answerMs: number,
  ): Promise<AppendResult> {
    const { writing, server } = this.connection;
    const client = writing.current;
    let result: ServerResult;
    try {
      result = await answered(
        client.appendToStream(stream, [...stored], {
          // Always exact: only so does the server know a repeat for certain.
          streamState: expected === NO_STREAM ? 'no_stream' : expected,
          deadline: answerMs,
        }),
        answerMs,
        server,
      );
    } catch (error) {
      if (error instanceof NoAnswerError) writing.renew(client);
      throw error;
    }
    const { nextExpectedRevision, position } = result;
    const revision = expected + BigInt(stored.length);
    if (position === undefined || nextExpectedRevision !== revision)
      throw new LogRefusedError(
        `KurrentDB at ${server} answered an append to ${stream} at ${expected} with revision ${nextExpectedRevision} and ${position === undefined ? 'no' : 'a'} position`,
      );
    const positions = stored.map((_, place): Position => positionOf(position.commit, place));
    return { ok: true, revision, positions };
  }

  /**
   * The server calls it a conflict where the same events are there, but not as this very append: by ids of ours and
   * contents it can still be told that they are.
   */
  async #foundThere(
    stream: string,
    expected: StreamRevision,
    bodies: readonly string[],
    actual: StreamRevision,
  ): Promise<AppendResult | null> {
    const revision = expected + BigInt(bodies.length);
    if (actual < revision) return null;
    const positions: Position[] = [];
    for await (const batch of this.pages.ofStream(stream, expected + 1n))
      for (const { id, type, data, meta, position } of batch) {
        const body = JSON.parse(bodies[positions.length] ?? '') as NewLogEvent;
        const sought = [body.id, body.type, body.data, body.meta];
        if (JSON.stringify([id, type, data, meta]) !== JSON.stringify(sought)) return null;
        positions.push(position);
        if (positions.length === bodies.length) return { ok: true, revision, positions };
      }
    return null;
  }
}
