import type { IncidentState } from '../incident-state.js';

/** Which names are one origin, by the links in force; a joined origin goes by the name that was filed first. */
export interface Origins {
  /** The name under which an origin's statements are put together. */
  readonly of: (name: string) => string;
  /** Whether a link joins it to another name. */
  readonly joined: (name: string) => boolean;
}

/** Where no link is in force. */
export const unjoined: Origins = { of: (name) => name, joined: () => false };

/**
 * @param names every origin name, in the order in which each was first filed
 */
export const joinOrigins = (links: IncidentState['links'], names: Iterable<string>): Origins => {
  if (links.size === 0) return unjoined;
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const { origins } of links.values()) {
    const [a, b] = [root(origins[0]), root(origins[1])];
    if (a !== b) parent.set(b, a);
  }
  const first = new Map<string, string>();
  const members = new Set<string>();
  for (const { origins } of links.values()) for (const name of origins) members.add(name);
  for (const name of names) if (members.has(name) && !first.has(root(name))) first.set(root(name), name);
  return {
    of: (name) => (members.has(name) ? (first.get(root(name)) ?? root(name)) : name),
    joined: (name) => members.has(name),
  };
};
