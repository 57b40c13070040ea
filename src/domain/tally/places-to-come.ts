/** Places to be worked through in rising order, each once, while later ones are added. */
export class PlacesToCome {
  /** The lowest comes last. */
  readonly #places: number[];

  /** @param places each once */
  constructor(places: readonly number[]) {
    this.#places = places.length === 1 ? [...places] : places.toSorted((a, b) => b - a);
  }

  /** Adds a place behind the one taken last; adding one again changes nothing. */
  add(place: number): void {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#places[middle] ?? 0) > place) low = middle + 1;
      else high = middle;
    }
    if (this.#places[low] !== place) this.#places.splice(low, 0, place);
  }

  /** Takes the lowest place; `null` when none is left. */
  next(): number | null {
    return this.#places.pop() ?? null;
  }
}
