import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { AccessContext, type Access } from './access.js';
import { rememberedSession, signIn } from './api/key.js';
import { lazyPage } from './pages/lazy-page.js';
import { lazyPanel } from './parts/lazy-panel.js';
import { IncidentPage } from './pages/incident-page.js';
import { ListPage } from './pages/list-page.js';
import { UnknownPage } from './pages/unknown-page.js';
import { routeOf, type Route } from './router.js';
import { hasWaitingFilings } from './waiting-filings.js';

const AuditPage = lazyPage('Audit', () => import('./pages/audit-page.js'));
const DeskPage = lazyPage('Desk', () => import('./pages/desk-page.js'));
const EmbedPage = lazyPage('A number on your page', () => import('./pages/embed-page.js'));

const BackgroundOutbox = lazyPanel(() => import('./desk/outbox/background.js'), true);

const here = (): Route => routeOf(globalThis.location.pathname, globalThis.location.search);

/** Follows links between the pages without loading the document anew; all others are the browser's. */
function linkOf(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const anchor = event.target instanceof Element ? event.target.closest('a') : null;
  if (anchor === null || anchor.target !== '' || anchor.origin !== globalThis.location.origin) return null;
  const url = new URL(anchor.href);
  if (url.hash !== '' && url.pathname === globalThis.location.pathname) return null;
  return routeOf(url.pathname, url.search).page === 'unknown' ? null : url;
}

export function App() {
  const [route, setRoute] = useState(here);
  const [key, setKey] = useState(rememberedSession);

  useEffect(() => {
    const follow = (): void => {
      setRoute(here());
    };
    const click = (event: MouseEvent): void => {
      const url = linkOf(event);
      if (url === null) return;
      event.preventDefault();
      globalThis.history.pushState(null, '', url);
      globalThis.scrollTo(0, 0);
      follow();
    };
    globalThis.addEventListener('popstate', follow);
    document.addEventListener('click', click);
    return () => {
      globalThis.removeEventListener('popstate', follow);
      document.removeEventListener('click', click);
    };
  }, []);

  // Whoever goes by keyboard or ear goes on at the top of the new page, not where the old one's link was.
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) document.getElementById('content')?.focus({ preventScroll: true });
    arrived.current = true;
  }, [route]);

  const giveKey = useCallback(async (given: string | null) => {
    setKey(await signIn(given));
  }, []);
  const access = useMemo<Access>(() => ({ key, giveKey }), [key, giveKey]);

  return (
    <AccessContext.Provider value={access}>
      {route.page === 'list' && <ListPage q={route.q} />}
      {route.page === 'incident' && <IncidentPage key={route.slug} slug={route.slug} />}
      {route.page === 'audit' && <AuditPage key={route.slug} slug={route.slug} />}
      {route.page === 'desk' && <DeskPage key={route.slug} slug={route.slug} />}
      {route.page === 'embed' && <EmbedPage />}
      {route.page === 'unknown' && <UnknownPage />}
      {route.page !== 'desk' && hasWaitingFilings() && <BackgroundOutbox />}
    </AccessContext.Provider>
  );
}
