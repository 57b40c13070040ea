import { fileURLToPath } from 'node:url';

/** Path of a file of the log that the first version wrote, see `version-1.spec.ts`. */
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/version-1/${name}`, import.meta.url));
