import type { Answer, Call } from '../../src/cli/call.js';
import type { Connect } from '../../src/cli/connect.js';
import { runCommandLine, type ExitCode } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface Run {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  /** How long each wait was, in ms. */
  readonly pauses: readonly number[];
}

interface Given {
  readonly input?: string | Buffer;
  readonly columns?: number;
  readonly errIsTerminal?: boolean;
  readonly env?: Record<string, string>;
}

/** Runs a command line in this process, on a terminal that remembers; by itself it connects as the program does. */
export const runHere = async (args: readonly string[], given: Given = {}, connect?: Connect): Promise<Run> => {
  let out = '';
  let err = '';
  const pauses: number[] = [];
  const terminal: Terminal = {
    env: given.env ?? {},
    columns: given.columns ?? null,
    errIsTerminal: given.errIsTerminal ?? false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readInput: async () => Buffer.from(given.input ?? ''),
    pause: async (ms) => {
      pauses.push(ms);
    },
  };
  const code = await runCommandLine(args, terminal, connect);
  return { code, out, err, pauses };
};

export const answerOf = (body: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  text: JSON.stringify(body),
});

/** Runs a command line against a service that answers as `answer` says, and tells what it was asked. */
export const runAgainst = async (
  answer: (request: Request) => Answer,
  args: readonly string[],
  given: Given = {},
): Promise<Run & { readonly requests: readonly Request[] }> => {
  const requests: Request[] = [];
  const call: Call = async (method, path, body, headers = {}) => {
    const request = { method, path, body, headers };
    requests.push(request);
    return answer(request);
  };
  const run = await runHere(args, given, async () => ({ call, close: async () => {} }));
  return { ...run, requests };
};
