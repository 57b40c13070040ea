import { cellOf, cellText } from '../../../src/domain/cell.js';
import type { Basis } from '../../../src/domain/vocabulary.js';
import type { Facts, Withdrawal } from './facts.js';
import { joining, speakerOf, type Speaker } from './origins.js';
import { endOfDayOr } from './times.js';
import { numberOf, saidNumber, type Number_ } from './words.js';

/** One figure as it is read: who said it, when, about which cell, and what. */
export interface Said extends Speaker {
  readonly id: string;
  readonly position: number;
  readonly report: string;
  readonly reportPosition: number;
  readonly outlet: string;
  /** All names of its origin; the first in order of filing is its name, which no number depends on. */
  readonly origin: string;
  readonly joined: boolean;
  readonly cell: string;
  readonly saidMs: number;
  readonly basis: Basis;
  readonly of: readonly string[];
  readonly hedged: boolean;
  readonly reason: string | null;
  /** Its own number, before basis. */
  readonly number: Number_;
  readonly sameNumber: string | null;
  readonly withdrawals: readonly Withdrawal[];
}

export const saidOf = (facts: Facts, lexicon: string): Said[] => {
  const joinedWith = joining(facts.links);
  return [...facts.figures.values()].map((fact): Said => {
    const { said, report } = fact;
    const speaker = speakerOf(fact, facts.grades);
    const names = joinedWith(speaker.name);
    // "Said-at: statedAt; where absent, publishedAt; a plain date is the earlier of its last moment (UTC) and publishedAt."
    const statedAt = said.statedAt ?? report.statedAt;
    return {
      ...speaker,
      id: fact.id,
      position: fact.position,
      report: report.id,
      reportPosition: report.position,
      outlet: report.outlet,
      origin: names.join('\n'),
      joined: names.length > 1,
      cell: cellText(cellOf(said)),
      saidMs: statedAt === undefined ? report.publishedMs : endOfDayOr(statedAt, report.publishedMs),
      basis: said.basis ?? 'total',
      of: said.of ?? [],
      hedged: said.hedged ?? false,
      reason: said.reason ?? null,
      number: numberOf(said.quantity, lexicon),
      sameNumber: saidNumber(said.quantity),
      withdrawals: fact.withdrawals,
    };
  });
};

/** "Statement: the figures of one origin, cell, basis (and `of`) and said-at" */
export const statementKey = (figure: Said): string =>
  JSON.stringify([figure.origin, figure.cell, figure.basis, figure.of.toSorted(), figure.saidMs]);

/** The figures that are withdrawn, in whatever way. */
export const withdrawnIds = (figures: readonly Said[]): Set<string> => {
  const gone = new Set<string>();
  for (const figure of figures) {
    const kin = figures.filter((other) => other.origin === figure.origin && other.cell === figure.cell);
    for (const { kind, atMs } of figure.withdrawals) {
      gone.add(figure.id);
      // "Denied: every relay of that statement, and every figure of that origin and cell with the same number (of
      // whatever quantity kind), also those filed later."
      if (kind === 'denied')
        for (const other of kin)
          if (
            statementKey(other) === statementKey(figure) ||
            (figure.sameNumber !== null && other.sameNumber === figure.sameNumber)
          )
            gone.add(other.id);
      // "Retracted by its speaker, at a time…: nothing that this origin said of that cell up to then stands."
      if (kind === 'speaker') for (const other of kin) if (other.saidMs <= atMs) gone.add(other.id);
    }
  }
  return gone;
};
