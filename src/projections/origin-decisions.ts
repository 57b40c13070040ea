import type { FilingRecord } from '../domain/filing-records.js';
import type { IncidentState } from '../domain/incident-state.js';
import { type List, listOf, pageOf, type Paging } from './paging.js';

/** What links and grades have in common, as readers see it. */
interface Decided {
  readonly seq: number;
  readonly reason: string;
  readonly meta: FilingRecord;
}

type PositionOf = (seq: number) => string;

/** Who joined which origins and why, of the links in force. */
export const pageOfLinks = ({ links }: IncidentState, positionOf: PositionOf, paging: Paging): List =>
  pageOfDecided([...links.values()], positionOf, paging, ({ id, origins }) => ({ id, origins }));

/** Who gave which origin which kind and why, of the grades in force. */
export const pageOfGrades = ({ grades }: IncidentState, positionOf: PositionOf, paging: Paging): List =>
  pageOfDecided([...grades.values()], positionOf, paging, ({ origin, kind }) => ({ origin, kind }));

const pageOfDecided = <T extends Decided>(
  decided: readonly T[],
  positionOf: PositionOf,
  paging: Paging,
  own: (one: T) => object,
): List => {
  // A grade given again keeps its place in the map.
  const inOrder = decided.toSorted((a, b) => a.seq - b.seq);
  const { items, hasMore } = pageOf(inOrder, ({ seq }) => BigInt(positionOf(seq)), paging);
  const shown = items.map((one) => ({
    ...own(one),
    position: positionOf(one.seq),
    recordedAt: one.meta.recordedAt,
    reason: one.reason,
    filedBy: { desk: one.meta.desk, person: one.meta.person },
  }));
  return listOf(shown, hasMore, ({ position }) => position);
};
