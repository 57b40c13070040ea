const name = 'tollbook.key';

/** The key of this tab: it outlives a reload and nothing else. Storage may be forbidden; then it lives in memory. */
let inMemory: string | null = null;

export function readKey(): string | null {
  try {
    return globalThis.sessionStorage.getItem(name) ?? inMemory;
  } catch {
    return inMemory;
  }
}

export function keepKey(key: string | null): void {
  inMemory = key;
  try {
    if (key === null) globalThis.sessionStorage.removeItem(name);
    else globalThis.sessionStorage.setItem(name, key);
  } catch {
    // Kept in memory alone.
  }
}
