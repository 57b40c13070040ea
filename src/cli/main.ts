#!/usr/bin/env node
import { exitCodes, runCommandLine } from './program.js';
import { processTerminal } from './terminal.js';

// `tollbook tally … | head` closes the pipe early: that is no failure, and there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  // A full disk, most likely. What the command did is done all the same; its answer is what was lost.
  process.stderr.write(`The output cannot be written: ${error.message}.\n`);
  process.exit(exitCodes.failed);
});

const code = await runCommandLine(process.argv.slice(2), processTerminal());
// `serve` returns while the service runs, or has failed to: the code that it set stays.
if (code !== exitCodes.done) process.exitCode = code;
