import { afterEach, expect, test } from '@jest/globals';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { FakeReader } from '../support/feed-client.js';
import { done, keyed, nthReport, Opened, openIncident, request, tallyJson, until } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

test('everything is there after a restart on the embedded log: tally, list, keys, feed and repeats', async () => {
  const [directory, viewsDirectory] = [opened.directory(), opened.directory()];
  const log = await openEmbeddedLog({ directory });
  const tollbook = await opened.tollbook(log, { viewsDirectory });
  const { secret } = await tollbook.keys.create({ role: 'desk', desk: 'night' });
  done(await tollbook.desk.execute('x-2020', openIncident('x-2020'), request()));
  const first = done(await tollbook.desk.execute('x-2020', nthReport(1), request(keyed('k'))));
  await Promise.all(Array.from({ length: 64 }, (_, n) => tollbook.desk.execute('x-2020', nthReport(n + 2), request())));
  const before = await tallyJson(tollbook, 'x-2020');
  await tollbook.projector.waitFor(await log.head(), 5_000);
  const list = JSON.stringify(await tollbook.reader.incidents({}));
  const head = await log.head();
  await tollbook.close();
  await log.close();

  const again = await openEmbeddedLog({ directory });
  const restarted = await opened.tollbook(again, { viewsDirectory });
  await restarted.projector.caughtUp();
  expect(await tallyJson(restarted, 'x-2020')).toBe(before);
  expect(JSON.stringify(await restarted.reader.incidents({}))).toBe(list);
  expect(restarted.keys.find(secret)?.desk).toBe('night');
  const repeat = done(await restarted.desk.execute('x-2020', nthReport(1), request(keyed('k'))));
  expect([repeat.replayed, JSON.stringify(repeat.body)]).toEqual([true, JSON.stringify(first.body)]);
  expect(await again.head()).toBe(head);
  const status = await restarted.projector.status();
  expect(status).toMatchObject({
    status: 'ok',
    appendedTo: String(head),
    projectedTo: String(head),
    lagEvents: 0,
    lagSeconds: 0,
  });
  const admitted = await restarted.hub.admit({
    incidents: ['x-2020'],
    lastEventId: `${again.epoch}:${Number(head) - 4}`,
  });
  const reader = new FakeReader();
  if (admitted.kind === 'admitted') admitted.start(reader);
  await until(() => reader.events.length === 2, 'the two last filings');
  await restarted.close();
  await again.close();
});
