export type Route =
  | { readonly page: 'list'; readonly q: string }
  | { readonly page: 'incident'; readonly slug: string }
  | { readonly page: 'unknown' };

/** Which page an address names. */
export function routeOf(pathname: string, search: string): Route {
  if (pathname === '/') return { page: 'list', q: new URLSearchParams(search).get('q') ?? '' };
  const slug = /^\/incidents\/([a-z0-9-]{2,63})\/?$/u.exec(pathname)?.[1];
  return slug === undefined ? { page: 'unknown' } : { page: 'incident', slug };
}

export const incidentHref = (slug: string): string => `/incidents/${slug}`;
