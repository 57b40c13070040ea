import { filingPrefix } from '../../waiting-filings.js';
import type { WaitingFiling } from './waiting-filing.js';

/** Where waiting filings are kept: what is put is there after a crash. */
export interface FilingStore {
  readonly all: () => readonly WaitingFiling[];
  /** @throws where nothing can be kept */
  readonly put: (filing: WaitingFiling) => void;
  readonly remove: (id: string) => void;
}

/** One entry each, so that tabs do not write over each other. */
export const browserFilings = (storage: Storage): FilingStore => ({
  all: () => {
    const found: WaitingFiling[] = [];
    for (let place = 0; place < storage.length; place += 1) {
      const name = storage.key(place);
      if (name?.startsWith(filingPrefix) !== true) continue;
      const text = storage.getItem(name);
      if (text !== null) found.push(JSON.parse(text) as WaitingFiling);
    }
    return found;
  },
  put: (filing) => {
    storage.setItem(`${filingPrefix}${filing.id}`, JSON.stringify(filing));
  },
  remove: (id) => {
    storage.removeItem(`${filingPrefix}${id}`);
  },
});

/** For a browser that forbids storage: what is put is gone with the page. */
export function memoryFilings(): FilingStore {
  const filings = new Map<string, WaitingFiling>();
  return {
    all: () => [...filings.values()],
    put: (filing) => {
      filings.set(filing.id, filing);
    },
    remove: (id) => {
      filings.delete(id);
    },
  };
}

/** In the order in which they were filed. */
export const keptFilings = (store: FilingStore): readonly WaitingFiling[] =>
  store.all().toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
