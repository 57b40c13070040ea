import { Option, type Command } from 'commander';
import { pathOf } from '../call.js';
import { accepted } from '../failure.js';
import { timeText } from '../numbers.js';
import { wholeList } from '../pages.js';
import { type Runner, show, showValue } from '../session.js';
import { tableText } from '../table.js';
import { isKeyMade, isKeyPage, type Key } from '../wire.js';

const roles = ['admin', 'editor', 'desk', 'reader', 'auditor'];

interface CreateOptions {
  readonly role: string;
  readonly desk?: string;
  readonly person?: string;
  readonly expiresAt?: string;
}

const keysText = (keys: readonly Key[], columnsMax: number | null): string =>
  keys.length === 0
    ? 'No keys: the service serves this machine only, and lets it do everything.\n'
    : tableText(
        [
          { title: 'ID' },
          { title: 'ROLE' },
          { title: 'DESK' },
          { title: 'PERSON' },
          { title: 'EXPIRES' },
          { title: 'REVOKED' },
        ],
        keys.map((key) => [
          key.id,
          key.role,
          key.desk ?? '–',
          key.person ?? '–',
          timeText(key.expiresAt),
          timeText(key.revokedAt ?? null),
        ]),
        columnsMax,
      );

const addCreate = (keys: Command, run: Runner): void => {
  keys
    .command('create')
    .description('make a key; its secret is shown once and kept nowhere')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--desk <desk>', 'the desk that files with it; needed for the roles desk and editor')
    .option('--person <name>', 'the person, where a key is one person’s')
    .option('--expires-at <time>', 'when it ends, RFC 3339')
    .action(async ({ role, desk, person, expiresAt }: CreateOptions, command: Command) => {
      await run(command, async (session) => {
        const answer = accepted(await session.call('POST', pathOf(['keys']), { role, desk, person, expiresAt }));
        show(session, answer, isKeyMade, ({ id, secret }) => {
          session.terminal.err(`Key ${id} made. Keep the secret now: it is not shown again.\n`);
          return `${secret}\n`;
        });
      });
    });
};

export const addKeys = (program: Command, run: Runner): void => {
  const keys = program.command('keys').description('make, list and revoke the keys that desks and readers use');
  addCreate(keys, run);
  keys
    .command('list')
    .description('list keys, without their secrets')
    .action(async (_options: object, command: Command) => {
      await run(command, async (session) => {
        const page = await wholeList(session.call, ['keys'], isKeyPage);
        showValue(session, page, ({ data }) => keysText(data, session.terminal.columns));
      });
    });
  keys
    .command('revoke')
    .description('end a key at once')
    .argument('<id>', 'the key')
    .action(async (id: string, _options: object, command: Command) => {
      await run(command, async (session) => {
        const answer = accepted(await session.call('DELETE', pathOf(['keys', id])));
        session.terminal.out(session.json ? `${answer.text.trimEnd()}\n` : `Key ${id} revoked.\n`);
      });
    });
};
