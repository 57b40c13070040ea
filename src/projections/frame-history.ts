import type { Changes } from '../domain/tally/shapes.js';
import { feedId, sseFrame } from './sse.js';
import { frameOnWire } from './wire.js';

/** The incident that a frame is of. */
export interface FrameOf {
  readonly slug: string;
  readonly epoch: string;
  readonly positionOf: (seq: number) => string;
}

/** One filing as the feeds tell it. The bytes are made when first asked for, and once. */
export class Frame {
  #json: string | null = null;
  #bytes: Buffer | null = null;

  constructor(
    private readonly of: FrameOf,
    /** Position of the filing's last event. */
    readonly position: bigint,
    private readonly changes: Changes,
  ) {}

  get incident(): string {
    return this.of.slug;
  }

  /** How many estimates it tells: a revision carries the one before and the one after. */
  get estimates(): number {
    return 2 * this.changes.revisions.length + this.changes.cells.length + 1;
  }

  /** The frame's JSON. */
  json(): string {
    const { slug, positionOf } = this.of;
    this.#json ??= JSON.stringify(frameOnWire(slug, this.position, this.changes, positionOf));
    return this.#json;
  }

  /** The frame with its id, ready to be written. */
  bytes(): Buffer {
    this.#bytes ??= sseFrame('revision', feedId(this.of.epoch, this.position), this.json());
    return this.#bytes;
  }
}

/** How many filings of one incident can be replayed to a feed that resumes. */
export const framesKeptMax = 1_000;

/** Estimates in the frames kept of one incident, at about 600 bytes each: 6 MB. */
export const frameEstimatesKeptMax = 10_000;

/** The last filings of one incident, for feeds that resume after a short absence. */
export class FrameHistory {
  #kept: Frame[] = [];
  #estimates = 0;
  /** Where the first kept frame stands in `#kept`: frames are let go at the front without moving the others. */
  #first = 0;
  /** Frames of all positions beyond this one are kept. */
  #completeAfter = 0n;

  constructor(
    private readonly framesMax = framesKeptMax,
    private readonly estimatesMax = frameEstimatesKeptMax,
  ) {}

  push(frame: Frame): void {
    this.#kept.push(frame);
    this.#estimates += frame.estimates;
    while (this.#kept.length - this.#first > this.framesMax || this.#estimates > this.estimatesMax) {
      const oldest = this.#kept[this.#first];
      if (oldest === undefined) break;
      this.#estimates -= oldest.estimates;
      this.#completeAfter = oldest.position;
      this.#first += 1;
    }
    if (this.#first > this.framesMax) {
      this.#kept = this.#kept.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The frames after a position, in order; `null` where some of them are kept no more. */
  after(position: bigint): readonly Frame[] | null {
    if (position < this.#completeAfter) return null;
    return this.#kept.slice(this.#indexAfter(position));
  }

  /** The frame of the filing that ends at a position; `null` where it is kept no more. */
  at(position: bigint): Frame | null {
    const found = this.#kept[this.#indexAfter(position - 1n)];
    return found?.position === position ? found : null;
  }

  #indexAfter(position: bigint): number {
    let low = this.#first;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.#kept[middle];
      if (at !== undefined && at.position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
