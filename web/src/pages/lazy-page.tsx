import type { FunctionComponent } from 'preact';
import { Page } from '../parts/page.js';
import { useLoaded } from '../parts/use-loaded.js';

/**
 * A page whose code comes when it is asked for, so that the first page of a reader stays small.
 * @param load imports it
 */
export function lazyPage<P extends object>(
  title: string,
  load: () => Promise<{ readonly default: FunctionComponent<P> }>,
): FunctionComponent<P> {
  return function LazyPage(props: P) {
    const { Loaded, failed } = useLoaded(load);
    if (Loaded !== null) return <Loaded {...props} />;
    return (
      <Page title={title}>
        <p class="loading">{failed ? 'This page could not be loaded. Load it again.' : 'Loading…'}</p>
      </Page>
    );
  };
}
