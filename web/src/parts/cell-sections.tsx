import { useMemo } from 'preact/hooks';
import type { Estimate, Interval } from '../api/shapes.js';
import { mixed, type Block, type Row, type Section } from '../tally/arrange-cells.js';
import { sideOf } from '../tally/cell-text.js';
import { nameOfValue, numbers } from '../words/locale.js';
import { keyName, measureName, whoName } from '../words/names.js';
import { BestNumber } from './number.js';
import { RangeBar } from './range-bar.js';
import { StatusLabel } from './status-label.js';

interface SectionsProps {
  readonly sections: readonly Section[];
  readonly changed: ReadonlySet<string>;
  /** The cells at another moment, shown in the same rows; `null` is now. */
  readonly then: ReadonlyMap<string, Estimate> | null;
  readonly onWhy: (cell: string) => void;
}

export function CellSections({ sections, changed, then, onWhy }: SectionsProps) {
  if (sections.length === 0) {
    return <p class="notice">No figure has been reported yet. The first appears here without a reload.</p>;
  }
  return (
    <section aria-labelledby="cells">
      <div class="cells-head">
        <h2 id="cells">Every cell</h2>
        <Legend />
      </div>
      {sections.map((section) => (
        <CellTable key={section.measure} section={section} changed={changed} then={then} onWhy={onWhy} />
      ))}
    </section>
  );
}

/** How to read a bar; drawn by the bar itself, so that the two cannot drift apart. */
function Legend() {
  const swatch = (members: Partial<Estimate>) => (
    <span class="swatch" aria-hidden="true">
      <RangeBar
        max={10}
        estimate={{ best: null, reported: null, confirmed: null, implied: null, ...members } as Estimate}
      />
    </span>
  );
  return (
    <ul class="legend" aria-label="How to read the bars">
      <li>{swatch({ best: { low: 5, high: 5, point: 5 } })} best</li>
      <li>{swatch({ reported: { low: 1, high: 9 } })} reported</li>
      <li>{swatch({ confirmed: 8 })} confirmed</li>
      <li>{swatch({ implied: { low: 1, high: 9 } })} implied by the other cells</li>
    </ul>
  );
}

/*
 * The roles repeat what the elements are: on narrow screens the rows are laid out as grids, and browsers then take a
 * table for none unless it says so.
 */
function CellTable({ section, changed, then, onWhy }: Omit<SectionsProps, 'sections'> & { section: Section }) {
  const id = `measure-${section.measure}`;
  // All bars of the table then leave the room, so that they keep one scale.
  const hasRanges =
    then !== null || section.blocks.some((block) => block.rows.some((row) => wideRangeOf(row.estimate) !== null));
  return (
    <table class={hasRanges ? 'cells with-ranges' : 'cells'} role="table" aria-labelledby={id}>
      <caption id={id}>{measureName(section.measure)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="cell-name">
            <span class="visually-hidden">Who</span>
          </th>
          <th role="columnheader" scope="col" class="cell-best numeric">
            Best
          </th>
          <th role="columnheader" scope="col" class="cell-range">
            Reported range
          </th>
          <th role="columnheader" scope="col" class="numeric">
            Confirmed
          </th>
          <th role="columnheader" scope="col" class="numeric">
            Implied
          </th>
          <th role="columnheader" scope="col" class="numeric">
            Origins
          </th>
          <th role="columnheader" scope="col" class="cell-status">
            Status
          </th>
        </tr>
      </thead>
      {section.blocks.map((block) => (
        <tbody key={block.who} role="rowgroup">
          {block.rows.map((row) => (
            <CellRow
              key={row.estimate.cell}
              block={block}
              row={row}
              estimate={then === null ? row.estimate : (then.get(row.estimate.cell) ?? null)}
              max={section.scaleMax}
              changed={changed.has(row.estimate.cell)}
              onWhy={onWhy}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

const isSame = (a: Interval | null, b: Interval | null): boolean => a?.low === b?.low && a?.high === b?.high;

/** The reported range in numbers, where it is another than best. */
const wideRangeOf = ({ reported, best }: Estimate): string | null => {
  const asOne = best === null ? null : { low: best.low, high: best.high ?? best.low };
  return reported === null || isSame(reported, asOne) ? null : numbers.compact(reported);
};

/** Worth showing only where it says more than "any number". */
const impliedOf = (implied: Interval | null): string | null =>
  implied === null || (implied.low === 0 && implied.high === null) ? null : numbers.compact(implied);

interface FactProps {
  readonly name: string;
  readonly value: string | null;
  /** What the row says anyhow: left out on narrow screens, quiet on wide ones. */
  readonly repeats?: boolean;
}

const Fact = ({ name, value, repeats = false }: FactProps) => (
  <td role="cell" class={value === null || repeats ? 'cell-fact numeric quiet' : 'cell-fact numeric'} data-name={name}>
    {value ?? (
      <>
        <span aria-hidden="true">–</span>
        <span class="visually-hidden">none</span>
      </>
    )}
  </td>
);

function labelOf({ who }: Block, { own }: Row): string {
  if (own.length === 0) return whoName(who);
  return own
    .map(([key, value]) =>
      key === 'nationality' ? nameOfValue(key, value) : `${keyName(key)}: ${nameOfValue(key, value)}`,
    )
    .join(', ');
}

interface RowProps {
  readonly block: Block;
  readonly row: Row;
  /** What the row shows: at another moment than now another than its own, or nothing yet. */
  readonly estimate: Estimate | null;
  readonly max: number;
  readonly changed: boolean;
  readonly onWhy: (cell: string) => void;
}

/**
 * A row is drawn again only when what it shows is another: moving through time asks for all rows of a page at each
 * step, and changes a few.
 */
function CellRow(props: RowProps) {
  const { block, row, estimate, max, changed, onWhy } = props;
  return useMemo(() => <DrawnRow {...props} />, [block, row, estimate, max, changed, onWhy]);
}

function DrawnRow({ block, row, estimate, max, changed, onWhy }: RowProps) {
  const { depth } = row;
  const { cell } = row.estimate;
  const side = sideOf(block.who) !== null;
  const classes = [
    'cell',
    `depth-${Math.min(depth, 3)}`,
    side ? 'cell-side' : '',
    changed ? 'changed' : '',
    estimate === null ? 'not-yet' : '',
  ];
  return (
    <tr role="row" class={classes.filter((name) => name !== '').join(' ')} data-cell={cell}>
      <th role="rowheader" scope="row" class="cell-name">
        <button
          type="button"
          class="why"
          disabled={estimate === null}
          title={estimate === null ? 'Not reported yet' : `${estimate.phrase}. Why this number?`}
          onClick={() => {
            onWhy(cell);
          }}
        >
          {labelOf(block, row)}
        </button>
        {block.who === mixed && depth === 0 && <span class="aside">mixes sides: kept as said, part of no total</span>}
      </th>
      {estimate === null ? (
        <td role="cell" class="cell-nothing" colSpan={6}>
          not reported yet
        </td>
      ) : (
        <RowNumbers estimate={estimate} max={max} isMixed={block.who === mixed} />
      )}
    </tr>
  );
}

function RowNumbers({ estimate, max, isMixed }: { estimate: Estimate; max: number; isMixed: boolean }) {
  const implied = impliedOf(estimate.implied);
  const range = wideRangeOf(estimate);
  return (
    <>
      <td role="cell" class="cell-best numeric">
        <BestNumber best={estimate.best} />
      </td>
      <td role="cell" class="cell-range">
        {!isMixed && <RangeBar estimate={estimate} max={max} />}
        {range !== null && <span class="range-text">{range}</span>}
      </td>
      <Fact name="confirmed" value={estimate.confirmed === null ? null : `${numbers.count(estimate.confirmed)}+`} />
      <Fact name="implied" value={implied} repeats={isSame(estimate.implied, estimate.best)} />
      <Fact
        name="origins"
        value={estimate.origins === 0 ? null : numbers.count(estimate.origins)}
        repeats={estimate.status === 'single-source'}
      />
      <td role="cell" class="cell-status">
        <StatusLabel estimate={estimate} />
      </td>
    </>
  );
}
