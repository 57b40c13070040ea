import type { FigureDraft } from '../draft.js';

/** What a line says of a figure, as far as it could be read. */
export interface LineReading {
  readonly figure: Pick<FigureDraft, 'measure' | 'who' | 'breakdown' | 'quantity' | 'hedged' | 'basis'>;
  /** What the line did not say and was taken for granted: shown, so that nobody files it unseen. */
  readonly assumed: readonly string[];
  /** Words that nothing was made of. */
  readonly unread: readonly string[];
}
