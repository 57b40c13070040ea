import { expect, test } from '@jest/globals';
import { CommitTail, type CommittedAppend } from '../../src/log/embedded/commit-tail.js';

/** An append of events at positions one after the other; positions count from 1, so revisions are one less. */
const appendAt = (position: number, count = 1, stream = 'tollbook-incident-a'): CommittedAppend => {
  const events = Array.from({ length: count }, (_, place) => {
    const event = { id: String(position + place), type: 'T.v1', data: {}, meta: {} };
    return { ...event, text: JSON.stringify(event) };
  });
  return { stream, events, bodies: events.map(({ text }) => text), revision: position - 1, position };
};

const prefix = 'tollbook-';
const positionsOf = (tailed: ReturnType<CommitTail['take']>): bigint[] =>
  tailed.kind === 'events' ? tailed.events.map(({ position }) => position) : [];

test('before the store was read to its end, an empty tail says nothing about the log', () => {
  expect(new CommitTail().take(0, prefix)).toEqual({ kind: 'notHeld' });
});

test('once the store was read to its end, what comes is held, and where nothing came there is nothing', () => {
  const tail = new CommitTail();
  tail.reachedHead();
  expect(tail.take(7, prefix)).toEqual({ kind: 'nothing' });
  tail.push(appendAt(8, 2));
  tail.push(appendAt(10));
  expect(positionsOf(tail.take(7, prefix))).toEqual([8n, 9n, 10n]);
  expect(tail.take(10, prefix)).toEqual({ kind: 'nothing' });
});

test('what the store has told already is told once', () => {
  const tail = new CommitTail();
  tail.push(appendAt(8, 2));
  tail.push(appendAt(10));
  expect(positionsOf(tail.take(9, prefix))).toEqual([10n]);
});

test('where appends came while the store was read, they are looked at before the log is said to end', () => {
  const tail = new CommitTail();
  tail.push(appendAt(8));
  tail.reachedHead();
  expect(positionsOf(tail.take(7, prefix))).toEqual([8n]);
  expect(tail.take(8, prefix)).toEqual({ kind: 'notHeld' });
});

test('after a gap the store is asked', () => {
  const tail = new CommitTail();
  tail.reachedHead();
  tail.push(appendAt(9));
  expect(tail.take(7, prefix)).toEqual({ kind: 'notHeld' });
  expect(tail.take(7, prefix)).toEqual({ kind: 'notHeld' });
});

test('a tail that was full has let something go: the store is asked', () => {
  const tail = new CommitTail();
  tail.reachedHead();
  const appends = 5_000;
  for (let position = 1; position <= appends; position += 1) tail.push(appendAt(position));
  expect(tail.take(0, prefix)).toEqual({ kind: 'notHeld' });
  expect(tail.take(0, prefix)).toEqual({ kind: 'notHeld' });
});

test('where the log may hold what nobody told, the store is asked', () => {
  const tail = new CommitTail();
  tail.reachedHead();
  tail.doubt();
  expect(tail.take(7, prefix)).toEqual({ kind: 'notHeld' });
});

test('streams of other names count, and are not told', () => {
  const tail = new CommitTail();
  tail.reachedHead();
  tail.push(appendAt(1, 2, 'other'));
  expect(tail.take(0, prefix)).toEqual({ kind: 'events', events: [], end: 2 });
  expect(tail.take(2, prefix)).toEqual({ kind: 'nothing' });
});
