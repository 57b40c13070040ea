import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { incidentFeedPath, incidentPath, revisionsPath, tallyPath } from '../api/paths.js';
import { getJson, RequestError, unreachable, type Asking } from '../api/request.js';
import type { Frame, Incident, Page, Problem, Revision, Tally } from '../api/shapes.js';
import { useFeed, type Connection } from '../feed/use-feed.js';
import type { FeedMessage } from '../feed/feed-client.js';
import { applyFrame, mergeRevisions } from '../tally/apply-frame.js';
import { joinHistory, type History } from '../tally/join-history.js';

const revisionsPageSize = 50;
/** Most pages of a thousand that the chart of one cell reads. */
const chartPagesMax = 5;
const tryAgainMs = 5000;
/** How long a change stays marked. */
const markedMs = 8000;

export interface IncidentUse {
  readonly incident: Incident | null;
  readonly tally: Tally | null;
  readonly history: History | null;
  /** All revisions of the headline cell, for the chart. */
  readonly headline: readonly Revision[] | null;
  readonly problem: Problem | null;
  readonly connection: Connection;
  readonly readAgain: () => void;
  readonly loadEarlier: () => void;
  /** Cells that have just changed. */
  readonly changed: ReadonlySet<string>;
  /** The latest filing seen live, to be read out. */
  readonly latest: Frame | null;
}

/** Frames that may have changed the incident itself: none of its estimates, or all of them for its scheme's sake. */
const touchesScheme = (frame: Frame): boolean =>
  frame.revisions.length === 0 ||
  frame.method !== undefined ||
  frame.lexicon !== undefined ||
  frame.revisions.some((revision) => revision.reason === 'schemeAmended');

async function readHeadline(slug: string, cell: string, asking: Asking): Promise<readonly Revision[]> {
  const all: Revision[] = [];
  let after: string | null = null;
  for (let page = 0; page < chartPagesMax; page += 1) {
    const path = revisionsPath(slug, { cell, order: 'asc', limit: 1000, after });
    const answer: Page<Revision> = await getJson<Page<Revision>>(path, asking);
    all.push(...answer.data);
    if (!answer.hasMore) break;
    after = answer.next;
  }
  return all;
}

/** One incident, its tally and its history, kept current by the feed. */
export function useIncident(slug: string): IncidentUse {
  const { key } = useAccess();
  const [incident, setIncident] = useState<Incident | null>(null);
  const [tally, setTally] = useState<Tally | null>(null);
  const [history, setHistory] = useState<History | null>(null);
  const [headline, setHeadline] = useState<readonly Revision[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [latest, setLatest] = useState<Frame | null>(null);
  const [turn, setTurn] = useState(0);
  const [historyTurn, setHistoryTurn] = useState(0);
  const current = useRef<Tally | null>(null);

  const readAgain = useCallback(() => {
    setTurn((value) => value + 1);
  }, []);
  const fail = useCallback((error: unknown) => {
    setProblem(error instanceof RequestError ? error.problem : unreachable);
  }, []);

  useEffect(() => {
    const asking = new AbortController();
    const asked: Asking = { key, signal: asking.signal };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      try {
        const [anIncident, aTally] = await Promise.all([
          getJson<Incident>(incidentPath(slug), asked),
          getJson<Tally>(tallyPath(slug), asked),
        ]);
        setProblem(null);
        setIncident(anIncident);
        current.current = aTally;
        setTally(aTally);
        setHistoryTurn((value) => value + 1);
      } catch (error) {
        if (asking.signal.aborted) return;
        fail(error);
        const status = error instanceof RequestError ? error.problem.status : 0;
        if (status === 0 || status >= 500) timer = setTimeout(readAgain, tryAgainMs);
      }
    };
    void read();
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [slug, key, turn, fail, readAgain]);

  const headlineCell = incident?.headline ?? null;

  // After the tally, so that what happens between the two comes over the feed and is not missed.
  useEffect(() => {
    if (historyTurn === 0 || headlineCell === null) return undefined;
    const asking = new AbortController();
    const asked: Asking = { key, signal: asking.signal };
    const read = async (): Promise<void> => {
      try {
        const path = revisionsPath(slug, { order: 'desc', limit: revisionsPageSize });
        const [page, ofHeadline] = await Promise.all([
          getJson<Page<Revision>>(path, asked),
          readHeadline(slug, headlineCell, asked),
        ]);
        const newest = { revisions: page.data, next: page.hasMore ? page.next : null };
        setHistory((known) => joinHistory(newest, known));
        setHeadline((known) => {
          const whole = { revisions: mergeRevisions([], ofHeadline), next: null };
          return joinHistory(whole, known === null ? null : { revisions: known, next: null }).revisions;
        });
      } catch (error) {
        if (!asking.signal.aborted) fail(error);
      }
    };
    void read();
    return () => {
      asking.abort();
    };
  }, [slug, key, historyTurn, headlineCell, fail]);

  const take = (message: FeedMessage): void => {
    if (message.kind === 'reset') return;
    if (message.kind === 'snapshot') {
      current.current = message.tally;
      setTally(message.tally);
      setHistoryTurn((value) => value + 1);
      readIncident();
      return;
    }
    const { frame } = message;
    if (current.current === null) return;
    const next = applyFrame(current.current, frame);
    if (next === current.current) return;
    current.current = next;
    setTally(next);
    setLatest(frame);
    setHistory((known) => known && { ...known, revisions: mergeRevisions(known.revisions, frame.revisions) });
    const ofHeadline = frame.revisions.filter((revision) => revision.cell === headlineCell);
    if (ofHeadline.length > 0) setHeadline((known) => mergeRevisions(known ?? [], ofHeadline));
    if (frame.cells.length > 0) setChanged(new Set(frame.cells.map((estimate) => estimate.cell)));
    if (touchesScheme(frame)) readIncident();
  };

  const readIncident = (): void => {
    void getJson<Incident>(incidentPath(slug), { key }).then(setIncident, fail);
  };

  useEffect(() => {
    if (changed.size === 0) return undefined;
    const timer = setTimeout(() => {
      setChanged(new Set());
    }, markedMs);
    return () => {
      clearTimeout(timer);
    };
  }, [changed]);

  const connection = useFeed({
    path: tally === null ? null : incidentFeedPath(slug),
    key,
    lastEventId: tally === null ? null : `${tally.epoch}:${tally.position}`,
    onMessage: take,
  });

  const loadEarlier = (): void => {
    if (history === null || history.next === null) return;
    const path = revisionsPath(slug, { order: 'desc', limit: revisionsPageSize, after: history.next });
    void getJson<Page<Revision>>(path, { key }).then((page) => {
      setHistory(
        (known) =>
          known && {
            revisions: mergeRevisions(page.data, known.revisions),
            next: page.hasMore ? page.next : null,
          },
      );
    }, fail);
  };

  return { incident, tally, history, headline, problem, connection, readAgain, loadEarlier, changed, latest };
}
