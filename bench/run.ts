// `npm run bench [part…]`: every figure a ratio against a floor measured in the same run. These machines are shared:
// absolute times say little, and no test depends on them.
import { benchAddingUp } from './adding-up.ts';
import { printRows, type Row } from './compare.ts';
import { benchFeed } from './feed.ts';
import { benchHttp } from './http.ts';
import { benchKurrentDb } from './kurrentdb.ts';
import { benchLedger } from './ledger.ts';
import { benchLog } from './log-rows.ts';
import { benchRebuild } from './rebuild.ts';
import { benchScale } from './scale.ts';

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  log: benchLog,
  'adding-up': benchAddingUp,
  ledger: benchLedger,
  rebuild: benchRebuild,
  http: benchHttp,
  feed: benchFeed,
  scale: benchScale,
  kurrentdb: benchKurrentDb,
};

const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, bench] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} …`);
  rows.push(...(await bench()));
}
printRows(rows);
