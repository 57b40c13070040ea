import type { RetractionBody } from '../commands.js';
import type { IncidentEvent } from '../events.js';
import type { FigureRecord, IncidentState, WithdrawalRecord } from '../incident-state.js';
import type { FieldError } from '../refusal.js';
import type { Scheme } from '../schema/incident.js';
import { toInstant } from '../schema/time.js';
import { joinOrigins } from '../tally/origins.js';
import { publishedMsOf, ReadingDesk, saidMsOf } from '../tally/readings.js';
import { withdrawnOf, type Withdrawn } from '../tally/withdrawals.js';
import { given, type Filing } from './decision.js';
import { checkNotAfter, resolvedMs } from './time-rules.js';

/** Said-at of a figure as it stands, epoch ms. */
const saidMsOfFigure = ({ current, report }: FigureRecord): number =>
  saidMsOf(current.statedAt ?? report.statedAt, publishedMsOf(report));

/** What is wrong with the time of a retraction, for all the figures that it takes. */
export const checkRetraction = (
  { by, statedAt }: RetractionBody,
  figures: readonly FigureRecord[],
  filing: Filing,
): FieldError[] => {
  const pointer = '/statedAt';
  if (by !== 'speaker')
    return statedAt === undefined
      ? []
      : [{ pointer, rule: 'only by the speaker', detail: 'A time belongs to a retraction by the speaker.' }];
  if (statedAt === undefined)
    return [
      {
        pointer,
        rule: 'required',
        detail: 'When did the speaker take it back? A retraction by the speaker needs statedAt.',
      },
    ];
  const late = checkNotAfter(statedAt, filing.recordedMs, pointer, 'not after the filing', 'the filing');
  if (late.length > 0) return late;
  const retractedMs = resolvedMs(statedAt, filing.recordedMs);
  return figures
    .filter((figure) => retractedMs < saidMsOfFigure(figure))
    .map((figure) => ({
      pointer,
      rule: 'not before it was said',
      detail: `${statedAt} is before figure ${figure.id} was said, ${toInstant(saidMsOfFigure(figure))}.`,
    }));
};

/** Whether the same withdrawal of this figure is in force already. */
export const isRetracted = (figure: FigureRecord, { by, statedAt }: RetractionBody): boolean =>
  hasWithdrawal(figure, by, statedAt);

export const hasWithdrawal = (
  figure: FigureRecord,
  kind: WithdrawalRecord['kind'],
  statedAt: string | undefined,
): boolean => figure.withdrawals.some((withdrawal) => withdrawal.kind === kind && withdrawal.statedAt === statedAt);

export const retractionOf = (figure: FigureRecord, { by, statedAt, reason }: RetractionBody): IncidentEvent => ({
  type: 'FigureRetracted',
  data: given({ figure: figure.id, by, statedAt, reason }),
});

/** The withdrawal of another figure that takes this one too (a denial, a speaker's retraction); `null`: none. */
export const takenBy = (state: IncidentState, scheme: Scheme, figure: FigureRecord): Withdrawn | null => {
  const desk = new ReadingDesk(state, scheme.lexicon);
  const readings = [...state.figures.values()].map((record) => desk.read(record));
  const own = readings.find((reading) => reading.id === figure.id);
  if (own === undefined) return null;
  const origins = joinOrigins(
    state.links,
    readings.map((reading) => reading.name),
  );
  const statements = readings.filter(
    (reading) => reading.cell === own.cell && origins.of(reading.name) === origins.of(own.name),
  );
  return withdrawnOf(statements).get(figure.id) ?? null;
};
