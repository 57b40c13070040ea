/** Puts the number that an address names, `/embed/x-2013?cell=killed%2Fhostages&method=range/1`, into its page. */
export function fillFrame({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  const slug = /^\/embed\/([a-z0-9-]{2,63})\/?$/u.exec(pathname)?.[1];
  if (slug === undefined) return;
  const element = document.createElement('tollbook-tally');
  element.setAttribute('incident', slug);
  const query = new URLSearchParams(search);
  for (const name of ['cell', 'method', 'label']) {
    const value = query.get(name);
    if (value !== null && value !== '') element.setAttribute(name, value);
  }
  document.getElementById('tally')?.replaceChildren(element);
}
