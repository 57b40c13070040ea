/** The custom properties of the element: what each sets. Proved equal to its style by a test. */
export const properties: readonly (readonly [string, string])[] = [
  ['--tollbook-font', 'the font of all text; by default that of the page'],
  ['--tollbook-number-font', 'the font of the number'],
  ['--tollbook-number-size', 'its size, 2.75rem'],
  ['--tollbook-color', 'the colour of text; by default that of the page'],
  ['--tollbook-muted', 'the colour of what stands back'],
  ['--tollbook-background', 'behind it all; by default nothing'],
  ['--tollbook-border', 'a border, as in CSS'],
  ['--tollbook-radius', 'its corners'],
  ['--tollbook-padding', 'room inside'],
  ['--tollbook-link', 'the colour of the link'],
  ['--tollbook-live', 'the dot while the number is live'],
  ['--tollbook-away', 'the mark while it is not'],
  ['--tollbook-changed', 'behind a number that has just changed'],
];
