import type { Command } from 'commander';
import { pathOf } from '../call.js';
import { accepted, bodyOf, failed } from '../failure.js';
import { show, showValue, type Runner } from '../session.js';
import { tableText } from '../table.js';
import { isHealth, isRetried } from '../wire.js';

export const addPoisoned = (program: Command, run: Runner): void => {
  const poisoned = program.command('poisoned').description('list incidents that are set aside, and take them up again');
  poisoned
    .command('list')
    .description('list incidents with an event that cannot be read: where it is, and why')
    .action(async (_options: object, command: Command) => {
      await run(command, async (session) => {
        // Health is told whatever it is: 503 with the same body where the service cannot serve.
        const health = bodyOf(await session.call('GET', '/health/ready'), isHealth);
        showValue(session, { data: health.poisoned }, ({ data }) =>
          data.length === 0
            ? 'No incident is set aside.\n'
            : tableText(
                [{ title: 'INCIDENT' }, { title: 'POSITION', align: 'right' }, { title: 'WHY' }],
                data.map(({ incident, position, error }) => [incident, position, error]),
                session.terminal.columns,
              ),
        );
      });
    });
  poisoned
    .command('retry')
    .description('read an incident again that was set aside, as after an upgrade or a repair')
    .argument('<slug>', 'the incident')
    .action(async (slug: string, _options: object, command: Command) => {
      await run(command, async (session) => {
        const answer = accepted(await session.call('POST', pathOf(['admin', 'poisoned', slug, 'retry'])));
        const { result, position, error } = bodyOf(answer, isRetried);
        if (result === 'stillPoisoned')
          throw failed(
            `Incident ${slug} stands still as before: its event at position ${position ?? '?'} cannot be read (${error ?? 'unknown'}). Upgrade to the version that wrote it`,
          );
        show(session, answer, isRetried, () =>
          result === 'recovered' ? `Incident ${slug} goes on.\n` : `Incident ${slug} is not set aside.\n`,
        );
      });
    });
};
