import type { Position } from '../log/event-log.js';
import type { Notice } from './notice.js';

/** Work that takes less, in ms, is not worth a word; longer work is told of this often. */
const progressNoticeMs = 5_000;

/** Tells in the log how far long work on the log's events has come. */
export class ProgressNotices {
  readonly #startedAtMs = performance.now();
  #toldAtMs = this.#startedAtMs;
  #told = false;

  /** @param what as in "The list of incidents catches up" */
  constructor(
    private readonly what: string,
    private readonly from: Position,
    private readonly to: Position,
    private readonly onNotice: (notice: Notice) => void,
  ) {}

  at(position: Position): void {
    const nowMs = performance.now();
    if (nowMs - this.#toldAtMs < progressNoticeMs) return;
    this.#toldAtMs = nowMs;
    this.#told = true;
    const all = this.to - this.from;
    const share = all <= 0n ? 100n : ((position - this.from) * 100n) / all;
    this.onNotice({
      level: 'info',
      message: `${this.what}: at position ${position} of ${this.to} (${share > 100n ? 100n : share} %)`,
    });
  }

  /** Says that it is done, where it was told of before. */
  done(): void {
    if (!this.#told) return;
    const seconds = Math.round((performance.now() - this.#startedAtMs) / 1000);
    this.onNotice({ level: 'info', message: `${this.what}: done in ${seconds} s` });
  }
}
