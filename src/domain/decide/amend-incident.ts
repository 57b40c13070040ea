import { cellOf, cellText, parseCell } from '../cell.js';
import type { IncidentEvent } from '../events.js';
import type { IncidentState } from '../incident-state.js';
import type { FieldError } from '../refusal.js';
import type { IncidentAsOpened, IncidentPatch, Scheme } from '../schema/incident.js';
import { checkCell, checkScheme, normaliseScheme } from '../scheme-rules.js';
import { events, given, refuseFor, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';

const figuresNamedMax = 10;

/**
 * Amends, closes and reopens. A merge patch (RFC 7396): a member that is given replaces the whole member, null puts its
 * default back. The scheme of a closed incident may still be amended: closing ends reports, not editing.
 */
export const amendIncident = ({ state, scheme }: Incident, { patch }: CommandOf<'amendIncident'>): Draft => {
  const merged = merge(scheme, patch);
  const errors = checkScheme(merged);
  if (errors.length > 0) return refuseFor('invalid-incident', 'The amended incident', errors);
  const amended = normaliseScheme(merged);
  const changes = changesOf(scheme, amended);
  const undeclared = changes === null ? [] : checkFigures(state, amended, patch);
  if (undeclared.length > 0) return refuseFor('invalid-incident', 'The amended incident', undeclared);
  const { status, reason } = patch;
  const reopened = status === 'open' && state.status === 'closed';
  const closed = status === 'closed' && state.status === 'open';
  const list: IncidentEvent[] = [];
  if (changes !== null || reopened)
    list.push({
      type: 'IncidentAmended',
      data: given({ changes: changes ?? {}, reopened: reopened ? true : undefined, reason }) as {
        changes: Partial<Scheme>;
        reason: string;
      },
    });
  if (closed) list.push({ type: 'IncidentClosed', data: { reason } });
  return list.length === 0 ? unchanged() : events(list);
};

const merge = (scheme: Scheme, patch: IncidentPatch): Omit<IncidentAsOpened, 'slug'> => ({
  title: patch.title ?? scheme.title,
  place: patch.place ?? scheme.place,
  from: patch.from ?? scheme.from,
  groups: patch.groups ?? [...scheme.groups],
  to: patched(patch.to, scheme.to),
  home: patched(patch.home, scheme.home),
  // Null becomes undefined: absent, and so the default.
  method: patched(patch.method, scheme.method) ?? undefined,
  lexicon: patched(patch.lexicon, scheme.lexicon) ?? undefined,
  headline: patched(patch.headline, scheme.headline) ?? undefined,
  measures: patched(patch.measures, [...scheme.measures]) ?? undefined,
  breakdowns: patched(patch.breakdowns, [...scheme.breakdowns]) ?? undefined,
});

const patched = <T>(value: T | null | undefined, before: T | null): T | null => (value === undefined ? before : value);

/** The members that differ, each whole; `null` where none does. */
const changesOf = (before: Scheme, after: Scheme): Partial<Scheme> | null => {
  const names = Object.keys(after) as (keyof Scheme)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return changed.length === 0 ? null : Object.fromEntries(changed.map((name) => [name, after[name]]));
};

/**
 * Every figure, withdrawn ones too since they may be reinstated, and every pin has to keep a cell of the incident: what
 * would be in no cell would silently be in no tally.
 */
const checkFigures = (state: IncidentState, amended: Scheme, patch: IncidentPatch): FieldError[] => {
  const figuresByCell = new Map<string, string[]>();
  for (const { id, current } of state.figures.values()) {
    const cell = cellText(cellOf(current));
    const ids = figuresByCell.get(cell);
    if (ids === undefined) figuresByCell.set(cell, [id]);
    else ids.push(id);
  }
  const errors: FieldError[] = [];
  const check = (cell: string, who: string, rule: string): void => {
    const parsed = parseCell(cell);
    if (parsed === null) return;
    const [wrong] = checkCell(amended, parsed);
    if (wrong !== undefined)
      errors.push({ pointer: memberBehind(wrong.pointer, patch), rule, detail: `${who} ${cell}. ${wrong.detail}` });
  };
  for (const [cell, ids] of figuresByCell) {
    const named = ids.slice(0, figuresNamedMax).join(', ');
    const more = ids.length > figuresNamedMax ? ` and ${ids.length - figuresNamedMax} more` : '';
    check(
      cell,
      `${ids.length === 1 ? 'Figure' : 'Figures'} ${named}${more} would be left without their cell`,
      'figures keep their cells',
    );
  }
  for (const cell of state.pins.keys()) check(cell, 'A pin would be left without its cell', 'pins keep their cells');
  return errors;
};

/** The member of the patch that takes a cell away. */
const memberBehind = (pointer: string, patch: IncidentPatch): string => {
  if (pointer === '/measure') return '/measures';
  if (pointer === '/group' || pointer === '/side') return '/groups';
  return pointer === '/breakdown/nationality' && patch.home !== undefined ? '/home' : '/breakdowns';
};
