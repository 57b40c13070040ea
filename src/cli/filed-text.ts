import { counted } from './numbers.js';
import { printable } from './printable.js';
import { revisionsText } from './revision-text.js';
import type { Warning } from '../domain/tally/shapes.js';
import type { Filed } from './wire.js';

const opening = {
  filed: 'Filed',
  repeated: 'Already filed, nothing stored again:',
  dryRun: 'Would be filed (dry run, nothing stored):',
} as const;

const warningText = ({ code, pointer, detail, related }: Warning): string => {
  const figures = related.length === 0 ? '' : ` (see ${related.join(', ')})`;
  return `  ${pointer} ${code}: ${printable(detail)}${figures}\n`;
};

/** What a filing did, or would do: its figures with their ids, the revisions and the warnings. */
export const filedText = (filed: Filed, how: keyof typeof opening, columnsMax: number | null): string => {
  const at = how === 'dryRun' ? '' : ` at position ${filed.position}`;
  let text = `${opening[how]} ${filed.id}${at}, ${counted(filed.figures.length, 'figure')}\n`;
  // The ids of a dry run are never those of the filing after it, so they would only mislead.
  for (const { id, cell } of filed.figures) text += how === 'dryRun' ? `  ${cell}\n` : `  ${id}  ${cell}\n`;
  text += filed.revisions.length === 0 ? '\nChanges no estimate.\n' : `\n${revisionsText(filed.revisions, columnsMax)}`;
  if (filed.warnings.length > 0) text += `\nWarnings:\n${filed.warnings.map(warningText).join('')}`;
  return text;
};
