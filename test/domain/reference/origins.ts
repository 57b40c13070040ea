import { speakerKinds } from '../../../src/domain/vocabulary.js';
import type { Fact, Facts } from './facts.js';

/* Section 2: origins. */

/** "the name in canonical form (NFKC, lower case, spaces collapsed, straight apostrophes)" */
export const canonical = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/gu, "'")
    .replace(/\s+/gu, ' ')
    .trim();

export interface Speaker {
  readonly name: string;
  /** 1 (authority) to 6 (party), as filed or graded. */
  readonly kind: number;
  readonly named: boolean;
  readonly body: string | null;
}

/** "An origin is the speaker's id where the desk gave one; else the name…; where the speaker is unnamed, together with the first relay" */
export const speakerOf = (fact: Fact, grades: Facts['grades']): Speaker => {
  const chain = fact.said.attribution ?? fact.report.attribution;
  const [first, relay] = chain;
  if (first === undefined) throw new Error('a figure without a speaker');
  const named = first.named ?? true;
  const relayName = canonical(relay?.name ?? fact.report.outlet);
  const name = first.id ?? (named ? canonical(first.name) : `${canonical(first.name)} @ ${relayName}`);
  // "A speaker's kind is as filed, unless graded; a grade acts on all figures of that name, from the first on."
  const kind = speakerKinds.indexOf(grades.get(name) ?? first.kind) + 1;
  return { name, kind, named, body: first.body ?? null };
};

/** Which names are one: all that links in force join, however far round. */
export const joining = (links: Facts['links']): ((name: string) => readonly string[]) => {
  const pairs = [...links.values()];
  return (name) => {
    const joined = new Set([name]);
    for (let grew = true; grew;) {
      grew = false;
      for (const [a, b] of pairs)
        if (joined.has(a) !== joined.has(b)) {
          joined.add(a).add(b);
          grew = true;
        }
    }
    return [...joined].toSorted();
  };
};

/** Whoever counts: a statement's origin, kind and body. */
export interface Counted {
  readonly origin: string;
  readonly kind: number;
  readonly named: boolean;
  readonly body: string | null;
  readonly position: number;
}

/**
 * "Independent origins, for counting: those of one body count once; unnamed origins of one kind without a body count
 * once. An origin counts once, as its statement filed last says."
 * @param among all that are looked at, where only some of them are counted
 */
export const independent = (statements: readonly Counted[], among: readonly Counted[] = statements): number => {
  const counted = new Set(statements.map(({ origin }) => origin));
  const lastOf = new Map<string, Counted>();
  for (const each of among) {
    if (!counted.has(each.origin)) continue;
    const last = lastOf.get(each.origin);
    if (last === undefined || each.position > last.position) lastOf.set(each.origin, each);
  }
  return new Set(
    [...lastOf.values()].map(({ origin, kind, named, body }) =>
      body === null ? (named ? `origin ${origin}` : `unnamed ${kind}`) : `body ${body}`,
    ),
  ).size;
};
