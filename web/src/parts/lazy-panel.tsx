import type { FunctionComponent } from 'preact';
import { useLoaded } from './use-loaded.js';

/**
 * A part of a page whose code comes when it is opened.
 * @param load imports it
 * @param quiet shows nothing until it is there
 */
export function lazyPanel<P extends object>(
  load: () => Promise<{ readonly default: FunctionComponent<P> }>,
  quiet = false,
): FunctionComponent<P> {
  return function LazyPanel(props: P) {
    const { Loaded, failed } = useLoaded(load);
    if (Loaded !== null) return <Loaded {...props} />;
    if (quiet) return null;
    return <p class="loading">{failed ? 'This could not be loaded. Load the page again.' : 'Loading…'}</p>;
  };
}
