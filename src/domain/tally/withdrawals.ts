import type { WithdrawalRecord } from '../incident-state.js';
import { latestMs } from '../schema/time.js';
import { numberSaid } from './interval.js';
import type { Reading } from './readings.js';

/** Which withdrawal takes a figure, and on which figure it was filed. */
export interface Withdrawn {
  readonly by: WithdrawalRecord;
  readonly on: string;
}

/** What makes figures of one origin and cell one statement: said of the same thing on the same basis at once. */
export const statementKey = (reading: Reading): string =>
  `${reading.saidMs}|${reading.basis}|${reading.of.toSorted().join(',')}`;

/** Epoch ms up to which a speaker takes back what it said: a plain date's last moment, never after the filing. */
export const retractedUpToMs = (withdrawal: Pick<WithdrawalRecord, 'statedAt' | 'recordedAt'>): number =>
  withdrawal.statedAt === undefined
    ? Date.parse(withdrawal.recordedAt)
    : Math.min(latestMs(withdrawal.statedAt), Date.parse(withdrawal.recordedAt));

export const nothingWithdrawn: ReadonlyMap<string, Withdrawn> = new Map();

/**
 * Which figures of one origin in one cell are withdrawn. A retraction by desk or outlet takes the figure alone. A
 * denial takes every relay of its statement and whatever else the origin said with the same number, a speaker's
 * retraction all that it said up to then: late filings included.
 */
export const withdrawnOf = (readings: readonly Reading[]): ReadonlyMap<string, Withdrawn> => {
  if (readings.every((reading) => reading.record.withdrawals.length === 0)) return nothingWithdrawn;
  const taken = new Map<string, Withdrawn>();
  const take = (id: string, withdrawn: Withdrawn): void => {
    if (!taken.has(id)) taken.set(id, withdrawn);
  };
  for (const reading of readings)
    for (const by of reading.record.withdrawals) {
      const withdrawn = { by, on: reading.id };
      take(reading.id, withdrawn);
      if (by.kind === 'denied') {
        const key = statementKey(reading);
        const number = numberSaid(reading.record.current.quantity);
        for (const other of readings)
          if (statementKey(other) === key || (number !== null && numberSaid(other.record.current.quantity) === number))
            take(other.id, withdrawn);
      } else if (by.kind === 'speaker') {
        const upToMs = retractedUpToMs(by);
        for (const other of readings) if (other.saidMs <= upToMs) take(other.id, withdrawn);
      }
    }
  return taken;
};
