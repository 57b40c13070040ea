import { describe, expect, it } from '@jest/globals';
import type { Estimate } from '../../web/src/api/shapes.js';
import { arrangeCells, groupsOf } from '../../web/src/tally/arrange-cells.js';
import { estimate, scheme } from './samples.js';

const outline = (cells: readonly Estimate[]): readonly string[] =>
  arrangeCells(cells, scheme).flatMap((section) =>
    section.blocks.flatMap((block) =>
      block.rows.map(
        (row) => `${'  '.repeat(row.depth)}${row.estimate.cell} (${row.own.map((pair) => pair[1]).join()})`,
      ),
    ),
  );

const derived = { status: 'derived' } as const;

describe('arrangeCells', () => {
  it('puts the headline’s measure first, victims before perpetrators, and mixed sides last', () => {
    const cells = ['held/hostages', 'injured/hostages', 'killed/all', 'killed/hostages', 'killed/militants'];
    expect(outline(cells.map((cell) => estimate(cell, 1)))).toEqual([
      'killed/hostages ()',
      'killed/militants ()',
      'killed/all ()',
      'injured/hostages ()',
      'held/hostages ()',
    ]);
  });

  it('nests nationalities in foreign, the largest first and unknown last', () => {
    const cells = [
      estimate('killed/hostages', 40),
      estimate('killed/hostages/nationality=DZ', 1),
      estimate('killed/hostages/nationality=JP', 10),
      estimate('killed/hostages/nationality=PH', 8),
      estimate('killed/hostages/nationality=foreign', 37),
      estimate('killed/hostages/nationality=unknown', 39),
    ];
    expect(outline(cells)).toEqual([
      'killed/hostages ()',
      '  killed/hostages/nationality=foreign (foreign)',
      '    killed/hostages/nationality=JP (JP)',
      '    killed/hostages/nationality=PH (PH)',
      '  killed/hostages/nationality=DZ (DZ)',
      '  killed/hostages/nationality=unknown (unknown)',
    ]);
  });

  it('puts a part of two keys below the nearest whole there is, and nests declared values', () => {
    const cells = [
      estimate('killed/hostages/nationality=GB/place=bus', 1),
      estimate('killed/hostages/nationality=foreign', 1),
      estimate('killed/hostages/place=SY', 5),
      estimate('killed/hostages/place=SY-gov', 3),
      estimate('killed/hostages/nationality=DZ/sex=female', 1),
    ];
    expect(outline(cells)).toEqual([
      '  killed/hostages/nationality=DZ/sex=female (DZ,female)',
      '  killed/hostages/nationality=foreign (foreign)',
      '    killed/hostages/nationality=GB/place=bus (GB,bus)',
      '  killed/hostages/place=SY (SY)',
      '    killed/hostages/place=SY-gov (SY-gov)',
    ]);
  });

  it('leaves out what a side only repeats of its one group, and keeps the headline', () => {
    const cells = [
      estimate('held/hostages', 3),
      estimate('held/side:victims', 3, derived),
      estimate('killed/hostages', 40),
      estimate('killed/hostages/nationality=JP', 10),
      estimate('killed/side:victims', 40, derived),
      estimate('killed/side:victims/nationality=JP', 10, derived),
    ];
    expect(outline(cells)).toEqual([
      'killed/side:victims ()',
      'killed/hostages ()',
      '  killed/hostages/nationality=JP (JP)',
      'held/hostages ()',
    ]);
    const two = [...cells, estimate('held/guards', 1)];
    expect(outline(two)).toContain('held/side:victims ()');
    const said = cells.map((entry) =>
      entry.cell === 'held/side:victims' ? { ...entry, status: 'contested' as const } : entry,
    );
    expect(outline(said)).toContain('held/side:victims ()');
  });

  it('scales bars to what was reported, not to mixed sides nor to a far implied bound', () => {
    const [section] = arrangeCells(
      [
        estimate('killed/all', 500),
        estimate('killed/hostages', 30, { reported: { low: 12, high: 48 }, implied: { low: 0, high: 900 } }),
        estimate('killed/militants', 29, { implied: { low: 29, high: 60 } }),
      ],
      scheme,
    );
    expect(section?.scaleMax).toBe(60);
  });

  it('shows an incident without any figure', () => {
    expect(arrangeCells([], scheme)).toEqual([]);
  });
});

describe('groupsOf', () => {
  it('names the groups of a side, without breakdowns', () => {
    const cells = [
      'killed/guards',
      'killed/hostages',
      'killed/hostages/nationality=JP',
      'killed/militants',
      'held/guards',
    ];
    const found = groupsOf(
      'killed/side:victims',
      cells.map((cell) => estimate(cell, 1)),
      scheme,
    );
    expect(found.map((entry) => entry.cell)).toEqual(['killed/guards', 'killed/hostages']);
    expect(groupsOf('killed/hostages', found, scheme)).toEqual([]);
  });
});
