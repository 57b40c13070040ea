import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Loading<P> {
  /** The component, once its code is there. */
  readonly Loaded: FunctionComponent<P> | null;
  readonly failed: boolean;
}

/** A component whose code comes when it is first shown. */
export const useLoaded = <P>(load: () => Promise<{ readonly default: FunctionComponent<P> }>): Loading<P> => {
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
  return { Loaded, failed };
};
