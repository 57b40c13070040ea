/** The routes as they are registered, to tell a wrong method (405) from a wrong address (404). */
export class RouteTable {
  private readonly routes: { readonly method: string; readonly parts: readonly string[] }[] = [];

  add(methods: string | readonly string[], url: string): void {
    for (const method of typeof methods === 'string' ? [methods] : methods)
      this.routes.push({ method, parts: url.split('/') });
  }

  /** Methods that act at a path; empty where there is nothing. */
  methodsAt(path: string): string[] {
    const parts = path.split('/');
    const methods = this.routes.filter((route) => fits(route.parts, parts)).map(({ method }) => method);
    return [...new Set(methods)].toSorted();
  }

  /** `METHOD /path/:with/:names`, of every route. */
  list(): string[] {
    return this.routes.map(({ method, parts }) => `${method} ${parts.join('/')}`);
  }
}

const fits = (pattern: readonly string[], parts: readonly string[]): boolean => {
  if (pattern.length !== parts.length) return false;
  return pattern.every((part, place) => (part.startsWith(':') ? parts[place] !== '' : part === parts[place]));
};
