import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type RunningService } from '../../src/app.module.js';
import { fileSample } from '../../src/cli/sample.js';
import { readSettings } from '../../src/settings.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The real service on a log of its own, which can be stopped and started again on its port. */
export class ServiceUnderTest {
  readonly #settings: () => Readonly<Record<string, string>>;
  #directory: string | null = null;
  #running: RunningService | null = null;
  #port = 0;
  key: string | null = null;

  /** @param settings beside the log and the port; asked for at each start */
  constructor(settings: () => Readonly<Record<string, string>> = () => ({})) {
    this.#settings = settings;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#directory ??= await mkdtemp(join(tmpdir(), 'tollbook-web-'));
    const settings = readSettings({
      ...this.#settings(),
      TOLLBOOK_LOG: `embedded:${this.#directory}`,
      TOLLBOOK_PORT: String(this.#port),
    });
    this.#running = await startService(settings, { quiet: true });
    this.#port = Number(new URL(this.#running.url).port);
  }

  async stop(): Promise<void> {
    await this.#running?.close();
    this.#running = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    if (this.#directory !== null) await rm(this.#directory, { recursive: true, force: true });
  }

  async call(method: 'GET' | 'POST', path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: Answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.json(),
    };
    return answer;
  }

  /** What a test cannot go on without. */
  async post(path: string, body: unknown): Promise<unknown> {
    const answer = await this.call('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async fileSample(): Promise<void> {
    await fileSample((method, path, body, headers) => this.call(method, path, body, headers));
  }
}
