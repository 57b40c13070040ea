import { Pool } from 'undici';

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/**
 * So many clients, each with a connection of its own, each calling again once it has its answer.
 * @param call the n-th call of a client
 * @returns answers per second
 */
export const load = async (
  port: number,
  clients: number,
  seconds: number,
  expected: number,
  call: (client: number, n: number) => Call,
): Promise<number> => {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: clients, pipelining: 1 });
  let answers = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const client = async (which: number): Promise<void> => {
    for (let n = 0; performance.now() < endsAt; n += 1) {
      const { statusCode, body } = await pool.request(call(which, n));
      if (statusCode === expected) await body.dump();
      else throw new Error(`${statusCode}: ${await body.text()}`);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, which) => client(which)));
  const elapsed = (performance.now() - startedAt) / 1000;
  await pool.close();
  return answers / elapsed;
};
