import type { TallyOnWire } from './wire.js';

/** What two tallies of an incident have differently, by cell. */
export const differenceOf = (before: TallyOnWire, after: TallyOnWire): object => {
  const cells = new Map(before.cells.map((each) => [each.cell, { before: each, after: null as object | null }]));
  const appeared: { cell: string; before: null; after: object }[] = [];
  for (const each of after.cells) {
    const known = cells.get(each.cell);
    if (known === undefined) appeared.push({ cell: each.cell, before: null, after: each });
    else known.after = each;
  }
  const changed = [...cells]
    .filter(([, each]) => JSON.stringify(each.before) !== JSON.stringify(each.after))
    .map(([cell, each]) => ({ cell, ...each }));
  return {
    incident: after.incident,
    epoch: after.epoch,
    from: { position: before.position, method: before.method },
    to: { position: after.position, method: after.method },
    cells: [...changed, ...appeared].sort((a, b) => (a.cell < b.cell ? -1 : 1)),
  };
};
