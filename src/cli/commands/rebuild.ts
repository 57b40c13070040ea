import type { Command } from 'commander';
import { pathOf, type Call } from '../call.js';
import { accepted } from '../failure.js';
import { counted } from '../numbers.js';
import { progressOn, type Progress } from '../progress.js';
import { show, type Runner } from '../session.js';
import { isHealth } from '../wire.js';

/** How often a rebuild's progress is asked for, in ms. */
const lookMs = 500;
/** A log of many million events is read in this time, in ms; fetch gives up then, too. */
const rebuildMsMax = 300_000;

const gauge = (metrics: string, name: string): number | null => {
  const value = new RegExp(`^${name} (?<value>\\S+)$`, 'mu').exec(metrics)?.groups?.['value'];
  return value === undefined ? null : Number(value);
};

/** Shows how far the rebuild has come until it is told to end. */
const follow = (call: Call, progress: Progress): (() => void) => {
  const timer = setInterval(() => {
    void call('GET', '/metrics').then(
      ({ text }) => {
        const reached = gauge(text, 'tollbook_rebuild_position');
        const all = gauge(text, 'tollbook_log_appended_to');
        if (reached !== null && all !== null && reached > 0) progress.step(reached, all);
      },
      // The rebuild's own answer says what is wrong.
      () => undefined,
    );
  }, lookMs);
  return () => {
    clearInterval(timer);
    progress.end();
  };
};

export const addRebuild = (program: Command, run: Runner): void => {
  program
    .command('rebuild')
    .description('make the read models anew from the first event on, beside the old ones; readers notice nothing')
    .action(async (_options: object, command: Command) => {
      await run(command, async (session) => {
        const { terminal, call } = session;
        const end = terminal.errIsTerminal ? follow(call, progressOn(terminal, 'Positions read')) : () => undefined;
        try {
          const answer = accepted(await call('POST', pathOf(['admin', 'rebuild']), undefined, undefined, rebuildMsMax));
          end();
          show(session, answer, isHealth, ({ projectedTo, poisoned }) =>
            [
              `The list of incidents was made anew, up to position ${projectedTo}.\n`,
              poisoned.length === 0
                ? ''
                : `${counted(poisoned.length, 'incident')} set aside: see tollbook poisoned list.\n`,
            ].join(''),
          );
        } finally {
          end();
        }
      });
    });
};
