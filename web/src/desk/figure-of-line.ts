import { blankFigure, nextKey, type FigureDraft } from './draft.js';
import { readLine, type LineScheme } from './line/read-line.js';

/** A typed line as a figure of the draft, its words kept. */
export const figureOfLine = (line: string, figures: readonly FigureDraft[], scheme: LineScheme): FigureDraft => ({
  ...blankFigure(nextKey(figures)),
  ...readLine(line, scheme).figure,
  line: line.trim(),
  words: line.trim(),
});
