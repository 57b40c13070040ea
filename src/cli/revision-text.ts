import type { RevisionOnWire } from '../projections/wire.js';
import { bestText, timeText } from './numbers.js';
import { printable, widthOf } from './printable.js';
import { tableText } from './table.js';

const changeText = ({ before, after }: RevisionOnWire): string =>
  `${bestText(before?.best ?? null)} → ${bestText(after?.best ?? null)}`;

/** Why the estimate changed; a fall that nobody explained is said in capitals, since no number may fall quietly. */
const whyText = ({ reason, unexplained, fall, explanation }: RevisionOnWire): string => {
  if (unexplained) return fall ? 'UNEXPLAINED FALL' : 'UNEXPLAINED';
  if (explanation === null) return reason;
  const note = explanation.note === null ? '' : ` (${explanation.note})`;
  return `${reason}, explained: ${explanation.reason}${note}`;
};

export const revisionsText = (revisions: readonly RevisionOnWire[], columnsMax: number | null): string =>
  revisions.length === 0
    ? 'No revisions.\n'
    : tableText(
        [
          { title: 'NO', align: 'right' },
          { title: 'RECORDED' },
          { title: 'CELL' },
          { title: 'CHANGE' },
          { title: 'HOW' },
          { title: 'STATUS' },
          { title: 'WHY' },
        ],
        revisions.map((revision) => [
          revision.number,
          timeText(revision.recordedAt),
          revision.cell,
          changeText(revision),
          revision.fall ? `${revision.direction}, fall` : revision.direction,
          revision.after?.status ?? '–',
          whyText(revision),
        ]),
        columnsMax,
      );

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

/** One revision on a line, for a history that runs past; `cellWidth` keeps the lines of one history aligned. */
export const revisionLine = (revision: RevisionOnWire, cellWidth: number, colours: boolean): string => {
  const cell = revision.cell + ' '.repeat(Math.max(0, cellWidth - widthOf(revision.cell)));
  const why = printable(whyText(revision));
  const words = revision.after === null ? '' : `: ${printable(revision.after.phrase)}`;
  const marked = colours && revision.unexplained ? red(why) : why;
  return `#${revision.number}  ${timeText(revision.recordedAt)}  ${cell}  ${changeText(revision)}  ${revision.direction}, ${marked}${words}\n`;
};
