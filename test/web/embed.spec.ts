import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { properties } from '../../web/src/embed/properties.js';
import { SharedFeed, type FeedReader } from '../../web/src/embed/shared-feed.js';
import { style } from '../../web/src/embed/style.js';
import { stateWords, tallyWords } from '../../web/src/embed/words.js';
import { numberWords } from '../../web/src/words/format-number.js';
import { timeWords } from '../../web/src/words/format-time.js';
import { estimate, frame, revision, tally } from './samples.js';

const elementBytesMax = 15_000;

it('is one script of less than 15 KB, compressed', () => {
  const file = fileURLToPath(new URL('../../web/dist/embed/tollbook-tally.js', import.meta.url));
  const script = readFileSync(file);
  expect(gzipSync(script).length).toBeLessThan(elementBytesMax);
  expect(script.toString()).not.toMatch(/\bimport\s*[({'"]/u);
});

it('documents the custom properties that its style reads, and no others', () => {
  const read = new Set(
    [...style.matchAll(/var\((?<name>--tollbook-[a-z-]+)/gu)].map((match) => match.groups?.['name'] ?? ''),
  );
  expect(properties.map(([name]) => name).toSorted()).toEqual([...read].toSorted());
});

describe('tallyWords', () => {
  const numbers = numberWords('en-GB');
  it('is a phrase with who said it, its range and what is confirmed', () => {
    const contested = estimate('killed/hostages', null, {
      best: { low: 23, high: null, point: null },
      reported: { low: 23, high: 48 },
      confirmed: 20,
      status: 'contested',
      phrase: 'at least 23, the interior ministry said',
    });
    expect(tallyWords(contested, numbers)).toEqual({
      words: 'at least',
      number: '23',
      measure: 'killed',
      said: 'the interior ministry said',
      range: 'Reported 23 to 48; confirmed at least 20; accounts differ',
    });
    expect(tallyWords(estimate('held/hostages', 7), numbers).range).toBe('');
  });
});

describe('stateWords', () => {
  const times = timeWords('en-GB');
  const at = Date.parse('2026-11-22T20:15:00Z');
  it('never calls a number live that may be old, and says when it was true', () => {
    const problem = { type: 'about:blank', title: 'cut', status: 0 };
    const asOf = 'as of 22 Nov 2026, 20:15 UTC';
    const current = { fresh: true, stale: false };
    expect(stateWords({ phase: 'live' }, at, current, times)).toEqual({ tone: 'live', text: 'Live' });
    expect(stateWords({ phase: 'live' }, at, { ...current, stale: true }, times)).toEqual({
      tone: 'away',
      text: 'Out of date: later reports cannot be read',
    });
    expect(stateWords({ phase: 'live' }, at, { ...current, fresh: false }, times).text).toBe(`Not updating; ${asOf}`);
    expect(stateWords({ phase: 'away', since: at, problem, final: false }, at, current, times)).toEqual({
      tone: 'away',
      text: `Not updating; ${asOf}`,
    });
    expect(stateWords({ phase: 'reconnecting', since: at, problem }, at, current, times).text).toBe(
      `Reconnecting; ${asOf}`,
    );
    expect(stateWords({ phase: 'connecting' }, null, current, times).text).toBe('Connecting');
  });
});

describe('SharedFeed', () => {
  const streams: { readonly url: string; readonly send: (text: string) => void; aborted: boolean }[] = [];
  const ends: (() => void)[] = [];

  const fetch: typeof globalThis.fetch = (input, init) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
    const body = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given;
      },
    });
    const stream = {
      url: typeof input === 'string' ? input : '',
      send: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
      aborted: false,
    };
    init?.signal?.addEventListener('abort', () => {
      stream.aborted = true;
      controller?.error(new DOMException('aborted', 'AbortError'));
    });
    streams.push(stream);
    return Promise.resolve(new Response(body));
  };

  const settle = () => jest.advanceTimersByTimeAsync(1);
  const event = (kind: string, data: unknown, id: string): string =>
    `event: ${kind}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
  const reader = (incident: string) => {
    const seen: string[] = [];
    const phases: string[] = [];
    const own: FeedReader = {
      incident,
      onTally: (of, by) => seen.push(`${of.position}${by === null ? '' : ' by a frame'}`),
      onState: ({ phase }) => phases.push(phase),
    };
    return { own, seen, phases };
  };

  afterEach(() => {
    for (const end of ends.splice(0)) end();
    streams.splice(0);
    jest.useRealTimers();
  });

  it('reads all incidents of a page over one connection, and starts anew when one joins', async () => {
    jest.useFakeTimers();
    const feed = new SharedFeed('https://tolls.example', fetch);
    const [first, again, other] = [reader('x-2013'), reader('x-2013'), reader('b-2016')];
    ends.push(feed.add(first.own), feed.add(other.own));
    await settle();
    expect(streams.map(({ url }) => url)).toEqual(['https://tolls.example/v1/feed?incidents=b-2016%2Cx-2013']);
    streams[0]?.send(event('snapshot', tally([estimate('killed/hostages', 30)]), 'e1:10'));
    await settle();
    const changed = estimate('killed/hostages', 32);
    streams[0]?.send(event('revision', frame('11', { cells: [changed], revisions: [revision('2')] }), 'e1:11'));
    await settle();
    expect(first.seen).toEqual(['10', '11 by a frame']);
    expect(other.seen).toEqual([]);
    expect(first.phases.at(-1)).toBe('live');

    // One more of the same incident is told what is known, and needs no other connection.
    ends.push(feed.add(again.own));
    await settle();
    expect(again.seen).toEqual(['11']);
    expect(streams).toHaveLength(1);

    ends.push(feed.add(reader('c-2020').own));
    await settle();
    expect(streams[0]?.aborted).toBe(true);
    expect(streams[1]?.url).toContain('b-2016%2Cc-2020%2Cx-2013');
  });

  it('begins anew while an incident is out of date, since no frame tells that it can be read again', async () => {
    jest.useFakeTimers();
    const retryMs = 2_000;
    const feed = new SharedFeed('https://tolls.example', fetch, retryMs);
    const one = reader('x-2013');
    ends.push(feed.add(one.own));
    await settle();
    const cells = [estimate('killed/hostages', 30)];
    const stale = { position: '11', error: 'not known here', since: '2026-11-25T20:00:00Z' };
    streams[0]?.send(event('snapshot', tally(cells, { stale }), 'e1:10'));
    await settle();
    await jest.advanceTimersByTimeAsync(retryMs - 100);
    expect(streams).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(200);
    expect(streams[0]?.aborted).toBe(true);
    expect(streams).toHaveLength(2);
    streams[1]?.send(event('snapshot', tally(cells, { position: '12' }), 'e1:12'));
    await settle();
    expect(one.seen).toEqual(['10', '12']);
    await jest.advanceTimersByTimeAsync(2 * retryMs);
    expect(streams).toHaveLength(2);
  });

  it('ends with its last reader', async () => {
    jest.useFakeTimers();
    const feed = new SharedFeed('https://tolls.example', fetch);
    const end = feed.add(reader('x-2013').own);
    await settle();
    end();
    await settle();
    expect(streams.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
