import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { EventVerifier, VerifyError } from '../../audit/verify-events.js';
import { eventLines } from '../event-pages.js';
import { CommandFailed, failed } from '../failure.js';
import { counted, grouped } from '../numbers.js';
import { findDamage } from '../open-log.js';
import { progressOn } from '../progress.js';
import { showValue, type Runner, type Session } from '../session.js';
import type { Terminal } from '../terminal.js';
import { verifyTally } from '../verify-tally.js';

interface VerifyOptions {
  readonly incident?: string;
  readonly file?: string;
}

interface Verified {
  readonly events: number;
  readonly position: string;
  readonly incidents: number;
  /** Revisions that the events give; `null` where there was no service to compare with. */
  readonly revisions: number | null;
}

const verifiedText = ({ events, position, incidents, revisions }: Verified): string =>
  [
    `${counted(events, 'event')} up to position ${position}: hashes, order and whole filings hold.\n`,
    revisions === null
      ? ''
      : `Tallies of ${counted(incidents, 'incident')} and ${counted(revisions, 'revision')} are what the events alone give.\n`,
  ].join('');

/** All lines, one after the other; what does not hold is told by its position. */
const verifyLines = async (
  terminal: Terminal,
  lines: AsyncIterable<string>,
): Promise<{ events: number; verifier: EventVerifier }> => {
  const progress = progressOn(terminal, 'Verifying events');
  const verifier = new EventVerifier();
  let events = 0;
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      verifier.take(line);
      events += 1;
      if (events % 1_000 === 0) progress.step(events);
    }
    verifier.end();
  } finally {
    progress.end();
  }
  return { events, verifier };
};

const verifyFile = async (terminal: Terminal, file: string): Promise<Verified> => {
  const input = createReadStream(file);
  const failing = new Promise<never>((_, reject) => input.once('error', reject));
  const lines = createInterface({ input, crlfDelay: Infinity });
  const { events, verifier } = await Promise.race([verifyLines(terminal, lines), failing]);
  return { events, position: String(verifier.position), incidents: verifier.incidents.length, revisions: null };
};

const verifyService = async ({ terminal, call }: Session, incident?: string): Promise<Verified> => {
  const { events, verifier } = await verifyLines(terminal, eventLines(call, incident));
  const progress = progressOn(terminal, 'Folding incidents');
  let revisions = 0;
  try {
    for (const [place, slug] of verifier.incidents.entries()) {
      revisions += (await verifyTally(call, slug)).revisions;
      progress.step(place + 1, verifier.incidents.length);
    }
  } finally {
    progress.end();
  }
  return { events, position: String(verifier.position), incidents: verifier.incidents.length, revisions };
};

/** What the service cannot read of a damaged store, the store itself tells, by position. */
const explained = async (terminal: Terminal, error: unknown): Promise<unknown> => {
  if (error instanceof VerifyError) return failed(error.message, error);
  const damage = error instanceof CommandFailed && error.problem.status === 503 ? await findDamage(terminal.env) : null;
  return damage === null ? error : failed(damage, error);
};

export const addVerify = (program: Command, run: Runner, terminal: Terminal): void => {
  program
    .command('verify')
    .description('recompute hashes and tallies from the events alone; names the first event that does not hold')
    .option('--incident <slug>', 'of one incident only')
    .option('--file <file>', 'an export instead: its hashes, order and filings; no service is asked')
    .addHelpText('after', `\nNeeds the role auditor. A log of ${grouped(1_000_000)} events takes some minutes.`)
    .action(async ({ incident, file }: VerifyOptions, command: Command) => {
      try {
        if (file !== undefined) {
          const json = command.optsWithGlobals<{ json?: true }>().json === true;
          const verified = await verifyFile(terminal, file);
          terminal.out(json ? `${JSON.stringify(verified)}\n` : verifiedText(verified));
          return;
        }
        await run(command, async (session) => {
          showValue(session, await verifyService(session, incident), verifiedText);
        });
      } catch (error) {
        throw await explained(terminal, error);
      }
    });
};
