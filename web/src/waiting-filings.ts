/** How entries of filings that wait to be sent are named in the browser's storage. */
export const filingPrefix = 'tollbook.filing.';

/** Whether this browser keeps a filing that waits; told without the code that sends it. */
export function hasWaitingFilings(): boolean {
  try {
    return Object.keys(globalThis.localStorage).some((name) => name.startsWith(filingPrefix));
  } catch {
    // Storage is forbidden: then nothing is kept in it.
    return false;
  }
}
