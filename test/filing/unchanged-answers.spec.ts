import { afterEach, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.js';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, keyed, nthReport, Opened, openIncident, request, tallyJson } from '../support/tollbook.js';

/*
 * A desk retracts what is retracted already; its answer is lost on the way, and it sends the request again, late. What
 * became of the figure meanwhile must stay as it is.
 */

const opened = new Opened();
afterEach(() => opened.close());

const slug = 'x-2020';

const fileOne = async (tollbook: Tollbook): Promise<string> => {
  done(await tollbook.desk.execute(slug, openIncident(slug), request()));
  const { body } = done(await tollbook.desk.execute(slug, nthReport(1), request()));
  return (body['figures'] as readonly { id: string }[])[0]?.id ?? '';
};

const retract = (figure: string): Command => ({
  kind: 'retractFigure',
  figure,
  retraction: { by: 'desk', reason: 'a slip' },
});

const reinstate = (figure: string): Command => ({ kind: 'reinstateFigure', figure, reason: 'it was right' });

test('a repeat of what came to nothing answers as at first after a restart, and takes nothing out', async () => {
  const directory = opened.directory();
  const log = await openEmbeddedLog({ directory });
  opened.add(() => log.close());
  const tollbook = await opened.tollbook(log);
  const figure = await fileOne(tollbook);
  done(await tollbook.desk.execute(slug, retract(figure), request()));
  const first = done(await tollbook.desk.execute(slug, retract(figure), request(keyed('again'))));
  expect(first).toMatchObject({ status: 201, replayed: false, body: { revisions: [] } });
  done(await tollbook.desk.execute(slug, reinstate(figure), request()));
  const before = await tallyJson(tollbook, slug);
  await tollbook.close();
  await log.close();

  const again = await openEmbeddedLog({ directory });
  opened.add(() => again.close());
  const restarted = await opened.tollbook(again);
  const head = await again.head();
  const repeat = done(await restarted.desk.execute(slug, retract(figure), request(keyed('again'))));
  expect([repeat.replayed, repeat.status, repeat.json]).toEqual([true, first.status, first.json]);
  expect(await tallyJson(restarted, slug)).toBe(before);
  expect(await again.head()).toBe(head);
  const other = await restarted.desk.execute(slug, reinstate(figure), request(keyed('again', 'another body')));
  expect(other).toMatchObject({ kind: 'refused', refusal: { code: 'idempotency-key-reused' } });
});

test('another instance answers such a repeat with the same bytes', async () => {
  const log = new MemoryLog();
  const [one, two] = [await opened.tollbook(log), await opened.tollbook(log)];
  const figure = await fileOne(one);
  done(await one.desk.execute(slug, retract(figure), request()));
  const first = done(await one.desk.execute(slug, retract(figure), request(keyed('again'))));
  done(await one.desk.execute(slug, reinstate(figure), request()));
  const repeat = done(await two.desk.execute(slug, retract(figure), request(keyed('again'))));
  expect([repeat.replayed, repeat.json]).toEqual([true, first.json]);
});

test('many at once under one key, on two instances, get one answer', async () => {
  const log = new MemoryLog();
  const instances = [await opened.tollbook(log), await opened.tollbook(log)];
  const figure = await fileOne(instances[0]!);
  done(await instances[0]!.desk.execute(slug, retract(figure), request()));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      instances[at % 2]!.desk.execute(slug, retract(figure), request(keyed('again'))),
    ),
  );
  expect(new Set(answers.map((answer) => done(answer).json)).size).toBe(1);
});

test('a dry run keeps nothing', async () => {
  const log = new MemoryLog();
  const tollbook = await opened.tollbook(log);
  const figure = await fileOne(tollbook);
  done(await tollbook.desk.execute(slug, retract(figure), request()));
  const head = await log.head();
  done(await tollbook.desk.execute(slug, retract(figure), request({ ...keyed('again'), dryRun: true })));
  expect(await log.head()).toBe(head);
});
