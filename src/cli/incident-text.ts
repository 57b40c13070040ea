import { printable } from './printable.js';
import { tableText } from './table.js';
import type { IncidentOnWire } from '../projections/wire.js';
import type { IncidentListed } from './wire.js';

export const incidentsText = (incidents: readonly IncidentListed[], columnsMax: number | null): string =>
  incidents.length === 0
    ? 'No incidents.\n'
    : tableText(
        [{ title: 'SLUG' }, { title: 'FROM' }, { title: 'STATUS' }, { title: 'TITLE' }, { title: 'HEADLINE' }],
        incidents.map(({ slug, from, status, title, headline, headlineEstimate }) => [
          slug,
          from,
          status,
          title,
          `${headline}: ${headlineEstimate?.phrase ?? 'no figures yet'}`,
        ]),
        columnsMax,
      );

const groupText = (group: IncidentOnWire['groups'][number]): string =>
  'of' in group ? `${group.id} (of ${group.of.join(', ')})` : `${group.id} (${group.side})`;

export const incidentText = (incident: IncidentOnWire): string => {
  const { title, slug, place, from, to, home, status, position, method, lexicon, headline, groups } = incident;
  const lines = [
    `${title} (${slug}), ${status}`,
    `${place}, ${from}${to ? ` to ${to}` : ''}${home ? `, home country ${home}` : ''}`,
    `groups: ${groups.map(groupText).join('; ')}`,
    `method ${method}, lexicon ${lexicon}, headline ${headline}`,
    `position ${position}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
};
