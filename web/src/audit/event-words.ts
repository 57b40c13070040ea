import { cellName } from '../words/names.js';
import { kindInWords, reasonInWords } from '../words/sentences.js';
import type { NumberWords } from '../words/format-number.js';
import { kindOf, type CloudEvent } from './cloud-event.js';

type Members = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

/** The cell of a figure as it was filed, in the interface's own text. */
export function cellOf(figure: Members): string {
  const side = textOf(figure['side']);
  const who = side === '' ? textOf(figure['group']) : `side:${side}`;
  const breakdown = Object.entries(membersOf(figure['breakdown'])).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [textOf(figure['measure']), who, ...breakdown.map(([key, value]) => `${key}=${textOf(value)}`)].join('/');
}

/** A quantity as it was said: "at least 7", "12 to 30", "dozens". */
export function quantityInWords(quantity: Members, numbers: NumberWords): string {
  const count = (name: string): string => {
    const value = quantity[name];
    return typeof value === 'number' ? numbers.count(value) : '?';
  };
  switch (quantity['kind']) {
    case 'exactly':
      return count('value');
    case 'atLeast':
      return `at least ${count('value')}`;
    case 'moreThan':
      return `more than ${count('value')}`;
    case 'atMost':
      return `at most ${count('value')}`;
    case 'fewerThan':
      return `fewer than ${count('value')}`;
    case 'about':
      return `about ${count('value')}`;
    case 'between':
      return `${count('low')} to ${count('high')}`;
    case 'vague':
      return textOf(quantity['word']);
    default:
      return 'an unspecified number';
  }
}

const figureInWords = (figure: Members, locale: string, numbers: NumberWords): string =>
  `${cellName(cellOf(figure), locale)}: ${quantityInWords(membersOf(figure['quantity']), numbers)}`;

export const kinds: Readonly<Record<string, string>> = {
  IncidentOpened: 'Incident opened',
  IncidentAmended: 'Incident amended',
  IncidentClosed: 'Incident closed',
  ReportFiled: 'Report filed',
  FigureReported: 'Figure reported',
  FigureCorrected: 'Figure corrected',
  FigureRetracted: 'Figure retracted',
  AttributionDenied: 'Attribution denied',
  FigureReinstated: 'Figure reinstated',
  OriginsLinked: 'Origins linked',
  OriginsUnlinked: 'Origins unlinked',
  SpeakerGraded: 'Speaker graded',
  EstimatePinned: 'Estimate pinned',
  EstimateUnpinned: 'Estimate unpinned',
  RevisionExplained: 'Revision explained',
};

/** A kind that this page does not know goes by its own name: no event is left out. */
export const kindLabel = (kind: string): string => kinds[kind] ?? kind;

/** What an event says, in a line. */
export function eventInWords(event: CloudEvent, locale: string, numbers: NumberWords): string {
  const { data } = event;
  const reason = textOf(data['reason']);
  switch (kindOf(event)) {
    case 'IncidentOpened':
      return textOf(membersOf(data['scheme'])['title']);
    case 'IncidentAmended': {
      const changed = Object.keys(membersOf(data['changes']));
      return `${changed.length === 0 ? 'reopened' : changed.join(', ')}: ${reason}`;
    }
    case 'ReportFiled': {
      const attribution = Array.isArray(data['attribution']) ? data['attribution'].map(membersOf) : [];
      const chain = attribution.map((link) => textOf(link['name']));
      return `${textOf(data['outlet'])}${chain.length === 0 ? '' : ` (${chain.join(' → ')})`}`;
    }
    case 'FigureReported':
      return figureInWords(data, locale, numbers);
    case 'FigureCorrected':
      return `to ${figureInWords(membersOf(data['corrected']), locale, numbers)}: ${reason}`;
    case 'FigureRetracted':
      return `by ${textOf(data['by']) === 'speaker' ? 'its speaker' : `the ${textOf(data['by'])}`}: ${reason}`;
    case 'OriginsLinked': {
      const origins = Array.isArray(data['origins']) ? data['origins'].map(textOf) : [];
      return `${origins.join(' and ')}: ${reason}`;
    }
    case 'SpeakerGraded':
      return `${textOf(data['origin'])} is ${kindInWords(textOf(data['kind']))}: ${reason}`;
    case 'EstimatePinned': {
      const best = membersOf(data['best']);
      const interval = { low: Number(best['low'] ?? 0), high: typeof best['high'] === 'number' ? best['high'] : null };
      return `${cellName(textOf(data['cell']), locale)} at ${numbers.range(interval)}: ${reason}`;
    }
    case 'EstimateUnpinned':
      return `${cellName(textOf(data['cell']), locale)}: ${reason}`;
    case 'RevisionExplained':
      return `${cellName(textOf(data['cell']), locale)}: ${reasonInWords(reason)}${data['note'] === undefined ? '' : `, ${textOf(data['note'])}`}`;
    default:
      return reason;
  }
}
