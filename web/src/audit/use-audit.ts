import { useCallback, useEffect, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { eventsPath, incidentPath, revisionsPath } from '../api/paths.js';
import { authorised, errorOf, getJson, RequestError, unreachable } from '../api/request.js';
import type { Incident, Page, Problem, Revision } from '../api/shapes.js';
import type { CloudEvent } from './cloud-event.js';

const pageSize = 1000;
/** Most events that the page holds; the download has all. */
export const eventsMax = 50_000;

export interface Audit {
  readonly incident: Incident | null;
  readonly events: readonly CloudEvent[];
  readonly revisions: readonly Revision[];
  /** Everything has been read that the page can hold. */
  readonly complete: boolean;
  readonly problem: Problem | null;
  readonly readAgain: () => void;
}

interface Asked {
  readonly key: string | null;
  readonly signal: AbortSignal;
}

async function eventsFrom(path: string, { key, signal }: Asked) {
  const response = await fetch(path, {
    headers: { accept: 'application/cloudevents-batch+json', ...authorised(key) },
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new RequestError(unreachable);
  });
  if (!response.ok) throw await errorOf(response);
  const next = /<(?<next>[^>]+)>; rel="next"/u.exec(response.headers.get('link') ?? '')?.groups?.['next'] ?? null;
  return { events: (await response.json()) as readonly CloudEvent[], next };
}

/** Every event of an incident and every revision, read page by page and shown as they come. */
export function useAudit(slug: string): Audit {
  const { key } = useAccess();
  const [incident, setIncident] = useState<Incident | null>(null);
  const [events, setEvents] = useState<readonly CloudEvent[]>([]);
  const [revisions, setRevisions] = useState<readonly Revision[]>([]);
  const [complete, setComplete] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const readAgain = useCallback(() => {
    setTurn((value) => value + 1);
  }, []);

  useEffect(() => {
    const asking = new AbortController();
    const asked: Asked = { key, signal: asking.signal };
    const readEvents = async (): Promise<void> => {
      const all: CloudEvent[] = [];
      let path: string | null = eventsPath(slug, { limit: pageSize });
      while (path !== null && all.length < eventsMax) {
        // Each page tells where the next one is.
        const page: { events: readonly CloudEvent[]; next: string | null } = await eventsFrom(path, asked);
        all.push(...page.events);
        setEvents([...all]);
        path = page.next;
      }
    };
    const readRevisions = async (): Promise<void> => {
      const all: Revision[] = [];
      let after: string | null = null;
      do {
        const page: Page<Revision> = await getJson<Page<Revision>>(
          revisionsPath(slug, { order: 'asc', limit: pageSize, after }),
          asked,
        );
        all.push(...page.data);
        after = page.hasMore ? page.next : null;
      } while (after !== null && all.length < eventsMax);
      setRevisions(all);
    };
    const read = async (): Promise<void> => {
      try {
        setIncident(await getJson<Incident>(incidentPath(slug), asked));
        await Promise.all([readEvents(), readRevisions()]);
        setProblem(null);
        setComplete(true);
      } catch (error) {
        if (!asking.signal.aborted) setProblem(error instanceof RequestError ? error.problem : unreachable);
      }
    };
    void read();
    return () => {
      asking.abort();
    };
  }, [slug, key, turn]);

  return { incident, events, revisions, complete, problem, readAgain };
}
