import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Page } from '../parts/page.js';

/**
 * A page whose code comes when it is asked for, so that the first page of a reader stays small.
 * @param load imports it
 */
export function lazyPage<P extends object>(
  title: string,
  load: () => Promise<{ readonly default: FunctionComponent<P> }>,
): FunctionComponent<P> {
  return function LazyPage(props: P) {
    const [Loaded, setLoaded] = useState<FunctionComponent<P> | null>(null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      load().then(
        (module) => {
          // A function given to a setter is called; this one is to be kept.
          setLoaded(() => module.default);
        },
        () => {
          setFailed(true);
        },
      );
    }, []);
    if (Loaded !== null) return <Loaded {...props} />;
    return (
      <Page title={title}>
        <p class="loading">{failed ? 'This page could not be loaded. Load it again.' : 'Loading…'}</p>
      </Page>
    );
  };
}
