import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built service, as it is started. */
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Longer than any start takes on a loaded machine, in ms. */
const startMsMax = 30_000;

export interface Answer {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: Record<string, unknown>;
}

/** One instance of the service in a process of its own, on a log that others share. */
export class Instance {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly views: string,
    /** What it logged. */
    readonly out: () => string,
  ) {}

  static async start(log: string, settings: Readonly<Record<string, string>> = {}): Promise<Instance> {
    const views = mkdtempSync(join(tmpdir(), 'tollbook-instance-'));
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env['PATH'],
        TOLLBOOK_LOG: log,
        TOLLBOOK_VIEWS: views,
        TOLLBOOK_PORT: '0',
        TOLLBOOK_SAMPLE: 'false',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
    const untilMs = performance.now() + startMsMax;
    for (;;) {
      const url = /"url":"(?<url>[^"]+)"/u.exec(out)?.groups?.['url'];
      if (url !== undefined) return new Instance(url, child, views, () => out);
      if (child.exitCode !== null || performance.now() > untilMs) throw new Error(`it does not serve: ${out}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** @throws where nobody answers, as from one that was killed */
  async call(method: string, path: string, options: Calling = {}): Promise<Answer> {
    const { body, key, secret } = options;
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      replayed: answer.headers.get('idempotency-replayed') === 'true',
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  post(path: string, key: string, body: object): Promise<Answer> {
    return this.call('POST', path, { key, body });
  }

  /** At once, and without a word, as where the machine is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    rmSync(this.views, { recursive: true, force: true });
  }
}

interface Calling {
  readonly body?: object;
  /** An Idempotency-Key. */
  readonly key?: string;
  /** An API key. */
  readonly secret?: string;
}

export const incidentBody = (slug: string): object => ({
  slug,
  title: `Of ${slug}`,
  place: 'Here',
  from: '2020-01-01',
  groups: [
    { id: 'people', side: 'victims' },
    { id: 'attackers', side: 'perpetrators' },
  ],
});

/** The n-th report, of so many figures, each in a cell of its own. */
export const reportBody = (n: number, figures = 1): object => ({
  outlet: 'Wire',
  publishedAt: new Date(Date.UTC(2020, 0, 1) + n * 60_000).toISOString(),
  attribution: [{ name: `Hospital ${n % 5}`, kind: 'organisation' }],
  figures: Array.from({ length: figures }, (_, place) => ({
    measure: 'killed',
    group: 'people',
    breakdown: { role: `role-${place}` },
    quantity: { kind: 'atLeast', value: 1 + n },
  })),
});
