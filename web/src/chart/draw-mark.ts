import { originsShownMax } from './marks.js';

/** Names of the colours of the origins in the key, and of all others. */
export const originColour = (origin: number): string =>
  origin < originsShownMax ? `--origin-${origin + 1}` : '--origin-other';

type Corners = readonly (readonly [x: number, y: number])[];

/** A shape for each origin, so that they are told apart without their colours. Corners in units of the mark's size. */
const shapes: readonly (Corners | 'circle')[] = [
  'circle',
  [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  [
    [0, -1.15],
    [1.1, 0.85],
    [-1.1, 0.85],
  ],
  [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  [
    [0, 1.15],
    [1.1, -0.85],
    [-1.1, -0.85],
  ],
];

/** The outline of an origin's mark around a point; `size` is half its width. */
export function traceMark(path: CanvasPath, origin: number, x: number, y: number, size: number): void {
  const shape = shapes[origin] ?? 'circle';
  if (shape === 'circle') {
    path.arc(x, y, origin < originsShownMax ? size : size * 0.8, 0, 2 * Math.PI);
    return;
  }
  for (const [at, corner] of shape.entries()) {
    if (at === 0) path.moveTo(x + corner[0] * size, y + corner[1] * size);
    else path.lineTo(x + corner[0] * size, y + corner[1] * size);
  }
  path.closePath();
}

/** The same for an SVG of 14 by 14. */
export function markOutline(origin: number): string {
  const shape = shapes[origin] ?? 'circle';
  if (shape === 'circle') return 'M7 3a4 4 0 1 0 .01 0z';
  return `M${shape.map(([x, y]) => `${7 + x * 4.2} ${7 + y * 4.2}`).join('L')}z`;
}
