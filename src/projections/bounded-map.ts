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
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.countMax && this.#weight <= this.weightMax) break;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#weight -= entry.weight;
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }
}
