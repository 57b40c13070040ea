import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { memoryFilings } from '../../web/src/desk/outbox/filing-store.js';
import { Outbox } from '../../web/src/desk/outbox/outbox.js';
import type { WaitingFiling } from '../../web/src/desk/outbox/waiting-filing.js';

const filing = (id: string, members: Partial<WaitingFiling> = {}): WaitingFiling => ({
  id,
  slug: 'x-2013',
  path: '/v1/incidents/x-2013/reports',
  body: `{"outlet":"${id}"}`,
  label: id,
  at: Number(id),
  desk: null,
  ...members,
});

const filed = { position: '7', revisions: [], warnings: [] };

describe('what waits to be sent', () => {
  let outbox: Outbox | null = null;
  const store = memoryFilings();

  afterEach(() => {
    outbox?.stop();
    jest.useRealTimers();
    for (const { id } of store.all()) store.remove(id);
  });

  /** @param answers statuses in turn; `null` cuts the connection; the last one stays */
  const begin = (answers: readonly (number | null)[], desk: string | null = null) => {
    jest.useFakeTimers();
    const left = [...answers];
    const sent: { readonly key: string | null; readonly body: unknown }[] = [];
    const told: string[] = [];
    const fetch = (_path: unknown, init?: RequestInit): Promise<Response> => {
      sent.push({ key: new Headers(init?.headers).get('idempotency-key'), body: init?.body });
      const status = left.length > 1 ? left.shift() : left[0];
      if (status === null || status === undefined) return Promise.reject(new TypeError('cut'));
      return Promise.resolve(Response.json(status < 300 ? filed : { title: `answer ${status}` }, { status }));
    };
    outbox = new Outbox(
      { store, key: () => null, desk: () => desk, fetch },
      {
        onChange: () => undefined,
        onFiled: ({ id }) => told.push(`filed ${id}`),
        onRefused: ({ id }, { title }) => told.push(`refused ${id}: ${title}`),
      },
    );
    return { outbox, sent, told };
  };

  const settle = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('is kept before it is sent, and sent under one key until it is answered for', async () => {
    const { outbox: box, sent, told } = begin([null, 503, 201]);
    box.add(filing('1'));
    expect(store.all()).toHaveLength(1);
    await settle();
    expect(box.filings).toMatchObject([{ id: '1', problem: { status: 0 } }]);
    await settle(60_000);
    expect(told).toEqual(['filed 1']);
    expect(sent.map(({ key }) => key)).toEqual(['1', '1', '1']);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(store.all()).toEqual([]);
  });

  it('goes on after a reload with what an earlier page left', async () => {
    store.put(filing('2'));
    store.put(filing('1'));
    const { outbox: box, sent } = begin([201]);
    box.start();
    await settle();
    expect(sent.map(({ key }) => key)).toEqual(['1', '2']);
    expect(store.all()).toEqual([]);
  });

  it('keeps its order: nothing is sent past one that waits', async () => {
    const { outbox: box, sent, told } = begin([503, 503, 201]);
    box.add(filing('1'));
    box.add(filing('2'));
    await settle();
    expect(sent.map(({ key }) => key)).not.toContain('2');
    await settle(10_000);
    expect(told).toEqual(['filed 1', 'filed 2']);
  });

  it('keeps what is refused, with the reason, and sends it no more', async () => {
    const { outbox: box, sent, told } = begin([422, 201]);
    box.add(filing('1'));
    box.add(filing('2'));
    await settle(120_000);
    expect(told).toEqual(['refused 1: answer 422', 'filed 2']);
    expect(sent).toHaveLength(2);
    expect(box.filings).toMatchObject([{ id: '1', refused: true, problem: { title: 'answer 422' } }]);
    box.drop('1');
    expect(store.all()).toEqual([]);
  });

  it('waits for a sign-in, and for the desk that wrote it', async () => {
    const { outbox: box, told } = begin([401, 201]);
    box.add(filing('1'));
    await settle();
    expect(box.filings).toMatchObject([{ id: '1', problem: { status: 401 } }]);
    expect(box.filings[0]).not.toHaveProperty('refused');
    await settle(10_000);
    expect(told).toEqual(['filed 1']);
    box.stop();
    const other = begin([201], 'sports');
    other.outbox.add(filing('3', { desk: 'foreign' }));
    await settle(10_000);
    expect(other.sent).toEqual([]);
    expect(other.outbox.filings).toMatchObject([{ problem: { detail: expect.stringContaining('"foreign"') } }]);
  });

  it('does not bring back what was given up while it was on its way', async () => {
    const { outbox: box } = begin([503]);
    box.add(filing('1'));
    box.drop('1');
    await settle(10_000);
    expect(store.all()).toEqual([]);
  });
});
