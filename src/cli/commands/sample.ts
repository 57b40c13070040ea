import type { Command } from 'commander';
import { jsonOf } from '../call.js';
import { accepted } from '../failure.js';
import { counted } from '../numbers.js';
import { progressOn } from '../progress.js';
import { fileSample, type SampleFiled } from '../sample.js';
import { type Runner, showValue } from '../session.js';

const sampleText = ({ incident, reports, figures, repeated, position }: SampleFiled): string => {
  const what = `${counted(reports, 'report')} with ${counted(figures, 'figure')}`;
  if (repeated === reports) return `${incident} is there already: ${what}, nothing filed again.\n`;
  const before = repeated === 0 ? '' : ` (${repeated} of them before)`;
  return `Filed ${incident}: ${what}${before}, up to position ${position}.\n`;
};

export const addSample = (program: Command, run: Runner): void => {
  program
    .command('sample')
    .description('file the sample incident, In Amenas 2013, as it was reported; again changes nothing')
    .action(async (_options: object, command: Command) => {
      await run(command, async (session) => {
        const progress = progressOn(session.terminal, 'Filing the sample');
        try {
          const filed = await fileSample(async (...request) => {
            const answer = accepted(await session.call(...request));
            return { ...answer, body: jsonOf(answer.text) };
          }, progress.step);
          progress.end();
          showValue(session, filed, sampleText);
        } finally {
          progress.end();
        }
      });
    });
};
