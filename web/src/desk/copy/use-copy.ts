import { useCallback, useState } from 'preact/hooks';
import { proposeFigures } from '../../extract/propose.js';
import type { FigureDraft } from '../draft.js';
import { useDesk } from '../desk-context.js';
import { figureOfProposal, type Copy, type Item, type Verdict } from './take-figures.js';

/** An article longer than this is no article, in characters. */
export const copyCharactersMax = 100_000;

const noCopy: Copy = { text: '', outlet: '', published: '' };

interface Kept {
  readonly copy: Copy;
  readonly items: readonly Item[] | null;
}

const nameOf = (slug: string): string => `tollbook-copy-${slug}`;

function kept(slug: string): Kept {
  try {
    const text = globalThis.sessionStorage.getItem(nameOf(slug));
    if (text !== null) return JSON.parse(text) as Kept;
  } catch {
    // A browser that keeps nothing, or a note that is not ours: the desk begins anew.
  }
  return { copy: noCopy, items: null };
}

function keep(slug: string, state: Kept): void {
  try {
    globalThis.sessionStorage.setItem(nameOf(slug), JSON.stringify(state));
  } catch {
    // Full or forbidden: the page still works, a reload begins anew.
  }
}

export interface CopyUse extends Kept {
  readonly setCopy: (members: Partial<Copy>) => void;
  readonly read: () => void;
  readonly judge: (place: number, verdict: Verdict) => void;
  readonly edit: (place: number, figure: FigureDraft) => void;
  readonly restart: () => void;
}

/** The pasted article and what the desk made of its figures; kept over a change of tabs and a reload. */
export function useCopy(): CopyUse {
  const { incident, speakers } = useDesk();
  const [state, setState] = useState(() => kept(incident.slug));
  const change = useCallback(
    (next: Kept) => {
      keep(incident.slug, next);
      setState(next);
    },
    [incident.slug],
  );
  const setItem = (place: number, members: Partial<Item>): void => {
    const items = state.items?.map((item, other) => (other === place ? { ...item, ...members } : item)) ?? null;
    change({ ...state, items });
  };
  return {
    ...state,
    setCopy: (members) => {
      change({ copy: { ...state.copy, ...members }, items: null });
    },
    read: () => {
      const { text, outlet, published } = state.copy;
      const proposals = proposeFigures({ text, outlet: outlet.trim(), publishedAt: published || undefined }, incident);
      const items = proposals.map((proposal, place) => ({
        proposal,
        figure: figureOfProposal(proposal, `p${place}`, speakers),
        verdict: 'open' as const,
      }));
      change({ ...state, items });
    },
    judge: (place, verdict) => {
      setItem(place, { verdict });
    },
    edit: (place, figure) => {
      setItem(place, { figure });
    },
    restart: () => {
      change({ copy: noCopy, items: null });
    },
  };
}
