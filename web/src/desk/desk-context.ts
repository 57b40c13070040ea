import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Figure, Incident, Session } from '../api/shapes.js';
import type { EarlierSpeaker } from './speakers.js';

/** What the parts of a desk know in common. */
export interface Desk {
  readonly incident: Incident;
  /** The latest figures, newest first. */
  readonly figures: readonly Figure[];
  readonly speakers: readonly EarlierSpeaker[];
  /** `null` while the service has not said who this is. */
  readonly session: Session | null;
  readonly key: string | null;
  /** Changes with the tally. */
  readonly version: string;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('outside of a desk');
  return desk;
}

/** Ids of the lists that fields complete from. */
export const lists = { outlets: 'desk-outlets', speakers: 'desk-speakers', relays: 'desk-relays' } as const;

const editors = new Set(['editor', 'admin', 'all']);

/** Whether who is signed in may link, grade and pin; unknown counts as may: the service decides. */
export const mayEdit = (session: Session | null): boolean => session === null || editors.has(session.role);
