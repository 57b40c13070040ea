import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { eventLogContract } from './contract.js';

eventLogContract('the embedded log', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-log-'));
  let log = await openEmbeddedLog({ directory });
  return {
    log,
    async reopen() {
      await log.close();
      log = await openEmbeddedLog({ directory });
      return log;
    },
    async dispose() {
      await log.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
