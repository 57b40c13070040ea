import { eventLogContract } from '../log/contract.js';
import { MemoryLog } from './memory-log.js';

eventLogContract('the log in memory', () => {
  let log = new MemoryLog();
  return Promise.resolve({
    log,
    async reopen() {
      await log.close();
      log = new MemoryLog(log.store);
      return log;
    },
    dispose: () => log.close(),
  });
});
