/** One filing as the feeds tell it. The bytes are made when first asked for, and once. */
export interface Frame {
  readonly incident: string;
  /** Position of the filing's last event. */
  readonly position: bigint;
  /** The frame's JSON. */
  json(): string;
  /** The frame with its id, ready to be written. */
  bytes(): Buffer;
}

/** How many filings of one incident can be replayed to a feed that resumes. */
export const framesKeptMax = 1_000;

/** Estimates in the frames kept of one incident, at about 600 bytes each: 6 MB. */
export const frameEstimatesKeptMax = 10_000;

/** The last filings of one incident, for feeds that resume after a short absence. */
export class FrameHistory {
  #kept: { readonly frame: Frame; readonly estimates: number }[] = [];
  #estimates = 0;
  /** Where the first kept frame stands in `#kept`: frames are let go at the front without moving the others. */
  #first = 0;
  /** Frames of all positions beyond this one are kept. */
  #completeAfter = 0n;

  constructor(
    private readonly framesMax = framesKeptMax,
    private readonly estimatesMax = frameEstimatesKeptMax,
  ) {}

  push(frame: Frame, estimates: number): void {
    this.#kept.push({ frame, estimates });
    this.#estimates += estimates;
    while (this.#kept.length - this.#first > this.framesMax || this.#estimates > this.estimatesMax) {
      const oldest = this.#kept[this.#first];
      if (oldest === undefined) break;
      this.#estimates -= oldest.estimates;
      this.#completeAfter = oldest.frame.position;
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
    return this.#kept.slice(this.#indexAfter(position)).map(({ frame }) => frame);
  }

  /** The frame of the filing that ends at a position; `null` where it is kept no more. */
  at(position: bigint): Frame | null {
    const found = this.#kept[this.#indexAfter(position - 1n)];
    return found?.frame.position === position ? found.frame : null;
  }

  #indexAfter(position: bigint): number {
    let low = this.#first;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.#kept[middle];
      if (at !== undefined && at.frame.position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
