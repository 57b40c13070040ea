import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventLog, LogEvent } from '../../src/log/event-log.js';
import { type LoadData, loadEvents, type Report } from './crash-load.js';

type Stored = Extract<Report, { kind: 'stored' }>;

/**
 * `crash-child.ts` and all it imports, the embedded log, as JavaScript: Node would take out the types anew at each start, in each thread,
 * which takes longer than all the rest.
 */
export class CrashProgram {
  readonly path: string;
  readonly #directory = mkdtempSync(join(tmpdir(), 'tollbook-crash-program-'));

  constructor() {
    // Another user may run it.
    chmodSync(this.#directory, 0o755);
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const sources = globSync(['src/log/{*,embedded/*}.ts', 'test/log/crash-{child,load}.ts'], { cwd: root });
    writeFileSync(join(this.#directory, 'package.json'), '{ "type": "module" }');
    for (const source of sources) {
      const target = join(this.#directory, source.replace(/[.]ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, stripTypeScriptTypes(readFileSync(join(root, source), 'utf8')));
    }
    const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
    this.path = join(this.#directory, relative(root, child).replace(/[.]ts$/, '.js'));
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

export interface ProcessLimits {
  /** The largest file that the process may write, in KiB; past it, writes fail as on a full disk. */
  readonly fileKiB?: number;
  /** Who it runs as, where that is somebody else. */
  readonly uid?: number | undefined;
}

/** A process of `crash-child.ts`, and what it has reported. */
export class CrashProcess {
  readonly reports: Report[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #stderr = '';
  #rest = '';
  #onReport = (): void => {};

  constructor(
    program: CrashProgram,
    directory: string,
    run: number,
    task: 'append' | 'fill' | 'hold',
    { fileKiB, uid }: ProcessLimits = {},
  ) {
    const command = [process.execPath, program.path, directory, String(run), task];
    const limit = fileKiB === undefined ? '' : `ulimit -f ${fileKiB}; `;
    this.#process = spawn('bash', ['-c', `${limit}exec "$@"`, 'bash', ...command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(uid !== undefined && { uid, gid: uid }),
    });
    this.#ended = once(this.#process, 'close');
    // It may have died before it was told to begin; its end says so.
    this.#process.stdin!.on('error', () => {});
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

  /** Has it open the store, and waits until it has. */
  async opened(): Promise<void> {
    this.#process.stdin!.end('.');
    await this.#until(() => this.reports.length > 0);
    if (this.reports[0]?.kind !== 'open') throw new Error(`not open: ${JSON.stringify(this.reports[0])}`);
  }

  /** Waits until so many appends were answered. */
  async storedAtLeast(count: number): Promise<void> {
    await this.#until(() => this.stored.length >= count);
  }

  /** Has it do all it can, and waits for the end. */
  async ended(): Promise<void> {
    this.#process.stdin!.end('.');
    await this.#ended;
    if (this.#stderr !== '') throw new Error(this.#stderr);
  }

  /** Ends it as a power switch would, as far as a process goes. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
    if (this.#stderr !== '') throw new Error(this.#stderr);
  }

  async #until(condition: () => boolean): Promise<void> {
    const ended = this.#ended.then(() => 'ended');
    while (!condition()) {
      const report = new Promise<string>((resolve) => (this.#onReport = () => resolve('reported')));
      if ((await Promise.race([report, ended])) === 'ended' && !condition()) {
        throw new Error(`it ended: ${JSON.stringify(this.reports.at(-1))} ${this.#stderr}`);
      }
    }
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

/** Verifies all of a log that `crash-child.ts` wrote. Answers the number of its events. */
export async function verifyLoad(log: EventLog, stored: readonly Stored[]): Promise<number> {
  const events: LogEvent[] = [];
  for await (const batch of log.readAll({ after: null, streamPrefix: '' })) events.push(...batch);
  verifyEvents(events, stored);
  return events.length;
}

/** Throws at the first sign of an event lost, halved or doubled. */
export function verifyEvents(events: readonly LogEvent[], stored: readonly Stored[]): void {
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
}
