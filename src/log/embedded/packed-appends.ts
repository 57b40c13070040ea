import type { AppendOutcome, PackedAppends, PackedOutcomes, QueuedAppend } from './messages.js';

export function packAppends(appends: readonly QueuedAppend[]): PackedAppends {
  const packed: (string | number)[] = [];
  for (const { stream, expected, bodies } of appends) packed.push(stream, expected, bodies.length, ...bodies);
  return packed;
}

export function unpackAppends(packed: PackedAppends): QueuedAppend[] {
  const appends: QueuedAppend[] = [];
  for (let at = 0; at < packed.length;) {
    const [stream, expected, count] = packed.slice(at, at + 3);
    const end = at + 3 + Number(count);
    appends.push({ stream: String(stream), expected: Number(expected), bodies: packed.slice(at + 3, end).map(String) });
    at = end;
  }
  return appends;
}

/** Numbers of one outcome. */
const outcomeNumbers = 2;
/** Stands for a position where there is none: positions begin with 1. */
const conflicted = 0;

export function packOutcomes(outcomes: readonly AppendOutcome[]): PackedOutcomes {
  const packed: number[] = [];
  for (const outcome of outcomes)
    if (outcome.ok) packed.push(outcome.position, outcome.revision);
    else packed.push(conflicted, outcome.actual);
  return packed;
}

export function unpackOutcomes(packed: PackedOutcomes): AppendOutcome[] {
  const outcomes: AppendOutcome[] = [];
  for (let at = 0; at < packed.length; at += outcomeNumbers) {
    const [position = conflicted, revision = 0] = [packed[at], packed[at + 1]];
    outcomes.push(position === conflicted ? { ok: false, actual: revision } : { ok: true, position, revision });
  }
  return outcomes;
}
