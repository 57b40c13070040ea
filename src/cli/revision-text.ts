import type { RevisionOnWire } from '../projections/wire.js';
import { bestText, timeText } from './numbers.js';
import { printable, widthOf } from './printable.js';
import { tableText } from './table.js';

const changeText = ({ before, after }: RevisionOnWire): string =>
  `${bestText(before?.best ?? null)} → ${bestText(after?.best ?? null)}`;

const howText = ({ direction, fall }: RevisionOnWire): string => (fall ? `${direction}, fall` : direction);

/** When it was recorded and, where it was a report that changed it, when that was published. */
const timesText = ({ recordedAt, publishedAt }: RevisionOnWire): string =>
  publishedAt === null ? timeText(recordedAt) : `${timeText(recordedAt)} (published ${timeText(publishedAt)})`;

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
          { title: 'PUBLISHED' },
          { title: 'CELL' },
          { title: 'CHANGE' },
          { title: 'HOW' },
          { title: 'STATUS' },
          { title: 'WHY' },
        ],
        revisions.map((revision) => [
          revision.number,
          timeText(revision.recordedAt),
          timeText(revision.publishedAt),
          revision.cell,
          changeText(revision),
          howText(revision),
          revision.after?.status ?? '–',
          whyText(revision),
        ]),
        columnsMax,
      );

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

/** How wide the columns of a history are that is printed line by line. */
export interface LineWidths {
  readonly number: number;
  readonly cell: number;
}

export const lineWidthsOf = (revisions: readonly RevisionOnWire[]): LineWidths => ({
  number: Math.max(0, ...revisions.map(({ number }) => number.length)),
  cell: revisions.reduce((width, { cell }) => Math.max(width, widthOf(cell)), 0),
});

/** One revision on a line, for a history that runs past. */
export const revisionLine = (revision: RevisionOnWire, widths: LineWidths, colours: boolean): string => {
  const number = revision.number.padStart(widths.number);
  const cell = revision.cell + ' '.repeat(Math.max(0, widths.cell - widthOf(revision.cell)));
  const why = printable(whyText(revision));
  const words = revision.after === null ? '' : `: ${printable(revision.after.phrase)}`;
  const marked = colours && revision.unexplained ? red(why) : why;
  return `${number}  ${timesText(revision)}  ${cell}  ${changeText(revision)}  ${howText(revision)}, ${marked}${words}\n`;
};
