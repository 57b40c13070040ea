import { describe, expect, test } from '@jest/globals';
import { defer, merge, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { resubscribe } from '../../src/projections/resubscribe.js';

type Run = Parameters<TestScheduler['run']>[0];

/** In virtual time: a frame is a millisecond, and nothing waits. */
const inVirtualTime = (run: Run): void => {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);
};

/** What was told of each loss. */
interface Loss {
  readonly error: unknown;
  readonly waitMs: number;
}

/** One source after another, each subscribed to where the one before was lost; the last one again and again. */
const oneAfterAnother = (sources: readonly Observable<string>[]): Observable<string> => {
  let index = 0;
  return defer(() => sources[Math.min(index++, sources.length - 1)]!);
};

const followed = (source: Observable<string>, random: () => number, losses: Loss[] = []): Observable<string> =>
  source.pipe(resubscribe({ random, onLost: (error, waitMs) => losses.push({ error, waitMs }) }));

const always = (value: number) => (): number => value;

describe('resubscription', () => {
  test('passes on what comes, and waits after an error', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const first = cold(' -a-#');
      const second = cold('-b-c');
      const losses: Loss[] = [];
      expectObservable(followed(oneAfterAnother([first, second]), always(1), losses)).toBe('-a- 100ms -b-c');
      expectSubscriptions(first.subscriptions).toBe('^--!');
      expectSubscriptions(second.subscriptions).toBe('--- 100ms ^');
    }));

  test('takes a quiet end for a loss', () =>
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const losses: Loss[] = [];
      const source = oneAfterAnother([cold('-a-|'), cold('b')]);
      expectObservable(followed(source, always(1), losses)).toBe('-a- 100ms b');
      flush();
      expect(losses).toEqual([{ error: new Error('the subscription ended'), waitMs: 100 }]);
    }));

  test('comes later each time while nothing comes, up to ten seconds', () =>
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const losses: Loss[] = [];
      const gone = new Error('no server');
      expectObservable(followed(cold('#', {}, gone), always(1), losses), '^ 60s !').toBe('');
      flush();
      const waits = losses.map(({ waitMs }) => waitMs);
      expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000, 10_000, 10_000]);
      expect(losses.every(({ error }) => error === gone)).toBe(true);
    }));

  test('begins with short waits again once something has come', () =>
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const losses: Loss[] = [];
      const lost = cold<string>('#');
      const source = oneAfterAnother([lost, lost, lost, cold('a#'), cold('b')]);
      expectObservable(followed(source, always(1), losses)).toBe('700ms a 100ms b');
      flush();
      expect(losses.map(({ waitMs }) => waitMs)).toEqual([100, 200, 400, 100]);
    }));

  test.each([
    [0, [50, 100, 200]],
    [0.5, [75, 150, 300]],
    [1, [100, 200, 400]],
  ])('waits between half of the most and all of it: %d', (random, expected) =>
    inVirtualTime(({ cold, expectObservable, flush }) => {
      const losses: Loss[] = [];
      expectObservable(
        followed(cold<string>('#'), always(random), losses),
        `^ ${expected[0]! + expected[1]!}ms !`,
      ).toBe('');
      flush();
      expect(losses.map(({ waitMs }) => waitMs)).toEqual(expected);
    }),
  );

  test('brings those back one by one who lost the same server at once', () =>
    inVirtualTime(({ cold, expectObservable }) => {
      const readers = [0, 0.2, 0.4, 0.6, 0.8].map((random, index) =>
        followed(oneAfterAnother([cold('#'), cold(String(index))]), always(random)),
      );
      expectObservable(merge(...readers)).toBe('50ms 0 9ms 1 9ms 2 9ms 3 9ms 4');
    }));

  test('ends where it is left, also while it waits', () =>
    inVirtualTime(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const losses: Loss[] = [];
      const source = cold<string>('-#');
      expectObservable(followed(source, always(1), losses), '^ 50ms !').toBe('');
      expectSubscriptions(source.subscriptions).toBe('^!');
      flush();
      expect(losses).toHaveLength(1);
    }));
});
