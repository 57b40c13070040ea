import type { Answer, Call } from '../../src/cli/call.js';
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
  readonly requests: readonly Request[];
  /** How long each wait was, in ms. */
  readonly pauses: readonly number[];
}

interface Given {
  readonly input?: string | Buffer;
  readonly columns?: number;
  readonly errIsTerminal?: boolean;
  readonly env?: Record<string, string>;
}

export const answerOf = (body: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  text: JSON.stringify(body),
});

/** Runs a command line against a service that answers as `answer` says, and tells all that it did. */
export const runAgainst = async (
  answer: (request: Request) => Answer,
  args: readonly string[],
  given: Given = {},
): Promise<Run> => {
  let out = '';
  let err = '';
  const requests: Request[] = [];
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
  const call: Call = async (method, path, body, headers = {}) => {
    const request = { method, path, body, headers };
    requests.push(request);
    return answer(request);
  };
  const code = await runCommandLine(args, terminal, async () => ({ call, close: async () => {} }));
  return { code, out, err, requests, pauses };
};
