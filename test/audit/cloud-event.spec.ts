import { afterEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { EventArchive } from '../../src/audit/event-archive.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, fileReport, killed, nthReport, Opened, openIncident, request } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const filled = async (): Promise<MemoryLog> => {
  const log = new MemoryLog();
  const tollbook = await opened.tollbook(log);
  await tollbook.keys.create({ role: 'reader' });
  for (const slug of ['x-2020', 'y-2020']) done(await tollbook.desk.execute(slug, openIncident(slug), request()));
  for (let n = 1; n <= 30; n += 1)
    done(await tollbook.desk.execute(n % 3 === 0 ? 'x-2020' : 'y-2020', nthReport(n), request({ person: 'Ada' })));
  return log;
};

type Event = Record<string, unknown> & { position: string; leafhash: string };

test('an event is a CloudEvent, hashed without its place and its hash', async () => {
  const log = new MemoryLog();
  const tollbook = await opened.tollbook(log);
  done(await tollbook.desk.execute('x-2020', openIncident('x-2020'), request()));
  const { body } = done(await tollbook.desk.execute('x-2020', fileReport([killed(3)]), request({ person: 'Ada' })));
  const page = await new EventArchive(log).list({ incident: 'x-2020' });
  const events = (page?.data ?? []) as Event[];
  expect(Object.keys(events[2]!)).toEqual([
    'specversion',
    'id',
    'source',
    'type',
    'time',
    'subject',
    'datacontenttype',
    'filing',
    'filingplace',
    'filingsize',
    'desk',
    'person',
    'correlationid',
    'data',
    'position',
    'leafhash',
  ]);
  const figure = (body['figures'] as { id: string }[])[0]!.id;
  expect(events[2]).toMatchObject({
    specversion: '1.0',
    id: figure,
    source: '/incidents/x-2020',
    type: 'tollbook.FigureReported.v1',
    subject: figure,
    filingplace: 1,
    filingsize: 2,
    desk: 'night',
    position: '3',
  });
  expect(events.map(({ subject }) => subject)).toEqual(['x-2020', body['id'], figure]);
  expect('person' in events[0]!).toBe(false);
  for (const { position: _, leafhash, ...event } of events) {
    const leaf = Buffer.concat([Buffer.of(0), Buffer.from(JSON.stringify(event))]);
    expect(createHash('sha256').update(leaf).digest('base64')).toBe(leafhash);
  }
});

test('pages and lines give every event of incidents once, in order, and no key', async () => {
  const log = await filled();
  const archive = new EventArchive(log);
  for (const incident of [undefined, 'x-2020', 'y-2020']) {
    const whole: Event[] = [];
    for (let after: string | undefined; ;) {
      const page = await archive.list({
        ...(incident === undefined ? {} : { incident }),
        ...(after === undefined ? {} : { after }),
        limit: 7,
      });
      whole.push(...((page?.data ?? []) as Event[]));
      if (!page?.hasMore) break;
      after = page.next!;
    }
    const expected = log.store.rows.filter(({ stream }) =>
      incident === undefined ? stream.startsWith('tollbook-incident-') : stream === `tollbook-incident-${incident}`,
    );
    expect(whole.map(({ id }) => id)).toEqual(expected.map(({ body }) => (JSON.parse(body) as { id: string }).id));
    let lines = '';
    for await (const chunk of archive.stream(incident === undefined ? {} : { incident })) lines += chunk;
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Event),
    ).toEqual(whole);
    // A position between events, and beyond the last.
    const later = await archive.list({ ...(incident === undefined ? {} : { incident }), after: '40', limit: 1_000 });
    expect(later?.data).toEqual(whole.filter(({ position }) => Number(position) > 40));
    expect((await archive.list({ ...(incident === undefined ? {} : { incident }), after: '9999' }))?.data).toEqual([]);
  }
  expect(await archive.list({ incident: 'nobody' })).toBeNull();
});
