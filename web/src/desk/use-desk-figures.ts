import { useEffect, useRef, useState } from 'preact/hooks';
import { figuresPath } from '../api/paths.js';
import { getJson } from '../api/request.js';
import type { Figure, Page } from '../api/shapes.js';

/** The latest figures: what names are completed from, and what a desk acts on. */
const figuresMax = 1000;
/** Filings that come in a burst are read once, in ms: a page of figures is large. */
const settleMs = 700;

export interface DeskFigures {
  /** Newest first. */
  readonly figures: readonly Figure[];
  /** Whether there are older ones, which are not here. */
  readonly more: boolean;
}

export function useDeskFigures(slug: string, key: string | null, version: string | null): DeskFigures {
  const [known, setKnown] = useState<DeskFigures>({ figures: [], more: false });
  const isFirst = useRef(true);
  useEffect(() => {
    if (version === null) return undefined;
    const asking = new AbortController();
    const read = (): void => {
      const path = figuresPath(slug, { order: 'desc', limit: figuresMax });
      getJson<Page<Figure>>(path, { key, signal: asking.signal }).then(
        ({ data, hasMore }) => {
          setKnown({ figures: data, more: hasMore });
          isFirst.current = false;
        },
        () => {
          // The page says that the connection is away, and reads again with the next version.
        },
      );
    };
    const timer = setTimeout(read, isFirst.current ? 0 : settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [slug, key, version]);
  return known;
}
