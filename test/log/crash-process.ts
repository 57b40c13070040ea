import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EventLog, LogEvent } from '../../src/log/event-log.js';
import { type LoadData, loadEvents, type Report } from './crash-load.js';

type Stored = Extract<Report, { kind: 'stored' }>;

/** A process of `crash-child.ts`, and what it has reported. */
export class CrashProcess {
  readonly reports: Report[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #stderr = '';
  #rest = '';
  #onReport = (): void => {};

  /** @param fileKiB the largest file that the process may write, in KiB; past it, writes fail as on a full disk */
  constructor(directory: string, run: number, task: 'append' | 'fill' | 'hold', fileKiB?: number) {
    const hooks = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve: (specifier, context, next) =>
        next(specifier.startsWith('.') ? specifier.replace(/[.]js$/, '.ts') : specifier, context) });`;
    const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
    const command = [
      process.execPath,
      '--experimental-transform-types',
      '--disable-warning=ExperimentalWarning',
      '--import',
      `data:text/javascript,${encodeURIComponent(hooks)}`,
      child,
      directory,
      String(run),
      task,
    ];
    const limit = fileKiB === undefined ? '' : `ulimit -f ${fileKiB}; `;
    this.#process = spawn('bash', ['-c', `${limit}exec "$@"`, 'bash', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#process, 'close');
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#process.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      // A line that is not whole was not reported.
      this.#rest = lines.pop()!;
      this.reports.push(...lines.map((line) => JSON.parse(line) as Report));
      this.#onReport();
    });
  }

  get stored(): readonly Stored[] {
    return this.reports.filter((report) => report.kind === 'stored');
  }

  get errors(): readonly Extract<Report, { kind: 'error' }>[] {
    return this.reports.filter((report) => report.kind === 'error');
  }

  /** Waits until the store is open, or the process has ended in vain. */
  async opened(): Promise<void> {
    const report = new Promise<void>((resolve) => (this.#onReport = resolve));
    if (this.reports.length === 0) await Promise.race([report, this.#ended]);
    if (this.reports[0]?.kind !== 'open')
      throw new Error(`not open: ${JSON.stringify(this.reports[0])} ${this.#stderr}`);
  }

  async ended(): Promise<void> {
    await this.#ended;
    if (this.#stderr !== '') throw new Error(this.#stderr);
  }

  /** Ends it as a power switch would, as far as a process goes. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
    if (this.#stderr !== '') throw new Error(this.#stderr);
  }
}

const knownIds = new Map<string, readonly string[]>();

/** The ids of `loadEvents`, worked out once. */
function loadIds(run: number, stream: string, expected: number): readonly string[] {
  const key = `${run} ${stream} ${expected}`;
  const known = knownIds.get(key) ?? loadEvents(run, stream, expected).map(({ id }) => id);
  knownIds.set(key, known);
  return known;
}

function fail(what: string, at: unknown): never {
  const text = JSON.stringify(at, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  throw new Error(`${what}: ${text}`);
}

/**
 * Reads all of a log that `crash-child.ts` wrote, and throws at the first sign of an event lost, halved or doubled.
 * Answers the number of its events.
 */
export async function verifyLoad(log: EventLog, stored: readonly Stored[]): Promise<number> {
  const events: LogEvent[] = [];
  for await (const batch of log.readAll({ after: null, streamPrefix: '' })) events.push(...batch);
  const lastRevisions = new Map<string, bigint>();
  let previous: LoadData | null = null;
  events.forEach((event, index) => {
    const data = event.data as LoadData;
    if (event.position !== BigInt(index + 1)) fail(`position ${index + 1} expected`, event);
    if (event.revision !== (lastRevisions.get(event.stream) ?? -1n) + 1n) fail('revisions with a gap', event);
    lastRevisions.set(event.stream, event.revision);
    const inside = previous !== null && previous.index < previous.of - 1;
    if (data.index !== (inside ? previous!.index + 1 : 0)) fail('half an append', event);
    if (event.id !== loadIds(data.run, event.stream, data.expected)[data.index]) fail('another id', event);
    if (event.revision !== BigInt(data.expected + 1 + data.index)) fail('another revision', event);
    previous = data;
  });
  if (previous !== null && (previous as LoadData).index < (previous as LoadData).of - 1)
    fail('half an append', previous);
  for (const append of stored) {
    loadIds(append.run, append.stream, append.expected).forEach((id, index) => {
      const event = events[append.positions[index]! - 1];
      if (event?.id !== id) fail('acknowledged, but not there', append);
    });
  }
  return events.length;
}
