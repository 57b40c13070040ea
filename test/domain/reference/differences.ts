import type { FiledEvent } from '../../../src/domain/events.js';
import { applyFiling, createLedger, tallyOf } from '../../../src/domain/tally/ledger.js';
import type { RevisionBody } from '../../../src/domain/tally/shapes.js';
import { methodIds } from '../../../src/domain/vocabulary.js';
import { sideBySide, tallyOfProduct, tallyOfReference } from './compare.js';
import { work, type Worked } from './estimates.js';
import { factsOf } from './facts.js';
import { revisedBy, type Revised } from './revisions.js';

const revisedInProduct = (
  { cell, direction, fall, unexplained, reason }: RevisionBody,
  isReport: boolean,
): Revised => ({
  cell,
  direction,
  fall,
  unexplained,
  reason: isReport ? null : reason,
});

const ofRevisions = (product: readonly Revised[], reference: readonly Revised[]): string[] => {
  const [ours, theirs] = [product, reference].map((each) => each.map((one) => JSON.stringify(one)));
  if (ours?.join() === theirs?.join()) return [];
  return [
    ...(ours ?? []).filter((each) => !theirs?.includes(each)).map((each) => `only the product revises ${each}`),
    ...(theirs ?? []).filter((each) => !ours?.includes(each)).map((each) => `only the reference revises ${each}`),
    `in order: ${product.map(({ cell }) => cell).join()} and ${reference.map(({ cell }) => cell).join()}`,
  ];
};

/**
 * Where product and reference part over a history: each filing's revisions under the incident's method, the product's
 * worked out filing by filing and the reference's from all events anew, and at the end the tally under every method.
 */
export const differencesOf = (filings: readonly (readonly FiledEvent[])[]): string[] => {
  const ledger = createLedger();
  let before: Worked | null = null;
  for (const [at, filing] of filings.entries()) {
    const facts = factsOf(filings.slice(0, at + 1).flat());
    if (facts === null) throw new Error('a history begins with its opening');
    const isReport = filing.some(({ type }) => type === 'ReportFiled');
    const revisions = applyFiling(ledger, filing).revisions.map((each) => revisedInProduct(each, isReport));
    const after = work(facts, facts.scheme.method);
    const differing = ofRevisions(revisions, revisedBy(filing, before, after, facts));
    if (differing.length > 0) return [`after filing ${at}:`, ...differing];
    before = after;
  }
  const facts = factsOf(filings.flat());
  return facts === null ? [] : methodIds.flatMap((method) => ofTallies(method));

  function ofTallies(method: (typeof methodIds)[number]): string[] {
    if (facts === null) return [];
    const expected = tallyOfReference(work(facts, method));
    const found = tallyOfProduct(tallyOf(ledger, { method }));
    const cells = Object.keys({ ...expected.cells, ...found.cells }).filter(
      (cell) => JSON.stringify(expected.cells[cell]) !== JSON.stringify(found.cells[cell]),
    );
    const contradictions = [found, expected].map((each) => each.contradictions.join(' | '));
    return [
      ...cells.flatMap((cell) => [`under ${method}`, ...sideBySide(cell, found.cells[cell], expected.cells[cell])]),
      ...(contradictions[0] === contradictions[1]
        ? []
        : [`under ${method} contradictions: ${contradictions.join(' <> ')}`]),
    ];
  }
};
