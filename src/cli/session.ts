import type { Command } from 'commander';
import type { Answer, Call } from './call.js';
import { bodyOf } from './failure.js';
import type { Terminal } from './terminal.js';
import type { Guard } from './wire.js';

/** What a command works with while it runs. */
export interface Session {
  readonly terminal: Terminal;
  readonly call: Call;
  /** `--json`: answers as the service gave them, and nothing else on standard output. */
  readonly json: boolean;
}

/** Runs a command's work with a connection that is closed after it, whatever came. */
export type Runner = (command: Command, work: (session: Session) => Promise<void>) => Promise<void>;

/** Shows an answer: its own text under `--json`, else what `text` makes of its body. */
export const show = <Body>(
  { terminal, json }: Session,
  answer: Answer,
  isBody: Guard<Body>,
  text: (body: Body) => string,
): void => {
  terminal.out(json ? `${answer.text.trimEnd()}\n` : text(bodyOf(answer, isBody)));
};

/** The same for what is put together from several answers. */
export const showValue = <Value>({ terminal, json }: Session, value: Value, text: (value: Value) => string): void => {
  terminal.out(json ? `${JSON.stringify(value)}\n` : text(value));
};
