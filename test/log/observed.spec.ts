import { describe, test } from '@jest/globals';
import { FakeKurrentDb } from './fake-kurrentdb/fake-kurrentdb.js';
import { kurrentDbAsObserved } from './observed.js';

/** A real server, e.g. `kurrentdb://localhost:2113?tls=false`; where none is named, its tests are skipped. */
const server = process.env['TOLLBOOK_TEST_KURRENTDB'];

kurrentDbAsObserved('the fake', async () => {
  const fake = await FakeKurrentDb.start();
  return { connectionString: fake.connectionString, close: () => fake.close() };
});

if (server === undefined)
  describe('a real server', () => {
    // oxlint-disable-next-line jest/no-disabled-tests -- said as skipped where there is no server
    test.skip('needs TOLLBOOK_TEST_KURRENTDB to name one', () => undefined);
  });
else
  kurrentDbAsObserved('a real server', () =>
    Promise.resolve({ connectionString: server, close: () => Promise.resolve() }),
  );
