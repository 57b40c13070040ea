/**
 * Places to be worked through in rising order, while later ones are added: nearly all are known at the start, so a
 * sorted list with a short one beside it is enough.
 */
export class PlacesToCome {
  #at = 0;
  /** Added later; the lowest comes last. */
  readonly #added: number[] = [];
  #last = -1;

  /** @param sorted in rising order, each once */
  constructor(private readonly sorted: Int32Array) {}

  /** Adds a place behind the one taken last; adding one again changes nothing. */
  add(place: number): void {
    let at = this.#added.length;
    while (at > 0 && (this.#added[at - 1] ?? 0) < place) at -= 1;
    if (this.#added[at - 1] !== place) this.#added.splice(at, 0, place);
  }

  /** Takes the lowest place; `null` when none is left. */
  next(): number | null {
    for (;;) {
      const known = this.sorted[this.#at];
      const added = this.#added[this.#added.length - 1];
      if (known === undefined && added === undefined) return null;
      const fromAdded = known === undefined || (added !== undefined && added < known);
      const place = fromAdded ? (this.#added.pop() ?? 0) : known;
      if (!fromAdded) this.#at += 1;
      if (place === this.#last) continue;
      this.#last = place;
      return place;
    }
  }
}
