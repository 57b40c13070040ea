import type { PackedAppends, QueuedAppend } from './messages.js';

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
