import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { feedPath, incidentsPath, readyPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { ListedIncident, Page, Problem, Readiness } from '../api/shapes.js';
import { useFeed, type Connection } from '../feed/use-feed.js';
import { isAfter } from '../tally/position.js';

const pageSize = 20;
const shownMax = 1000;
const followedByNameMax = 40;
/** New incidents are no news of those shown, so the list is read again now and then. */
const readAgainMs = 60_000;

export interface ListUse {
  readonly incidents: readonly ListedIncident[] | null;
  readonly hasMore: boolean;
  readonly problem: Problem | null;
  readonly connection: Connection;
  readonly loadMore: () => void;
  readonly readAgain: () => void;
  /** Slugs whose headline has changed while shown. */
  readonly changed: ReadonlySet<string>;
}

interface Listed {
  readonly incidents: readonly ListedIncident[];
  readonly hasMore: boolean;
  /** The feed goes on from here: nothing after it is in the list for certain. */
  readonly cursor: string | null;
  /** Changes with the set of incidents shown, and so starts the feed anew. */
  readonly path: string | null;
}

/** Few incidents are followed by name; none (the first may come) or very many by the feed of all. */
function pathOf(incidents: readonly ListedIncident[]): string {
  const slugs = incidents.map((incident) => incident.slug);
  return feedPath(slugs.length > followedByNameMax ? [] : slugs);
}

/** The list and its headlines, live. The feed starts behind the list, so that it need not send whole tallies. */
export function useList(q: string): ListUse {
  const { key } = useAccess();
  const [listed, setListed] = useState<Listed | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const shown = useRef(pageSize);
  const [turn, setTurn] = useState(0);

  const readAgain = useCallback(() => {
    setTurn((value) => value + 1);
  }, []);

  useEffect(() => {
    shown.current = pageSize;
    setListed(null);
    setChanged(new Set());
  }, [q, key]);

  useEffect(() => {
    const asking = new AbortController();
    const read = async (): Promise<void> => {
      try {
        const ready = await getJson<Readiness>(readyPath, { key, signal: asking.signal }).catch(() => null);
        const path = incidentsPath({ q, limit: shown.current });
        const page = await getJson<Page<ListedIncident>>(path, { key, signal: asking.signal });
        setProblem(null);
        setListed({
          incidents: page.data,
          hasMore: page.hasMore && shown.current < shownMax,
          cursor: ready === null ? null : `${ready.epoch}:${ready.projectedTo}`,
          path: pathOf(page.data),
        });
      } catch (error) {
        if (asking.signal.aborted) return;
        setProblem(error instanceof RequestError ? error.problem : unreachable);
      }
    };
    void read();
    const timer = setTimeout(readAgain, problem === null ? readAgainMs : 5000);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [q, key, turn, problem === null]);

  const connection = useFeed({
    path: listed?.path ?? null,
    key,
    lastEventId: listed?.cursor ?? null,
    onMessage: (message) => {
      // After a reset whole tallies follow, and those are taken as they come.
      if (message.kind === 'reset') return;
      const { incident: slug, position, cells } = message.kind === 'snapshot' ? message.tally : message.frame;
      if (q === '' && listed?.incidents.every((incident) => incident.slug !== slug) === true) readAgain();
      const removed = message.kind === 'revision' ? (message.frame.removed ?? []) : [];
      setListed((list) => {
        if (list === null) return list;
        const incidents = list.incidents.map((incident) => {
          if (incident.slug !== slug || !isAfter(position, incident.position)) return incident;
          const gone = removed.includes(incident.headline);
          const headline = cells.find((estimate) => estimate.cell === incident.headline);
          return {
            ...incident,
            position,
            headlineEstimate: gone ? null : (headline ?? incident.headlineEstimate),
          };
        });
        return { ...list, incidents };
      });
      if (message.kind === 'revision' && message.frame.revisions.length > 0) {
        setChanged((before) => new Set([...before, slug]));
      }
    },
  });

  return {
    incidents: listed?.incidents ?? null,
    hasMore: listed?.hasMore === true,
    problem,
    connection,
    loadMore: () => {
      shown.current = Math.min(shownMax, shown.current + pageSize);
      readAgain();
    },
    readAgain,
    changed,
  };
}
