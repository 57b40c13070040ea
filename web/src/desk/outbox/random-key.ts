const keyBytes = 16;

/** A key that nobody else has: `crypto.randomUUID` is missing on pages that came without TLS. */
export const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(keyBytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
