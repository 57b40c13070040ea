/*
 * What the element looks like: by default as the page around it, in its colours and fonts. Its parts can be styled by
 * name (`::part(number)`), and the custom properties below are what a page sets.
 */
export const style = `
:host {
  display: block;
  max-width: 30rem;
  padding: var(--tollbook-padding, 0);
  color: var(--tollbook-color, inherit);
  background: var(--tollbook-background, transparent);
  border: var(--tollbook-border, 0);
  border-radius: var(--tollbook-radius, 0);
  font-family: var(--tollbook-font, inherit);
  font-size: 1rem;
  line-height: 1.4;
  --muted: var(--tollbook-muted, color-mix(in srgb, currentColor 76%, transparent));
}
:host([hidden]) { display: none; }
p { margin: 0; }
[part=label] { font-size: .875rem; font-weight: 600; color: var(--muted); }
[part=number] {
  font-family: var(--tollbook-number-font, inherit);
  font-size: var(--tollbook-number-size, 2.75rem);
  font-weight: 700;
  line-height: 1.1;
  font-variant-numeric: lining-nums tabular-nums;
}
[part=words], [part=measure] { font-weight: 700; font-size: 1.125rem; }
[part=said] { display: block; }
[part=range], [part=state] { font-size: .875rem; color: var(--muted); }
[part=state] { margin-top: .35rem; }
[part=dot] {
  display: inline-block; width: .55em; height: .55em; margin-right: .4em;
  border-radius: 50%; background: var(--tollbook-live, #1f7a4d);
}
.away [part=dot] { border-radius: 0; background: var(--tollbook-away, #b0271b); }
.away [part=phrase] { opacity: .8; }
.waiting [part=dot] { background: transparent; border: 2px solid currentColor; }
a { color: var(--tollbook-link, inherit); text-underline-offset: .15em; white-space: nowrap; }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.changed { animation: changed 6s ease-out; }
@keyframes changed { 0%, 40% { background: var(--tollbook-changed, rgb(255 214 0 / 35%)); } }
@media (prefers-reduced-motion: reduce) {
  .changed { animation: none; background: var(--tollbook-changed, rgb(255 214 0 / 35%)); }
}
`;
