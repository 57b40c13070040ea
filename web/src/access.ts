import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The API key that this tab speaks with, where the service asks for one. */
export interface Access {
  readonly key: string | null;
  readonly giveKey: (key: string | null) => void;
}

export const AccessContext = createContext<Access>({ key: null, giveKey: () => undefined });

export const useAccess = (): Access => useContext(AccessContext);
