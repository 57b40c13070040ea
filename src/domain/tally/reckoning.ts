import { ComponentSums } from './component-sums.js';
import { Entrance, type Reckoned } from './entrance.js';
import { finishCell, Flows, type BareEstimate, type Finished } from './finish.js';
import { sameInterval } from './interval.js';
import { languageOf } from './languages.js';
import type { Lattice } from './lattice.js';
import { phraseOf } from './phrase.js';
import { PlacesToCome } from './places-to-come.js';
import type { SchemeIndex } from './scheme-index.js';
import type { Interval } from './shapes.js';
import type { ChangedBest, Entering } from './sums.js';

/**
 * The estimates of the cells of one lattice: what enters the sums, what they leave possible, what is shown. Made whole,
 * and then moved by changed cells as far as each change reaches. Where cells come or go there is a new lattice, and a
 * new reckoning.
 */
export class Reckoning {
  readonly #entrance: Entrance;
  readonly #sums: ComponentSums;
  readonly #flows: Flows;
  /** Parts before their wholes, and the place of each cell in that. */
  readonly #order: readonly number[];
  readonly #places: Int32Array;
  readonly #finished: Finished[] = [];
  /** In English. */
  readonly #phrases: string[] = [];

  constructor(
    readonly lattice: Lattice,
    scheme: SchemeIndex,
    private readonly of: Reckoned,
  ) {
    this.#entrance = new Entrance(lattice, scheme, of);
    this.#sums = new ComponentSums(lattice, this.#entrance.entering);
    this.#flows = new Flows(lattice.cells.length);
    this.#order = partsFirst(lattice);
    this.#places = new Int32Array(lattice.cells.length);
    for (const [place, at] of this.#order.entries()) this.#places[at] = place;
    for (const at of this.#order) {
      this.#finished[at] = this.#finishOne(at);
      this.#phrases[at] = this.#phraseAt(at);
    }
  }

  get entering(): ReadonlyMap<number, Entering> {
    return this.#entrance.entering;
  }

  /** Implied bounds of a cell; `null` where withheld. */
  impliedOf(at: number): Interval | null {
    return this.#sums.impliedOf(at);
  }

  wasOpened(at: number): boolean {
    return this.#sums.wasOpened(at);
  }

  finished(at: number): Finished | undefined {
    return this.#finished[at];
  }

  /** A cell's place among all, parts before their wholes. */
  placeOf(at: number): number {
    return this.#places[at] ?? -1;
  }

  /** Sets of cells whose bests cannot all be true. */
  contradictions(): readonly (readonly number[])[] {
    return this.#sums.contradictions();
  }

  /** A cell's estimate in words; in English unless another language is asked for. */
  phrase(at: number, lang?: string): string {
    return (lang === undefined ? this.#phrases[at] : undefined) ?? this.#phraseAt(at, lang);
  }

  /** Works out cells whose statements or pins changed. @returns the cells whose estimate may have changed, each once */
  takeIn(cells: readonly string[]): string[] {
    const again: number[] = [];
    const changes: ChangedBest[] = [];
    for (const text of cells) {
      const at = this.lattice.index.get(text);
      if (at === undefined) continue;
      again.push(at);
      const change = this.#entrance.enter(at);
      if (change === null) continue;
      if (this.#sums.matters(change)) changes.push(change);
      if (change.before?.asOfMs !== change.after?.asOfMs) this.#addUnions(at, again);
    }
    if (changes.length > 0) for (const at of this.#sums.takeIn(changes)) again.push(at);
    return this.#finish(again.length === 1 ? again : [...new Set(again)]);
  }

  /** When a best was said can decide what stays out of a union measure's sum, and so what the union confirms. */
  #addUnions(at: number, into: number[]): void {
    for (const above of this.lattice.above[at] ?? []) {
      const relation = this.lattice.relations[above];
      if (relation?.measures === true) into.push(relation.whole);
    }
  }

  #finishOne(at: number): Finished & { readonly flowsAnew: boolean } {
    const { lattice, of } = this;
    const text = lattice.texts[at] ?? '';
    return finishCell({
      lattice,
      at,
      view: of.views.get(text),
      pin: of.pins.get(text),
      entering: this.#entrance.entering,
      implied: this.#sums.impliedOf(at),
      opened: this.#sums.wasOpened(at),
      flows: this.#flows,
    });
  }

  /** Finishes cells (each given once), parts before wholes, and whatever above them takes up something that changed. */
  #finish(again: readonly number[]): string[] {
    const { lattice } = this;
    const changed: string[] = [];
    // By their places among all; wholes that are to follow are put in behind.
    const waiting = new PlacesToCome(again.map((at) => this.placeOf(at)));
    for (let place = waiting.next(); place !== null; place = waiting.next()) {
      const at = this.#order[place] ?? 0;
      const { estimate, derived, flowsAnew } = this.#finishOne(at);
      this.#finished[at] = { estimate, derived };
      // A whole with one part takes its words, so they flow up as well.
      const phraseBefore = this.#phrases[at];
      const phrase = this.#phraseAt(at);
      this.#phrases[at] = phrase;
      changed.push(lattice.texts[at] ?? '');
      if (!flowsAnew && phrase === phraseBefore) continue;
      for (const above of lattice.above[at] ?? []) {
        const whole = lattice.relations[above]?.whole;
        if (whole !== undefined) waiting.add(this.placeOf(whole));
      }
    }
    return changed;
  }

  #phraseAt(at: number, lang?: string): string {
    const finished = this.#finished[at];
    const estimate = finished?.estimate ?? null;
    if (finished === undefined || estimate === null) return languageOf(lang).noEstimate;
    // Nobody adds up where there is one part: whoever gave its number gave this one.
    const part = finished.derived ? this.#solePart(at, estimate) : null;
    if (part !== null) return this.#phraseAt(part, lang);
    const own = this.of.views.get(estimate.cell)?.own ?? null;
    return phraseOf(estimate, { own, derived: finished.derived }, lang);
  }

  /** The one part that a derived cell's number is the number of; `null` where it took an addition. */
  #solePart(at: number, { best }: BareEstimate): number | null {
    if (best === null) return null;
    for (const below of this.lattice.below[at] ?? []) {
      const only = this.#onlyCounted(this.lattice.relations[below]?.parts ?? []);
      const partBest = only === null ? null : (this.#finished[only]?.estimate?.best ?? null);
      if (partBest !== null && sameInterval(partBest, best)) return only;
    }
    return null;
  }

  /** The one of some parts that is in the tally with other than nobody; `null` where there is none, or are several. */
  #onlyCounted(parts: readonly number[]): number | null {
    let only: number | null = null;
    for (const part of parts) {
      const estimate = this.#finished[part]?.estimate ?? null;
      if (estimate === null || estimate.best?.high === 0) continue;
      if (only !== null) return null;
      only = part;
    }
    return only;
  }
}

/** Parts before their wholes. The lattice has no cycles: wholes are always more general. */
const partsFirst = (lattice: Lattice): number[] => {
  const order: number[] = [];
  const done = new Uint8Array(lattice.cells.length);
  const visit = (at: number): void => {
    if (done[at] === 1) return;
    done[at] = 1;
    for (const relation of lattice.below[at] ?? [])
      for (const part of lattice.relations[relation]?.parts ?? []) visit(part);
    order.push(at);
  };
  for (let at = 0; at < lattice.cells.length; at += 1) visit(at);
  return order;
};
