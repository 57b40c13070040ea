import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Whether this browser signed in with an API key, which is kept in a cookie. */
export interface Access {
  /** Another one after each sign-in; `null` where nobody did. */
  readonly key: string | null;
  /** Signs in, or out with `null`. Rejects with what the service says. */
  readonly giveKey: (key: string | null) => Promise<void>;
}

export const AccessContext = createContext<Access>({ key: null, giveKey: () => Promise.resolve() });

export const useAccess = (): Access => useContext(AccessContext);
