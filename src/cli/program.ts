import { Command, CommanderError } from 'commander';
import { addBackup } from './commands/backup.js';
import { addExport } from './commands/export.js';
import { addFile } from './commands/file.js';
import { addImport } from './commands/import.js';
import { addIncident } from './commands/incident.js';
import { addKeys } from './commands/keys.js';
import { addPoisoned } from './commands/poisoned.js';
import { addRebuild } from './commands/rebuild.js';
import { addReplay } from './commands/replay.js';
import { addRevisions } from './commands/revisions.js';
import { addSample } from './commands/sample.js';
import { addServe } from './commands/serve.js';
import { addTally } from './commands/tally.js';
import { addVerify } from './commands/verify.js';
import { connect as connectToService, type Connect } from './connect.js';
import { CommandFailed, failed, problemText } from './failure.js';
import type { Runner } from './session.js';
import type { Terminal } from './terminal.js';

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface GlobalOptions {
  readonly json?: true;
  readonly url?: string;
  readonly key?: string;
}

const description = [
  'The record of reported casualty figures.',
  '',
  'Commands speak to the service that runs (--url, TOLLBOOK_URL, or this machine), or open the embedded log themselves where none does. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.',
].join('\n');

const runnerOf =
  (terminal: Terminal, connect: Connect): Runner =>
  async (command, work) => {
    const options = command.optsWithGlobals<GlobalOptions>();
    // An empty variable is one that is not set: env files write it so.
    const url = options.url ?? (terminal.env['TOLLBOOK_URL'] || undefined);
    const key = options.key ?? (terminal.env['TOLLBOOK_KEY'] || undefined);
    const { call, close } = await connect({ url, key }, terminal);
    try {
      await work({ terminal, call, json: options.json === true });
    } finally {
      await close();
    }
  };

/** The whole command line, as `--help` shows it. */
const programOf = (terminal: Terminal, connect: Connect): Command => {
  const program = new Command('tollbook')
    .description(description)
    .option('--json', 'print answers as JSON, as the service gives them')
    .option('--url <url>', 'where the service is, e.g. http://127.0.0.1:4711')
    .option('--key <key>', 'key to speak with; better in TOLLBOOK_KEY, since other users of a machine see arguments')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(see --help)');
  const run = runnerOf(terminal, connect);
  addServe(program);
  for (const add of [
    addIncident,
    addFile,
    addTally,
    addRevisions,
    addReplay,
    addRebuild,
    addPoisoned,
    addExport,
    addKeys,
    addSample,
  ])
    add(program, run);
  addVerify(program, run, terminal);
  for (const add of [addImport, addBackup]) add(program, terminal);
  return program;
};

/** Runs one command line and answers its exit code; nothing is thrown. */
export const runCommandLine = async (
  args: readonly string[],
  terminal: Terminal,
  connect: Connect = connectToService,
): Promise<ExitCode> => {
  try {
    await programOf(terminal, connect).parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { problem } =
      error instanceof CommandFailed ? error : failed(error instanceof Error ? error.message : String(error), error);
    if (args.includes('--json')) terminal.out(`${JSON.stringify(problem)}\n`);
    terminal.err(problemText(problem));
    return exitCodes.failed;
  }
};
