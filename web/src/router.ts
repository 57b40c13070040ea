export type Route =
  | { readonly page: 'list'; readonly q: string }
  | { readonly page: 'incident'; readonly slug: string }
  | { readonly page: 'audit'; readonly slug: string }
  | { readonly page: 'desk'; readonly slug: string }
  | { readonly page: 'embed' }
  | { readonly page: 'unknown' };

/** Which page an address names. */
export function routeOf(pathname: string, search: string): Route {
  if (pathname === '/') return { page: 'list', q: new URLSearchParams(search).get('q') ?? '' };
  if (/^\/embed\/?$/u.test(pathname)) return { page: 'embed' };
  const [, page, slug] = /^\/(incidents|audit|desk)\/([a-z0-9-]{2,63})\/?$/u.exec(pathname) ?? [];
  if (slug === undefined) return { page: 'unknown' };
  return page === 'audit' || page === 'desk' ? { page, slug } : { page: 'incident', slug };
}

export const incidentHref = (slug: string): string => `/incidents/${slug}`;
export const auditHref = (slug: string): string => `/audit/${slug}`;
export const deskHref = (slug: string): string => `/desk/${slug}`;
