import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { FeedClient, type FeedMessage, type FeedOptions, type FeedState } from '../../web/src/feed/feed-client.js';
import { reconnectDelayMs } from '../../web/src/feed/reconnect-delay.js';
import { frame, tally } from './samples.js';

/** A service whose every connection the test holds in its hand. */
class FakeService {
  readonly requests: { readonly headers: Headers; readonly signal: AbortSignal | null }[] = [];
  readonly #answers: (Response | Error)[] = [];
  #send: ReadableStreamDefaultController<Uint8Array> | null = null;

  readonly fetch: typeof globalThis.fetch = (_input, init) => {
    this.requests.push({ headers: new Headers(init?.headers), signal: init?.signal ?? null });
    const answer = this.#answers.shift();
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer !== undefined) return Promise.resolve(answer);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#send = controller;
        init?.signal?.addEventListener('abort', () => {
          controller.error(new DOMException('aborted', 'AbortError'));
        });
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };

  answerWith(answer: Response | Error): void {
    this.#answers.push(answer);
  }

  async send(text: string | Uint8Array): Promise<void> {
    this.#send?.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    await jest.advanceTimersByTimeAsync(1);
  }

  async end(): Promise<void> {
    this.#send?.close();
    await jest.advanceTimersByTimeAsync(1);
  }
}

const event = (kind: string, data: unknown, id?: string): string =>
  `event: ${kind}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

describe('FeedClient', () => {
  let client: FeedClient | null = null;

  const follow = async (options: Partial<FeedOptions> = {}) => {
    jest.useFakeTimers();
    const service = new FakeService();
    const messages: FeedMessage[] = [];
    const states: FeedState[] = [];
    client = new FeedClient({
      path: '/v1/incidents/x-2013/feed',
      key: null,
      lastEventId: 'e1:10',
      onMessage: (message) => messages.push(message),
      onState: (state) => states.push(state),
      onContact: () => undefined,
      fetch: service.fetch,
      randomly: () => 1,
      ...options,
    });
    return { service, messages, states, client };
  };
  const begin = async (options: Partial<FeedOptions> = {}) => {
    const parts = await follow(options);
    parts.client.start();
    await jest.advanceTimersByTimeAsync(1);
    return parts;
  };

  afterEach(() => {
    client?.stop();
    jest.useRealTimers();
  });

  it('asks for what comes after the tally shown, with the key', async () => {
    const { service, states } = await begin({ key: 'tbk_1' });
    expect(service.requests[0]?.headers.get('last-event-id')).toBe('e1:10');
    expect(service.requests[0]?.headers.get('authorization')).toBe('Bearer tbk_1');
    expect(states.map((state) => state.phase)).toEqual(['connecting', 'live']);
  });

  it('says at once that it is cut where the device says so, and goes on from where it was', async () => {
    const { service, states, client: following } = await begin({});
    await service.send(event('revision', frame('11'), 'e1:11'));
    following.cut();
    await jest.advanceTimersByTimeAsync(1);
    expect(states.at(-1)?.phase).toBe('reconnecting');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(states.at(-1)?.phase).toBe('live');
    expect(service.requests.at(-1)?.headers.get('last-event-id')).toBe('e1:11');
  });

  it('hands on frames cut anywhere, letters of several bytes too', async () => {
    const { service, messages } = await begin({});
    const sent = event(
      'revision',
      frame('11', { contradictions: [{ cells: [], figures: [], text: 'Zoë – ½' }] }),
      'e1:11',
    );
    // In the middle of the two bytes of ë.
    const bytes = new TextEncoder().encode(sent);
    const cut = bytes.indexOf(0xc3) + 1;
    await service.send(bytes.slice(0, cut));
    await service.send(bytes.slice(cut));
    expect(messages).toMatchObject([
      { kind: 'revision', frame: { position: '11', contradictions: [{ text: 'Zoë – ½' }] } },
    ]);
  });

  it('resumes behind the last frame that it took', async () => {
    const { service, states } = await begin({});
    await service.send(event('revision', frame('12'), 'e1:12'));
    await service.end();
    expect(states.at(-1)).toMatchObject({ phase: 'reconnecting' });
    await jest.advanceTimersByTimeAsync(1000);
    expect(service.requests[1]?.headers.get('last-event-id')).toBe('e1:12');
    expect(states.at(-1)).toEqual({ phase: 'live' });
  });

  it('after a reset starts from the snapshots that follow, of which only the last has an id', async () => {
    const { service, messages, client: feed } = await begin({});
    await service.send(event('reset', { reason: 'epoch' }));
    expect(feed.lastEventId).toBeNull();
    await service.send(event('snapshot', tally([], { epoch: 'e2', position: '3' })));
    expect(feed.lastEventId).toBeNull();
    await service.send(event('snapshot', tally([], { epoch: 'e2', position: '4' }), 'e2:4'));
    expect(feed.lastEventId).toBe('e2:4');
    expect(messages.map((message) => message.kind)).toEqual(['reset', 'snapshot', 'snapshot']);
  });

  it('takes a connection without heartbeats for dead', async () => {
    const { service, states } = await begin({ silenceMsMax: 40_000 });
    await jest.advanceTimersByTimeAsync(30_000);
    await service.send(': heartbeat\n\n');
    await jest.advanceTimersByTimeAsync(30_000);
    expect(states.at(-1)).toEqual({ phase: 'live' });
    await jest.advanceTimersByTimeAsync(10_001);
    expect(service.requests[0]?.signal?.aborted).toBe(true);
    expect(states.some((state) => state.phase === 'reconnecting')).toBe(true);
  });

  it('says away, and since when, once cut off for long, and waits longer each time', async () => {
    const { service, states } = await begin({ awayAfterMs: 5000, now: () => Date.now() });
    const cutAt = Date.now();
    for (let n = 0; n < 5; n += 1) service.answerWith(new TypeError('no network'));
    await service.end();
    await jest.advanceTimersByTimeAsync(20_000);
    const away = states.find((state) => state.phase === 'away');
    expect(away).toMatchObject({ final: false, problem: { status: 0 } });
    expect(away?.phase === 'away' && Math.abs(away.since - cutAt)).toBeLessThan(50);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toEqual({ phase: 'live' });
  });

  it('says away in time even while it waits for its next try', async () => {
    const { service, states } = await begin({ awayAfterMs: 5000, retryMs: 20_000 });
    await service.end();
    await jest.advanceTimersByTimeAsync(4900);
    expect(states.at(-1)).toMatchObject({ phase: 'reconnecting' });
    await jest.advanceTimersByTimeAsync(200);
    expect(states.at(-1)).toMatchObject({ phase: 'away' });
    expect(service.requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(states.at(-1)).toEqual({ phase: 'live' });
  });

  it('stops, and says why, where no further try can help', async () => {
    const { service, states, client: feed } = await follow();
    const problem = { type: 'urn:tollbook:problem:key-needed', title: 'A key is needed', status: 401 };
    service.answerWith(Response.json(problem, { status: 401 }));
    feed.start();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(states.at(-1)).toMatchObject({ phase: 'away', final: true, problem });
    expect(service.requests).toHaveLength(1);
  });

  it('waits as long as the service asks', async () => {
    const { service, states, client: feed } = await follow();
    service.answerWith(new Response('busy', { status: 503, headers: { 'retry-after': '20' } }));
    feed.start();
    await jest.advanceTimersByTimeAsync(19_000);
    expect(service.requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2000);
    expect(states.at(-1)).toEqual({ phase: 'live' });
  });

  it('shows the reason of an error event, and takes the retry time that comes with it', async () => {
    const { service, states } = await begin({});
    await service.send(`${event('error', { title: 'The log is away', status: 503 })}retry: 7000\n\n`);
    await service.end();
    expect(states.at(-1)).toMatchObject({ phase: 'reconnecting', problem: { title: 'The log is away', status: 503 } });
    await jest.advanceTimersByTimeAsync(6900);
    expect(service.requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(200);
    expect(service.requests).toHaveLength(2);
  });

  it('tries at once when told that the network is back', async () => {
    const { service, states, client: feed } = await begin({ retryMs: 10_000 });
    await service.end();
    feed.retryNow();
    await jest.advanceTimersByTimeAsync(1);
    expect(service.requests).toHaveLength(2);
    expect(states.at(-1)).toEqual({ phase: 'live' });
  });

  it('stops for good', async () => {
    const { service, states, client: feed } = await begin({});
    feed.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(service.requests).toHaveLength(1);
    expect(states.at(-1)).toEqual({ phase: 'live' });
  });
});

describe('reconnectDelayMs', () => {
  it('doubles up to half a minute, and spreads', () => {
    expect([0, 1, 2, 9].map((attempt) => reconnectDelayMs(attempt, 1000, () => 1))).toEqual([1000, 2000, 4000, 30_000]);
    expect(reconnectDelayMs(0, 1000, () => 0)).toBe(250);
  });
});
