import { createHash } from 'node:crypto';
import { explainCell } from '../domain/tally/explain.js';
import type { CellExplained } from '../domain/tally/shapes.js';
import { rulesVersion } from '../domain/vocabulary.js';
import type { Position } from '../log/event-log.js';
import type { LoadedIncident } from './loaded-incident.js';

/*
 * Entity tags, all strong. A tally is a pure function of the events up to a position under one version of the rules, so
 * store, position and rules name it, and a variant tells methods, languages and moments apart. An incident's tag is
 * that of its last event. A cell's answer changes only where something touches the cell, and who is about to pin it
 * should not be sent back because another cell changed: its tag is a hash of the answer.
 */

/** Characters of a hash in a tag: 96 bits. */
const hashCharacters = 16;

const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, hashCharacters);

export const incidentTag = (epoch: string, position: Position | string): string => `"${epoch}-${position}"`;

/** @param variant what beside the position the answer depends on; the empty string for none */
export const tallyTag = (epoch: string, position: Position, variant: string, stale: boolean): string =>
  `"${epoch}-${position}-r${rulesVersion}${variant === '' ? '' : `-${shortHash(variant)}`}${stale ? '-stale' : ''}"`;

/** The tag of a cell under the incident's own method, in English: the one that a pin is held against. */
export const cellTag = (incident: LoadedIncident, cell: string): string | null => {
  const explained = explainCell(incident.ledger, cell);
  return explained === null ? null : tagOfCell(incident.epoch, explained);
};

export const tagOfCell = (epoch: string, own: CellExplained, variant?: CellExplained): string =>
  `"${epoch}-${shortHash(JSON.stringify(own))}${variant === undefined ? '' : `-${shortHash(JSON.stringify(variant))}`}"`;

/** What an If-Match header asks for: any version, or one of some. Weak tags match nothing (RFC 9110, 13.1.1). */
export const readIfMatch = (header: string): '*' | readonly string[] => {
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(W\/)?("[^"]*")/gu)].flatMap(([, weak, tag]) =>
    weak !== undefined || tag === undefined ? [] : [tag],
  );
};

/**
 * Whether a version of an incident may still be amended: since it nothing has changed the incident itself. Figures
 * filed meanwhile change the tally, and the tag with it, but they do not make an editor's amendment a race; in a
 * breaking event they would never let one through.
 */
export const mayAmend = (incident: LoadedIncident, header: string): boolean => {
  const wanted = readIfMatch(header);
  if (wanted === '*') return true;
  const { schemePosition, position, epoch } = incident;
  if (schemePosition === null) return false;
  return wanted.some((tag) => {
    const match = /^"(.*)-(\d{1,19})"$/su.exec(tag);
    if (match?.[1] !== epoch || match[2] === undefined) return false;
    const seen = BigInt(match[2]);
    return seen >= schemePosition && seen <= position;
  });
};

/** Whether a version of a cell is still the present one. The part that names a variant is not looked at. */
export const mayPin = (incident: LoadedIncident, cell: string, header: string): boolean => {
  const wanted = readIfMatch(header);
  // "Whatever it is now": the one way to pin a cell of which nothing has been reported, and which has no tag.
  if (wanted === '*') return true;
  const tag = cellTag(incident, cell);
  if (tag === null) return false;
  const own = tag.slice(0, -1);
  return wanted.some((each) => each === tag || each.startsWith(`${own}-`));
};
