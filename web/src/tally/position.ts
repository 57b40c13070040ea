/** Positions are strings of digits without leading zeros, and may pass what a number holds exactly. */
export const isAfter = (a: string, b: string): boolean => (a.length === b.length ? a > b : a.length > b.length);
