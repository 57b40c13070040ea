import { useEffect, useState } from 'preact/hooks';
import { readyPath } from './paths.js';
import type { Readiness } from './shapes.js';

const everyMs = 30_000;

/** How far the service's own projection is behind, and what it cannot read; `null` while unknown. */
export function useReadiness(): Readiness | null {
  const [readiness, setReadiness] = useState<Readiness | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      try {
        // A service that is down answers 503 with the same body.
        const response = await fetch(readyPath, { signal: asking.signal, cache: 'no-store' });
        const body: unknown = await response.json();
        if (typeof body === 'object' && body !== null && 'lagEvents' in body) setReadiness(body as Readiness);
      } catch {
        setReadiness(null);
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => {
      clearInterval(timer);
      asking.abort();
    };
  }, []);
  return readiness;
}
