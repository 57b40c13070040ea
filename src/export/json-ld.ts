import { parseCell, sidePrefix } from '../domain/cell.js';
import type { Estimate } from '../domain/tally/shapes.js';
import type { IncidentOnWire, TallyOnWire } from '../projections/wire.js';

/** The tally as schema.org Observations about the incident, in a Dataset that says by which method and of which position. */
export function jsonLdOf(incident: IncidentOnWire, tally: TallyOnWire): object {
  const id = `/incidents/${incident.slug}`;
  const event = `${id}#event`;
  return {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'Event',
        '@id': event,
        name: incident.title,
        location: { '@type': 'Place', name: incident.place },
        startDate: incident.from,
        ...(incident.to === null ? {} : { endDate: incident.to }),
      },
      {
        '@type': 'Dataset',
        '@id': id,
        name: incident.title,
        description: `Reported figures of ${incident.title}, as they come to by ${tally.method}.`,
        about: { '@id': event },
        version: `${tally.epoch}:${tally.position}`,
        measurementTechnique: tally.method,
        hasPart: tally.cells.map(({ cell }) => ({ '@id': observationId(id, cell) })),
      },
      ...tally.cells.map((estimate) => observationOf(estimate, { id, event, method: tally.method })),
    ],
  };
}

const observationId = (incident: string, cell: string): string => `${incident}#${encodeURIComponent(cell)}`;

interface About {
  readonly id: string;
  readonly event: string;
  readonly method: string;
}

function observationOf(estimate: Estimate, { id, event, method }: About): object {
  const { cell, best, asOf, phrase, status, hedged } = estimate;
  const parts = parseCell(cell);
  const who = parts?.who ?? '';
  return {
    '@type': 'Observation',
    '@id': observationId(id, cell),
    observationAbout: { '@id': event },
    variableMeasured: cell,
    measuredProperty: parts?.measure ?? cell,
    measurementQualifier: [
      who.startsWith(sidePrefix) ? `side: ${who.slice(sidePrefix.length)}` : `group: ${who}`,
      ...(parts?.breakdown ?? []).map(([key, value]) => `${key}: ${value}`),
      `status: ${status}`,
      ...(hedged ? ['hedged'] : []),
    ].join('; '),
    measurementMethod: method,
    unitText: 'people',
    // An open end, and an estimate that there is none of, are left out rather than given a number that nobody said.
    ...(best === null ? {} : { minValue: best.low }),
    ...(best === null || best.high === null ? {} : { maxValue: best.high }),
    ...(best === null || best.point === null ? {} : { value: best.point }),
    ...(asOf === null ? {} : { observationDate: asOf }),
    description: phrase,
  };
}
