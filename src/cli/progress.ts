import { grouped } from './numbers.js';
import type { Terminal } from './terminal.js';

export interface Progress {
  readonly step: (done: number, all?: number) => void;
  readonly end: () => void;
}

/** One line on standard error that is written over as the work goes on; nothing where no person reads it. */
export const progressOn = (terminal: Terminal, what: string): Progress => {
  if (!terminal.errIsTerminal) return { step: () => {}, end: () => {} };
  let shown = false;
  return {
    step: (done, all) => {
      shown = true;
      terminal.err(`\r${what}: ${grouped(done)}${all === undefined ? '' : ` of ${grouped(all)}`}`);
    },
    end: () => {
      // Erases the line: what follows says how it ended.
      if (shown) terminal.err('\r\u001b[2K');
    },
  };
};
