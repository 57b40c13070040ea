import { setTimeout as pauseFor } from 'node:timers/promises';

/** What a command sees of the process around it, so that tests can stand in its place. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Width of standard output in columns; `null` where it is no terminal, and nothing is wrapped. */
  readonly columns: number | null;
  /** Whether a person reads standard error as it comes: only then is there progress to show. */
  readonly errIsTerminal: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readInput: () => Promise<Buffer>;
  readonly pause: (ms: number) => Promise<void>;
}

const readAllInput = async (): Promise<Buffer> => {
  const chunks: Buffer[] = await process.stdin.toArray();
  return Buffer.concat(chunks);
};

export const processTerminal = (): Terminal => ({
  env: process.env,
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  errIsTerminal: process.stderr.isTTY,
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  readInput: readAllInput,
  pause: async (ms) => {
    await pauseFor(ms);
  },
});

/** Whether output may be coloured (https://no-color.org). */
export const coloured = (terminal: Terminal): boolean =>
  terminal.columns !== null && !terminal.env['NO_COLOR'] && terminal.env['TERM'] !== 'dumb';
