import type { FiledEvent } from '../events.js';
import { explanationKey, type ExplanationRecord } from '../incident-state.js';
import type { Account, Undoing } from './filing-changes.js';
import type { Explanation, RevisionBody } from './shapes.js';

const explanationOf = (record: ExplanationRecord): Explanation => ({
  reason: record.reason,
  note: record.note,
  by: { desk: record.desk, person: record.person },
  at: record.recordedAt,
});

const explained = (revision: RevisionBody, record: ExplanationRecord): RevisionBody => {
  const wasUnexplained = revision.unexplained || revision.explanation !== null;
  return {
    ...revision,
    reason: wasUnexplained ? record.reason : revision.reason,
    unexplained: false,
    explanation: explanationOf(record),
  };
};

/**
 * Gives revisions their explanation: the one that an event names, and those whose fall took its reason from it.
 * @returns them as they are now, by number
 */
export const takeExplanation = (
  account: Account,
  { data }: FiledEvent & { type: 'RevisionExplained' },
  undoing: Undoing,
): RevisionBody[] => {
  const { revisions, inherited } = account;
  const record = account.state.explanations.get(explanationKey(data.event, data.cell));
  const named = revisions.find((revision) => revision.cause === data.event && revision.cell === data.cell);
  if (record === undefined || named === undefined) return [];
  const resent: RevisionBody[] = [];
  const follow = (number: number): void => {
    const before = revisions[number - 1];
    if (before === undefined) return;
    const after = explained(before, record);
    revisions[number - 1] = after;
    undoing?.push(() => {
      revisions[number - 1] = before;
    });
    resent.push(after);
    for (const [heir, from] of inherited) if (from === number) follow(heir);
  };
  follow(named.number);
  return resent.sort((a, b) => a.number - b.number);
};
