import { describe, test } from '@jest/globals';
import { openKurrentDbLog } from '../../src/log/kurrentdb/open-kurrentdb-log.js';
import { eventLogContract, type LogFixture } from './contract.js';
import { FakeKurrentDb } from './fake-kurrentdb/fake-kurrentdb.js';

/** A real server, e.g. `kurrentdb://localhost:2113?tls=false`; where none is named, its tests are skipped. */
const server = process.env['TOLLBOOK_TEST_KURRENTDB'];

const openAt = async (url: string): Promise<LogFixture> => {
  let log = await openKurrentDbLog(url);
  return {
    log,
    reopen: async () => {
      await log.close();
      log = await openKurrentDbLog(url);
      return log;
    },
    // Streams cannot be taken out of a server that others use; those of a test have names of their own.
    dispose: () => log.close(),
  };
};

eventLogContract('the KurrentDB adapter on the fake', async () => {
  const fake = await FakeKurrentDb.start();
  const fixture = await openAt(fake.connectionString);
  return {
    ...fixture,
    dispose: async () => {
      await fixture.dispose();
      await fake.close();
    },
  };
});

if (server === undefined)
  describe('the KurrentDB adapter on a real server', () => {
    // oxlint-disable-next-line jest/no-disabled-tests -- said as skipped where there is no server
    test.skip('needs TOLLBOOK_TEST_KURRENTDB to name one', () => undefined);
  });
else eventLogContract('the KurrentDB adapter on a real server', () => openAt(server));
