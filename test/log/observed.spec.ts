import { describe, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FakeKurrentDb } from './fake-kurrentdb/fake-kurrentdb.js';
import { kurrentDbAsObserved } from './observed.js';
import { kurrentDbOutagesAsObserved } from './observed-outages.js';

/** A real server, e.g. `kurrentdb://localhost:2113?tls=false`; where none is named, its tests are skipped. */
const server = process.env['TOLLBOOK_TEST_KURRENTDB'];
/** A program that, called with `kill`, `stop` or `start` and the server's port, does that. */
const control = process.env['TOLLBOOK_TEST_KURRENTDB_CONTROL'];

/** Silence of the fake when it is stopped; a real one takes 5 s. */
const silenceMs = 500;

kurrentDbAsObserved('the fake', async () => {
  const fake = await FakeKurrentDb.start();
  return { connectionString: fake.connectionString, close: () => fake.close() };
});

kurrentDbOutagesAsObserved('the fake', async () => {
  const fake = await FakeKurrentDb.start();
  return {
    connectionString: fake.connectionString,
    kill: () => fake.kill(),
    stop: () => fake.stop(silenceMs),
    comeBack: () => fake.comeBack(),
    close: () => fake.close(),
  };
});

if (server === undefined)
  describe('a real server', () => {
    // oxlint-disable-next-line jest/no-disabled-tests -- said as skipped where there is no server
    test.skip('needs TOLLBOOK_TEST_KURRENTDB to name one', () => undefined);
  });
else {
  const done = () => Promise.resolve();
  kurrentDbAsObserved('a real server', () => Promise.resolve({ connectionString: server, close: done }));
  if (control !== undefined)
    kurrentDbOutagesAsObserved('a real server', () => {
      const [, port] = /:(\d+)\?/u.exec(server)!;
      const call = async (word: string): Promise<void> => void (await promisify(execFile)(control, [word, port!]));
      return Promise.resolve({
        connectionString: server,
        kill: () => call('kill'),
        stop: () => call('stop'),
        comeBack: () => call('start'),
        close: done,
      });
    });
}
