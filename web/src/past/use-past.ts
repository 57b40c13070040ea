import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { revisionsPath, tallyPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { Contradiction, Estimate, Page, Problem, Revision, Tally } from '../api/shapes.js';
import { mergeRevisions } from '../tally/apply-frame.js';
import { cellsAt, clockOf, everSeen, momentsOf, timelineOf, type Clock, type Moment } from './moments.js';

const pageSize = 1000;
/** Most pages that are read; what is older than so many revisions cannot be gone back to. */
const pagesMax = 20;
/** How long a moment is looked at before the service is asked for the whole tally of it. */
const settleMs = 350;
/** Whole tallies of moments that are kept. */
const talliesMax = 40;

export interface Past {
  readonly phase: 'closed' | 'reading' | 'open';
  readonly problem: Problem | null;
  readonly open: () => void;
  readonly clock: Clock;
  readonly setClock: (clock: Clock) => void;
  readonly moments: readonly Moment[];
  /** Place of the moment shown; `null` is now. */
  readonly shown: number | null;
  readonly show: (moment: number | null) => void;
  /** Every cell at the moment shown; `null` is now. */
  readonly cells: ReadonlyMap<string, Estimate> | null;
  /** Known once the service has told the whole tally of the moment. */
  readonly contradictions: readonly Contradiction[] | null;
  /** The last estimate of every cell that ever was. */
  readonly seen: ReadonlyMap<string, Estimate> | null;
}

async function readAll(slug: string, key: string | null, signal: AbortSignal): Promise<readonly Revision[]> {
  const all: Revision[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const path = revisionsPath(slug, { order: 'desc', limit: pageSize, after });
    const answer: Page<Revision> = await getJson<Page<Revision>>(path, { key, signal });
    all.push(...answer.data);
    if (!answer.hasMore) break;
    after = answer.next;
  }
  return all;
}

const pastPath = (slug: string, clock: Clock, { at, position }: Moment): string =>
  tallyPath(slug, clock === 'published' ? { publishedBy: new Date(at).toISOString() } : { at: position });

/**
 * The tally at an earlier moment. While the reader moves through time, each cell is as its last revision left it, which
 * needs no question to the service; where she stays, the whole tally of the moment is asked for, with what no revision
 * tells (phrases, what is implied, contradictions).
 * @param live revisions that come while the page is open
 */
export function usePast(slug: string, live: readonly Revision[]): Past {
  const { key } = useAccess();
  const [phase, setPhase] = useState<Past['phase']>('closed');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [read, setRead] = useState<readonly Revision[]>([]);
  const [chosenClock, setChosenClock] = useState<Clock | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [exact, setExact] = useState<{ readonly path: string; readonly tally: Tally } | null>(null);
  const tallies = useRef(new Map<string, Tally>());
  const opening = useRef<AbortController | null>(null);

  useEffect(
    () => () => {
      opening.current?.abort();
    },
    [],
  );

  const open = useCallback(() => {
    if (phase !== 'closed') return;
    const asking = new AbortController();
    opening.current = asking;
    setPhase('reading');
    readAll(slug, key, asking.signal).then(
      (all) => {
        setProblem(null);
        setRead(all);
        setPhase('open');
      },
      (error: unknown) => {
        if (asking.signal.aborted) return;
        setProblem(error instanceof RequestError ? error.problem : unreachable);
        setPhase('closed');
      },
    );
  }, [slug, key, phase]);

  const revisions = useMemo(() => (phase === 'open' ? mergeRevisions(read, live) : []), [phase, read, live]);
  const clock = useMemo(() => chosenClock ?? clockOf(revisions), [chosenClock, revisions]);
  const moments = useMemo(() => momentsOf(revisions, clock), [revisions, clock]);
  const timeline = useMemo(() => timelineOf(moments), [moments]);
  const seen = useMemo(() => (phase === 'open' ? everSeen(timeline) : null), [phase, timeline]);
  const fast = useMemo(() => (shown === null ? null : cellsAt(timeline, shown)), [timeline, shown]);

  const moment = shown === null ? undefined : moments[shown];
  const path = moment === undefined ? null : pastPath(slug, clock, moment);
  // A later correction acts on the figures of an earlier report: what was read before it is the past as then known.
  const newest = revisions[0]?.number ?? '';
  useEffect(() => {
    tallies.current.clear();
    setExact(null);
  }, [newest]);

  useEffect(() => {
    if (path === null) return undefined;
    const known = tallies.current.get(path);
    if (known !== undefined) {
      setExact({ path, tally: known });
      return undefined;
    }
    const asking = new AbortController();
    const timer = setTimeout(() => {
      getJson<Tally>(path, { key, signal: asking.signal }).then(
        (tally) => {
          if (tallies.current.size >= talliesMax) tallies.current.clear();
          tallies.current.set(path, tally);
          setExact({ path, tally });
        },
        // What the revisions tell stays shown.
        () => undefined,
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [path, key, newest]);

  const settled = exact !== null && exact.path === path ? exact.tally : null;
  const cells = useMemo(
    () => (settled === null ? fast : new Map(settled.cells.map((estimate) => [estimate.cell, estimate]))),
    [settled, fast],
  );

  const setClock = useCallback((next: Clock) => {
    setChosenClock(next);
    setShown(null);
  }, []);

  return {
    phase,
    problem,
    open,
    clock,
    setClock,
    moments,
    shown,
    show: setShown,
    cells,
    contradictions: settled?.contradictions ?? null,
    seen,
  };
}
