/** How much is let go at once, as a part of the bound: who looks for the oldest one by one walks over all gone before. */
const letGoPart = 1 / 16;

/** A map that keeps what was used last, up to a bound on count and on weight. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly weight: number }>();
  #weight = 0;

  /**
   * @param countMax how many entries at most
   * @param weightMax sum of the entries' weights at most, in the unit of the one who sets them
   */
  constructor(
    private readonly countMax: number,
    private readonly weightMax: number,
  ) {}

  get size(): number {
    return this.#entries.size;
  }

  /** Also marks the entry as used last. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: K, value: V, weight: number): void {
    this.delete(key);
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    if (this.#entries.size > this.countMax) this.#letGo(this.countMax * (1 - letGoPart), this.weightMax);
    if (this.#weight > this.weightMax) this.#letGo(this.countMax, this.weightMax * (1 - letGoPart));
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  #letGo(count: number, weight: number): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= count && this.#weight <= weight) return;
      // The newest stays where it fits alone.
      if (this.#entries.size === 1 && this.#weight <= this.weightMax) return;
      this.delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }
}
