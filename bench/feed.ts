import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurn, median, type Row } from './compare.ts';
import { freePort, serve } from './serve.ts';

const readers = 1_000;
const publications = 15;
const rounds = 3;
/** How long the last reader may take, in ms, before the benchmark gives up. */
const lastReaderMsMax = 10_000;

/** Many readers of one feed, on bare sockets, that count the frames holding a mark. */
class Readers {
  readonly #sockets: Socket[] = [];
  #mark = '';
  #left = 0;
  #done: () => void = () => undefined;
  bytesOfLast = 0;

  static async open(port: number, path: string): Promise<Readers> {
    const opened = new Readers();
    for (let n = 0; n < readers; n += 1) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`);
      await once(socket, 'data');
      let tail = '';
      let bytes = 0;
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        const text = tail + chunk.toString('latin1');
        if (opened.#mark !== '' && text.includes(opened.#mark) && text.endsWith('\n\n')) {
          opened.bytesOfLast = bytes;
          opened.#left -= 1;
          if (opened.#left === 0) opened.#done();
        }
        tail = text.endsWith('\n\n') ? '' : text;
        if (tail === '') bytes = 0;
      });
      opened.#sockets.push(socket);
    }
    return opened;
  }

  /** @returns ms from before publishing until the last reader has the frame with the mark */
  async timed(mark: string, publish: () => Promise<void>): Promise<number> {
    this.#mark = mark;
    this.#left = readers;
    const all = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.#left} readers never had ${mark}`)), lastReaderMsMax);
      this.#done = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    const startedAt = performance.now();
    await Promise.all([publish(), all]);
    return performance.now() - startedAt;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

const post = async (port: number, path: string, body: string): Promise<void> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body,
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
};

const incident = {
  slug: 'bench-feed',
  title: 'Bench',
  place: 'Here',
  from: '2020-01-01',
  groups: [{ id: 'hostages', side: 'victims' }],
};

let published = 0;

/** Filing a report, durably, until the last of 1,000 readers has its frame, against bare socket writes of such a frame. */
export const benchFeed = async (): Promise<Row[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  const [port, barePort] = [await freePort(), await freePort()];
  const ours = await serve(join(import.meta.dirname, '../dist/main.js'), port, '/health/ready', {
    TOLLBOOK_LOG: `embedded:${directory}`,
    TOLLBOOK_PORT: String(port),
    TOLLBOOK_SAMPLE: 'false',
  });
  const bare = await serve(join(import.meta.dirname, 'floors/bare-feed.ts'), barePort, '/');
  try {
    await post(port, '/v1/incidents', JSON.stringify(incident));
    const oursReaders = await Readers.open(port, '/v1/incidents/bench-feed/feed');
    const bareReaders = await Readers.open(barePort, '/feed');
    const file = async (): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < publications; n += 1) {
        published += 1;
        const at = new Date(Date.UTC(2020, 0, 1) + published * 60_000).toISOString();
        const body = JSON.stringify({
          outlet: 'Wire',
          publishedAt: at,
          attribution: [{ name: 'Hospital', kind: 'organisation' }],
          figures: [
            { measure: 'killed', group: 'hostages', quantity: { kind: 'exactly', value: 1_000_000 + published } },
          ],
        });
        const mark = `"low":${1_000_000 + published}`;
        times.push(await oursReaders.timed(mark, () => post(port, '/v1/incidents/bench-feed/reports', body)));
      }
      return median(times);
    };
    const write = async (): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < publications; n += 1) {
        published += 1;
        const mark = `mark ${published} `;
        const size = Math.max(200, oursReaders.bytesOfLast);
        const frame = `event: revision\ndata: ${mark}${'x'.repeat(size)}\n\n`;
        times.push(await bareReaders.timed(mark, () => post(barePort, '/', frame)));
      }
      return median(times);
    };
    const result = await inTurn(rounds, file, write);
    oursReaders.close();
    bareReaders.close();
    return [
      {
        name: `file to last of ${readers} readers`,
        ours: `${result.ours.toFixed(1)} ms`,
        floor: `${result.floor.toFixed(1)} ms`,
        floorName: 'bare socket writes of one buffer, nothing stored',
        ratio: result.ratio,
        bar: { atMost: 1.5 },
      },
    ];
  } finally {
    await ours.stop();
    await bare.stop();
    rmSync(directory, { recursive: true, force: true });
  }
};
