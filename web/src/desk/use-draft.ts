import { useCallback, useMemo, useState } from 'preact/hooks';
import { blankReport, isBlankReport, type ReportDraft } from './draft.js';
import { draftStore, type TextStore } from './draft-store.js';

export interface DraftUse {
  readonly draft: ReportDraft;
  readonly setDraft: (draft: ReportDraft) => void;
  /** Whether this draft was there already when the page came. */
  readonly restored: boolean;
  /** Whether the browser keeps it; where not, a reload loses it. */
  readonly kept: boolean;
}

const nothingKept: TextStore = {
  getItem: () => null,
  setItem: () => {
    throw new Error('this browser keeps nothing');
  },
  removeItem: () => undefined,
};

/** A browser that forbids storage throws already when it is named. */
const storeOf = (name: 'localStorage' | 'sessionStorage'): TextStore => {
  try {
    return globalThis[name];
  } catch {
    return nothingKept;
  }
};

/** The report that is being written, kept with each keystroke. */
export function useDraft(slug: string): DraftUse {
  const store = useMemo(() => draftStore(slug, storeOf('sessionStorage'), storeOf('localStorage')), [slug]);
  const [{ draft, restored }, setState] = useState(() => {
    const found = store.load();
    return { draft: found ?? blankReport, restored: found !== null && !isBlankReport(found) };
  });
  const [kept, setKept] = useState(true);
  const setDraft = useCallback(
    (next: ReportDraft) => {
      setKept(store.save(next));
      setState({ draft: next, restored: false });
    },
    [store],
  );
  return { draft, setDraft, restored, kept };
}
