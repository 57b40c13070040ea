import type { ComponentChildren } from 'preact';

/** The bar that stays in view: whose page this is, and whether its numbers are current. */
export function Masthead({ children }: { readonly children?: ComponentChildren }) {
  return (
    <header class="masthead">
      <div class="masthead-inner">
        <a class="wordmark" href="/">
          Tollbook
        </a>
        {children}
      </div>
    </header>
  );
}
