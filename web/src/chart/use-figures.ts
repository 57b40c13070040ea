import { useEffect, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { figuresPath } from '../api/paths.js';
import { getJson } from '../api/request.js';
import type { Figure, Page } from '../api/shapes.js';

const figuresMax = 1000;

/**
 * The figures reported of some cells, the latest thousand of each; read again when `version` changes. `null` until read,
 * and where they cannot be read: what they are shown on stands without them.
 */
export function useFigures(slug: string, cells: readonly string[], version: string): readonly Figure[] | null {
  const { key } = useAccess();
  const [figures, setFigures] = useState<readonly Figure[] | null>(null);
  const wanted = cells.join('\n');
  useEffect(() => {
    const asking = new AbortController();
    const pages = wanted.split('\n').map((cell) =>
      getJson<Page<Figure>>(figuresPath(slug, { cell, limit: figuresMax, order: 'desc' }), {
        key,
        signal: asking.signal,
      }),
    );
    Promise.all(pages).then(
      (read) => {
        setFigures(read.flatMap((page) => page.data.toReversed()));
      },
      () => undefined,
    );
    return () => {
      asking.abort();
    };
  }, [slug, key, wanted, version]);
  return figures;
}
