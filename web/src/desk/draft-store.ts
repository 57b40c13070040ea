import { blankReport, isBlankReport, type ReportDraft } from './draft.js';

/*
 * Unsent drafts. Each tab keeps its own, so that two of them do not write over each other; beside it stands the last
 * one of any tab, for who comes back after the tab was closed.
 */

const version = 1;
const nameOf = (slug: string): string => `tollbook.draft.${slug}`;

interface Kept {
  readonly version: number;
  readonly draft: ReportDraft;
}

/** The part of the browser's storage that is needed. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

function read(store: TextStore, slug: string): ReportDraft | null {
  try {
    const text = store.getItem(nameOf(slug));
    if (text === null) return null;
    const kept = JSON.parse(text) as Kept;
    return kept.version === version ? { ...blankReport, ...kept.draft } : null;
  } catch {
    // Unreadable or forbidden: then there is none.
    return null;
  }
}

export interface DraftStore {
  readonly load: () => ReportDraft | null;
  /** @returns false where the browser keeps nothing: the page must say so */
  readonly save: (draft: ReportDraft) => boolean;
}

export function draftStore(slug: string, ownTab: TextStore, anyTab: TextStore): DraftStore {
  const name = nameOf(slug);
  let written: string | null = null;
  return {
    load: () => read(ownTab, slug) ?? read(anyTab, slug),
    save: (draft) => {
      try {
        if (isBlankReport(draft)) {
          // What another tab wrote meanwhile is not this one's to remove.
          if (anyTab.getItem(name) === (written ?? ownTab.getItem(name))) anyTab.removeItem(name);
          ownTab.removeItem(name);
          written = null;
          return true;
        }
        written = JSON.stringify({ version, draft } satisfies Kept);
        ownTab.setItem(name, written);
        anyTab.setItem(name, written);
        return true;
      } catch {
        return false;
      }
    },
  };
}
