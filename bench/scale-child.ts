// Opens the log in a directory with its read models, waits until they are up to date, and says how long that took (and
// how long since the process began), in ms, and the most memory it had, in MB. With `rebuild` as third argument it makes
// them anew beside those that are shown, with `list` it lists all incidents for the first time, and then says so.
// Arguments: directories of log and models.
import { openTollbook } from '#tollbook/filing/open-tollbook.js';
import { openEmbeddedLog } from '#tollbook/log/embedded/open-embedded-log.js';

const [directory = '', viewsDirectory = '', then] = process.argv.slice(2);
const startedAt = performance.now();
const log = await openEmbeddedLog({ directory });
const tollbook = await openTollbook({ log, viewsDirectory });
await tollbook.projector.caughtUp();
const processMs = performance.now();
if (then === 'rebuild') await tollbook.projector.rebuild();
if (then === 'list') await listAll();
console.log(JSON.stringify({ ms: processMs - startedAt, processMs, mb: process.resourceUsage().maxRSS / 1024 }));
await tollbook.close();
await log.close();

/** Page by page, which works out every headline. */
async function listAll(): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const read = await tollbook.reader.incidents(after === undefined ? {} : { after });
    if (read.kind !== 'found') throw new Error(JSON.stringify(read));
    const { hasMore, next } = read.body;
    if (!hasMore || next === null) return;
    after = next;
  }
}
