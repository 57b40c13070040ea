import { randomUUID } from 'node:crypto';
import type { EventLog } from '../log/event-log.js';
import { FeedHub } from '../projections/feed-hub.js';
import { IncidentCache } from '../projections/incident-cache.js';
import { IncidentList } from '../projections/incident-list.js';
import { IncidentReader } from '../projections/incident-reader.js';
import type { Notice } from '../projections/notice.js';
import { Projector } from '../projections/projector.js';
import { FilingDesk } from './filing-desk.js';
import { KeyDesk } from './key-desk.js';
import { keysStream } from './key-events.js';

export interface TollbookOptions {
  readonly log: EventLog;
  /** Where the read models are kept. All of it can be made again from the log. */
  readonly viewsDirectory: string;
  readonly clock?: () => Date;
  readonly newUuid?: () => string;
  /** From 0 to 1; spreads retries and reconnects. */
  readonly random?: () => number;
  readonly incidentsLoadedMax?: number;
  /** Filings of one incident kept for feeds that resume. */
  readonly framesKeptMax?: number;
  readonly heartbeatMs?: number;
  readonly unsentBytesMax?: number;
  readonly reconnectSpreadMs?: number;
  readonly onNotice?: (notice: Notice) => void;
}

export interface Tollbook {
  readonly desk: FilingDesk;
  readonly keys: KeyDesk;
  readonly reader: IncidentReader;
  readonly hub: FeedHub;
  readonly projector: Projector;
  /** Lets the feeds go, finishes the filings under way, writes the list. The log is closed by who opened it, after. */
  close(): Promise<void>;
}

/**
 * Puts the parts together on a log. Resolves once filings are taken and feeds follow; the incident list may still be
 * catching up (`projector.caughtUp`).
 * @throws LogUnavailableError, LogRefusedError
 */
export const openTollbook = async (options: TollbookOptions): Promise<Tollbook> => {
  const { log, viewsDirectory } = options;
  const clock = options.clock ?? (() => new Date());
  const newUuid = options.newUuid ?? randomUUID;
  const random = options.random ?? Math.random;
  const onNotice = options.onNotice ?? (() => undefined);
  const given = <K extends keyof TollbookOptions>(key: K): Pick<TollbookOptions, K> | object =>
    options[key] === undefined ? {} : { [key]: options[key] };

  const keys = await KeyDesk.open({ log, clock, newUuid, random });
  const cache = new IncidentCache({
    log,
    ...(options.incidentsLoadedMax === undefined ? {} : { incidentsMax: options.incidentsLoadedMax }),
    ...(options.framesKeptMax === undefined ? {} : { framesMax: options.framesKeptMax }),
  });
  const list = new IncidentList({
    directory: viewsDirectory,
    onDiscarded: (reason) =>
      onNotice({ level: 'warn', message: `The read models are made anew from the log: ${reason}` }),
  });
  const hub: FeedHub = new FeedHub({
    cache,
    head: () => log.head(),
    slugsAfter: (position, timeoutMs) => projector.slugsAfter(position, timeoutMs),
    random,
    onError: (error) => onNotice({ level: 'warn', message: 'A feed had to end', error }),
    ...given('heartbeatMs'),
    ...given('unsentBytesMax'),
    ...given('reconnectSpreadMs'),
  });
  const projector: Projector = new Projector({
    log,
    cache,
    list,
    hub,
    clock,
    random,
    onNotice,
    // Keys made or revoked by another instance count here as soon as the log tells of them.
    onOther: (event) => {
      if (event.stream === keysStream) keys.apply(event);
    },
  });
  const reader = new IncidentReader({ log, cache, list, projector });
  const desk = new FilingDesk({ log, incidents: cache, clock, newUuid, random });
  try {
    await projector.start();
  } catch (error) {
    await hub.drain();
    await projector.close();
    throw error;
  }
  return {
    desk,
    keys,
    reader,
    hub,
    projector,
    close: async () => {
      await hub.drain();
      await desk.close();
      await projector.close();
    },
  };
};
