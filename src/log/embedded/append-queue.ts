import { setImmediate } from 'node:timers';
import { inspect } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { LogRefusedError, LogUnavailableError, type NewLogEvent } from '../event-log.js';
import type { CommittedAppend } from './commit-tail.js';
import type { AppendOutcome, FromWriter, QueuedAppend, ToWriter, WriteFailure, WriterOptions } from './messages.js';
import { packAppends, unpackOutcomes } from './packed-appends.js';
import { startWorker } from './start-worker.js';

/** Appends waiting for the disk, in bytes as stored; more are turned away until the disk has caught up. */
const pendingBytesMax = 64 * 1024 * 1024;

interface Waiting {
  readonly append: QueuedAppend;
  readonly events: readonly NewLogEvent[];
  readonly bytes: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** The main thread's end of the writer thread: sends appends, in order, and settles them as their groups are on disk. */
export class AppendQueue {
  readonly #worker: Worker;
  readonly #directory: string;
  readonly #exited: Promise<void>;
  /** Appends that are not answered yet, in order, the first of them numbered `#first`. */
  readonly #waiting: Waiting[] = [];
  #first = 0;
  /** Those of the present turn of the event loop, not sent yet. */
  #turn: QueuedAppend[] = [];
  #sent = 0;
  #pendingBytes = 0;
  /** Position of the log's last event, as far as the thread has told. */
  #head = 0;
  #onReady: { resolve: (epoch: string) => void; reject: (error: Error) => void } | null = null;
  #ended: Error | null = null;

  /**
   * Called with what each group added to the log, where it is not known whether one is in the log, and with the reason
   * where the thread is gone.
   */
  onCommitted: (appends: readonly CommittedAppend[]) => void = () => {};
  onDoubt: () => void = () => {};
  onLost: (error: LogUnavailableError) => void = () => {};

  private constructor(options: WriterOptions) {
    this.#directory = options.directory;
    this.#worker = startWorker(import.meta.url, './writer-thread', options);
    this.#worker.on('message', (message: FromWriter) => this.#receive(message));
    let failure: unknown;
    this.#worker.on('error', (error) => (failure = error));
    this.#exited = new Promise((resolve) => {
      // Not before: an error may overtake the answers that the thread gave, but its exit comes after all of them.
      this.#worker.once('exit', () => {
        this.#lose(failure);
        resolve();
      });
    });
  }

  /**
   * Starts the thread and has it open the store.
   * @throws LogRefusedError, LogUnavailableError
   */
  static async start(options: WriterOptions): Promise<{ readonly queue: AppendQueue; readonly epoch: string }> {
    const queue = new AppendQueue(options);
    try {
      const epoch = await new Promise<string>((resolve, reject) => {
        queue.#onReady = { resolve, reject };
      });
      return { queue, epoch };
    } catch (error) {
      await queue.#exited;
      throw error;
    }
  }

  /** @param events those whose texts the append has */
  append(append: QueuedAppend, events: readonly NewLogEvent[], bytes: number): Promise<AppendOutcome> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (this.#pendingBytes + bytes > pendingBytesMax) {
      const message = `The disk under ${this.#directory} is behind: ${this.#waiting.length} appends wait for it. Try again later`;
      return Promise.reject(new LogUnavailableError(message, false));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, events, bytes, resolve, reject });
      this.#pendingBytes += bytes;
      // All appends of one turn travel in one message.
      if (this.#turn.push(append) === 1) setImmediate(() => this.#send());
    });
  }

  /** Waits for the appends under way, then ends the thread. */
  async close(): Promise<void> {
    this.#ended ??= new LogUnavailableError(`The event log in ${this.#directory} is closed`, false);
    this.#send();
    const close: ToWriter = { kind: 'close' };
    this.#post(close);
    await this.#exited;
  }

  #send(): void {
    if (this.#turn.length === 0) return;
    const message: ToWriter = { kind: 'append', first: this.#sent, appends: packAppends(this.#turn) };
    this.#sent += this.#turn.length;
    this.#turn = [];
    this.#post(message);
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWriter): void {
    switch (message.kind) {
      case 'ready':
        this.#head = message.head;
        this.#onReady?.resolve(message.epoch);
        this.#onReady = null;
        return;
      case 'notReady':
        this.#onReady?.reject(failureError(message.failure));
        this.#onReady = null;
        return;
      case 'committed': {
        const outcomes = unpackOutcomes(message.outcomes);
        const waiting = this.#settled(message.first, outcomes.length);
        const committed: CommittedAppend[] = [];
        for (const [index, outcome] of outcomes.entries()) {
          const each = waiting[index];
          if (each === undefined) continue;
          each.resolve(outcome);
          // A repeat adds nothing: it is answered with positions that it got before.
          if (!outcome.ok || outcome.position <= this.#head) continue;
          const { stream, bodies } = each.append;
          const revision = outcome.revision - bodies.length + 1;
          committed.push({ stream, events: each.events, bodies, revision, position: outcome.position });
        }
        this.#head = message.head;
        this.onCommitted(committed);
        return;
      }
      case 'failed': {
        const error = failureError(message.failure);
        for (const append of this.#settled(message.first, message.count)) append.reject(error);
        if (message.failure.outcomeUnknown) this.onDoubt();
        return;
      }
      default:
        return message satisfies never;
    }
  }

  #settled(first: number, count: number): Waiting[] {
    // An answer given to the wrong append would tell a desk that its report is safe when it is not.
    if (first !== this.#first) throw new Error(`the writer answered append ${first}, but ${this.#first} is next`);
    this.#first += count;
    const settled = this.#waiting.splice(0, count);
    if (settled.length !== count) throw new Error(`the writer answered ${count} appends, but ${settled.length} wait`);
    for (const { bytes } of settled) this.#pendingBytes -= bytes;
    return settled;
  }

  /** The thread is gone. Expected at close, when nothing waits any more. */
  #lose(cause: unknown): void {
    const reason =
      cause === undefined
        ? 'its writer ended'
        : `its writer failed: ${cause instanceof Error ? cause.message : inspect(cause)}`;
    const message = `The event log in ${this.#directory} has stopped, ${reason}. Restart Tollbook`;
    this.#onReady?.reject(new LogUnavailableError(message, false, { cause }));
    this.#onReady = null;
    for (const append of this.#waiting.splice(0)) append.reject(new LogUnavailableError(message, true, { cause }));
    if (this.#ended !== null) return;
    const lost = new LogUnavailableError(message, false, { cause });
    this.#ended = lost;
    this.onLost(lost);
  }
}

function failureError({ kind, message, outcomeUnknown }: WriteFailure): Error {
  return kind === 'refused' ? new LogRefusedError(message) : new LogUnavailableError(message, outcomeUnknown);
}
