import type { Command } from 'commander';
import { pathOf } from '../call.js';
import { accepted } from '../failure.js';
import { incidentText, incidentsText } from '../incident-text.js';
import { keyFromContent, readInput } from '../input.js';
import { wholeList } from '../pages.js';
import { type Runner, type Session, show, showValue } from '../session.js';
import { isIncident, isIncidentPage } from '../wire.js';

/** An amendment answers to what stands: the ETag given, or that of the incident as it is now. */
const amend = async (session: Session, slug: string, patch: unknown, ifMatch: string | undefined): Promise<void> => {
  const path = pathOf(['incidents', slug]);
  const tag = ifMatch ?? accepted(await session.call('GET', path)).headers['etag'] ?? '';
  const answer = accepted(await session.call('PATCH', path, patch, { 'if-match': tag }));
  show(session, answer, isIncident, incidentText);
};

const addReading = (incident: Command, run: Runner): void => {
  incident
    .command('list')
    .description('list incidents with their headlines')
    .option('--q <text>', 'only those whose slug, title or place has this text')
    .action(async (options: { readonly q?: string }, command: Command) => {
      await run(command, async (session) => {
        const page = await wholeList(session.call, ['incidents'], isIncidentPage, { q: options.q });
        showValue(session, page, ({ data }) => incidentsText(data, session.terminal.columns));
      });
    });
  incident
    .command('show')
    .description('show an incident and the scheme by which its figures are counted')
    .argument('<slug>', 'the incident')
    .action(async (slug: string, _options: object, command: Command) => {
      await run(command, async (session) => {
        const answer = accepted(await session.call('GET', pathOf(['incidents', slug])));
        show(session, answer, isIncident, incidentText);
      });
    });
};

const addStatus = (
  incident: Command,
  run: Runner,
  name: string,
  status: 'open' | 'closed',
  description: string,
): void => {
  incident
    .command(name)
    .description(description)
    .argument('<slug>', 'the incident')
    .requiredOption('--reason <text>', 'why')
    .option('--if-match <etag>', 'only if the incident is as it was then')
    .action(async (slug: string, options: { readonly reason: string; readonly ifMatch?: string }, command: Command) => {
      await run(command, (session) => amend(session, slug, { status, reason: options.reason }, options.ifMatch));
    });
};

export const addIncident = (program: Command, run: Runner): void => {
  const incident = program.command('incident').description('open, list, show, amend and close incidents');
  incident
    .command('open')
    .description('open an incident')
    .argument('<file>', 'the incident with its scheme, as JSON; - for standard input')
    .option('--idempotency-key <key>', 'by default made from what the file says')
    .action(async (file: string, options: { readonly idempotencyKey?: string }, command: Command) => {
      await run(command, async (session) => {
        const body = await readInput(session.terminal, file);
        const headers = { 'idempotency-key': options.idempotencyKey ?? keyFromContent(body) };
        const answer = accepted(await session.call('POST', pathOf(['incidents']), body, headers));
        show(session, answer, isIncident, incidentText);
      });
    });
  addReading(incident, run);
  incident
    .command('amend')
    .description('amend an incident by a merge patch that says its reason')
    .argument('<slug>', 'the incident')
    .argument('<file>', 'the patch as JSON; - for standard input')
    .option('--if-match <etag>', 'only if the incident is as it was then')
    .action(async (slug: string, file: string, options: { readonly ifMatch?: string }, command: Command) => {
      await run(command, async (session) => {
        await amend(session, slug, await readInput(session.terminal, file), options.ifMatch);
      });
    });
  addStatus(incident, run, 'close', 'closed', 'close an incident: it takes no reports until reopened');
  addStatus(incident, run, 'reopen', 'open', 'reopen a closed incident');
};
