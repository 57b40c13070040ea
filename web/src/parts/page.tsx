import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Readiness } from '../api/shapes.js';
import type { Connection } from '../feed/use-feed.js';
import { ConnectionLine } from './connection-line.js';
import { Masthead } from './masthead.js';

interface PageProps {
  readonly title: string;
  readonly connection?: Connection;
  readonly readiness?: Readiness | null;
  /** What is shown stands still although the connection does not. */
  readonly stale?: boolean;
  /** What the first link of the page says, which leads past its head. */
  readonly skip?: string;
  readonly children: ComponentChildren;
}

/** The frame of every page. A page that follows a feed gives its connection, which is then always in view. */
export function Page({
  title,
  connection,
  readiness = null,
  stale = false,
  skip = 'Skip to the numbers',
  children,
}: PageProps) {
  useEffect(() => {
    document.title = title === 'Tollbook' ? title : `${title} · Tollbook`;
  }, [title]);
  return (
    <>
      <a class="skip" href="#content">
        {skip}
      </a>
      <Masthead>
        {connection !== undefined && <ConnectionLine connection={connection} readiness={readiness} stale={stale} />}
      </Masthead>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer class="footer">
        <p>
          Each number is worked out from reported figures, all of them kept, and every change is listed with its reason.
          Times are UTC. <a href="/embed">A number on your page</a> · <a href="/docs">Interface for programs</a>
        </p>
      </footer>
    </>
  );
}
