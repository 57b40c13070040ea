import { describe, expect, it } from '@jest/globals';
import type { RevisionBody } from '../../../src/domain/tally/shapes.js';
import { interval } from './history.js';
import { references, SampleHistory } from './sample-incident.js';

const hostages = 'killed/hostages';
const foreign = `${hostages}/nationality=foreign`;
const DZ = `${hostages}/nationality=DZ`;
const JP = `${hostages}/nationality=JP`;
const GB = `${hostages}/nationality=GB`;
const PH = `${hostages}/nationality=PH`;
const NO = `${hostages}/nationality=NO`;
const US = `${hostages}/nationality=US`;
const militants = 'killed/militants';
const victims = 'killed/side:victims';
const perpetrators = 'killed/side:perpetrators';
const all = 'killed/all';
const freed = 'freed/hostages';
const held = 'held/hostages';
const missing = 'missing/hostages';
const missingForeign = `${missing}/nationality=foreign`;
const missingJP = `${missing}/nationality=JP`;
const missingPH = `${missing}/nationality=PH`;

const dead = [hostages, foreign, DZ, JP, GB, PH, NO, US, militants, victims, perpetrators, all];
const watched = new Set(dead.concat(freed, held, missing, missingForeign, missingJP, missingPH));

/** Cell, best, status, reported, confirmed, what moved and why in the service's words, and why so in ours. */
type Row = readonly [string, string, string, string, number | null, string, string];

const timeline: readonly (readonly [ref: string, told: string, rows: readonly Row[]])[] = [
  [
    'r01',
    'the minister: an Algerian and a Briton killed on the bus',
    [
      [
        hostages,
        '2+',
        'derived',
        '2',
        2,
        'first addsUp',
        'an Algerian and a foreigner are two; place and nationality are cut two ways',
      ],
      [victims, '2+', 'derived', '2', 2, 'first addsUp', 'hostages are the only victims'],
      [foreign, '1+', 'derived', '1', 1, 'first addsUp', 'the Briton is a foreigner'],
      [DZ, '1+', 'derived', '1', 1, 'first addsUp', 'the one on the bus; others may have died elsewhere'],
      [GB, '1+', 'derived', '1', 1, 'first addsUp', 'the one on the bus'],
    ],
  ],
  [
    'r02',
    'the kidnappers: 34 hostages and 15 of theirs killed',
    [
      [
        hostages,
        '34',
        'unconfirmed',
        '34',
        2,
        'up newFigure',
        'a party alone; it neither enters the sums nor lies outside "at least 2"',
      ],
      [
        militants,
        '15',
        'unconfirmed',
        '15',
        null,
        'first newFigure',
        'a party alone; its side shows nothing, as it does not enter',
      ],
    ],
  ],
  ['r03', 'the same by AFP', []],
  ['r05', 'the kidnappers: seven foreigners still held', []],
  ['r04', 'the same statement by a third relay, with 35: two of three carry 34', []],
  [
    'r06',
    'a local source: six foreigners, eight militants; the minister: "some" hostages',
    [
      [
        hostages,
        '7+',
        'single-source',
        '7',
        2,
        'down fall sourceChanged',
        '"some" of an authority goes before a party’s 34; its low of 1 is raised to 6 foreigners and the Algerian',
      ],
      [victims, '7+', 'derived', '7', 2, 'up addsUp', '7 hostages; the 34 never entered'],
      [foreign, '6', 'single-source', '6', 1, 'up newFigure', 'a witness, of kinds 1 to 4'],
      [GB, '1-6', 'derived', '1-6', 1, 'widened addsUp', 'at most the six foreigners'],
      [
        militants,
        '8',
        'single-source',
        '8',
        null,
        'down fall sourceChanged',
        'a witness before a party: not one source’s own lower number, so nothing to explain',
      ],
      [perpetrators, '8', 'derived', '8', null, 'first addsUp', 'the militants'],
      [freed, '43+', 'derived', '43', null, 'first addsUp', '40 Algerians and 3 foreigners; of others nobody spoke'],
    ],
  ],
  [
    'r07',
    'Algerian television: four foreigners, two Britons, two Filipinos; 600 freed',
    [
      [
        foreign,
        '6',
        'single-source',
        '4-6',
        1,
        'status newFigure',
        'the press dissents, and contests nothing, but widens what is reported',
      ],
      [GB, '2', 'unconfirmed', '2', 1, 'narrowed newFigure', 'the press alone, within 1 to 6'],
      [PH, '2', 'unconfirmed', '2', null, 'first newFigure', 'the press alone'],
      [freed, '600', 'unconfirmed', '600', null, 'up newFigure', 'the press alone, and not outside "at least 43"'],
    ],
  ],
  [
    'r08',
    'the security source: 30 hostages, 11 militants',
    [
      [
        hostages,
        '30',
        'single-source',
        '30',
        7,
        'up sourceChanged',
        'an official’s number before an authority’s words; 6 foreigners by two sources and the Algerian are confirmed',
      ],
      [victims, '30', 'derived', '30', 7, 'up addsUp', 'the hostages'],
      [
        foreign,
        '7+',
        'single-source',
        '7',
        6,
        'up sourceChanged',
        'an official before a witness, whose 6 can be true with it and confirms 6; the television’s 4 is overtaken',
      ],
      [DZ, '8+', 'single-source', '8', 1, 'up newFigure', 'nobody had spoken of all Algerians before'],
      [JP, '2+', 'single-source', '2', null, 'first newFigure', 'one official'],
      [GB, '2+', 'single-source', '2', 1, 'status sourceChanged', 'the same number by an official, now as a floor'],
      [
        militants,
        '11',
        'single-source',
        '11',
        8,
        'up sourceChanged',
        'an official; the witness’s 8 of the hour before can be true with it',
      ],
      [perpetrators, '11', 'derived', '11', 8, 'up addsUp', 'the militants'],
      [
        held,
        '36+',
        'single-source',
        '36',
        4,
        'first newFigure',
        '"many dozens"; an American, a Norwegian, a Romanian and the Austrian are each confirmed by their own government',
      ],
    ],
  ],
  [
    'r09',
    'APS: 573 Algerians and about 100 foreigners freed',
    [
      [
        freed,
        '663+',
        'derived',
        '663',
        43,
        'up addsUp',
        '573 and 90 to 110: the television’s 600 lies outside and gives way; witness and official both reach 40 and 3',
      ],
    ],
  ],
  [
    'r10',
    'APS: 12 hostages, 18 militants',
    [
      [
        hostages,
        '12-30',
        'contested',
        '12-30',
        7,
        'widened fall sourceChanged',
        'a second official; 30 dead do not become 12, so both ends',
      ],
      [
        victims,
        '15-30',
        'contested',
        '15-30',
        7,
        'widened fall sourceChanged',
        'at least 8 Algerians and 7 foreigners are 15; contested and lower as the hostages are',
      ],
      [
        militants,
        '18',
        'single-source',
        '18',
        8,
        'up sourceChanged',
        '11 of the day before can be true with 18; both officials are of one body',
      ],
      [perpetrators, '18', 'derived', '18', 8, 'up addsUp', 'the militants'],
    ],
  ],
  ['r11', 'Reuters adds that up to "12 to 30", which is what is reported', []],
  [
    'r12',
    'APS: seven more hostages, eleven more militants',
    [
      [
        hostages,
        '19-30',
        'contested',
        '19-30',
        7,
        'narrowed newFigure',
        '12 and 7 more is its new total; the sum of 12 to 30 is overtaken',
      ],
      [victims, '19-30', 'contested', '19-30', 7, 'narrowed addsUp', 'the hostages'],
      [militants, '29', 'single-source', '29', 8, 'up newFigure', '18 and 11 more'],
      [perpetrators, '29', 'derived', '29', 8, 'up addsUp', 'the militants'],
    ],
  ],
  [
    'r14',
    'the ministry: 23 hostages, 32 militants, 685 and 107 freed',
    [
      [
        hostages,
        '23',
        'single-source',
        '23',
        23,
        'narrowed sourceChanged',
        'an authority; the official’s 30 dissents and is overtaken',
      ],
      [victims, '23', 'derived', '23', 23, 'narrowed addsUp', 'the hostages, no longer contested'],
      [militants, '32', 'single-source', '32', 32, 'up sourceChanged', 'an authority'],
      [perpetrators, '32', 'derived', '32', 32, 'up addsUp', 'the militants'],
      [freed, '792+', 'derived', '792', 792, 'up addsUp', '685 and 107, whatever the television’s 600'],
    ],
  ],
  [
    'r16',
    'an official to AP: 25 more bodies',
    [
      [
        hostages,
        '23',
        'contested',
        '23-48',
        23,
        'status newFigure',
        '25 on another’s 23 are 48: newer, and cannot be true with it',
      ],
      [victims, '23', 'contested', '23', 23, 'status addsUp', 'a best among its parts is contested'],
    ],
  ],
  [
    'r17',
    'AP: at least 81 dead in all',
    [[all, '81+', 'unconfirmed', '81', null, 'first newFigure', 'mixes sides: kept as said, added to nothing']],
  ],
  [
    'r21h',
    'London: three Britons',
    [[GB, '3', 'single-source', '3', 3, 'up sourceChanged', 'a government about its own']],
  ],
  ['r18', 'the BBC: at least 48, from 23 and 25: within what is reported', []],
  ['r19', 'Ennahar: five arrested', []],
  [
    'r21c',
    'Manila: six dead, four missing',
    [
      [PH, '6', 'single-source', '6', 6, 'up sourceChanged', 'a government about its own'],
      [
        foreign,
        '7+',
        'single-source',
        '7',
        9,
        'status addsUp',
        'three Britons and six Filipinos are confirmed; the official’s floor is what was said',
      ],
      [missingPH, '4', 'single-source', '4', 4, 'first newFigure', 'a government about its own'],
      [missingForeign, '4+', 'derived', '4', 4, 'first addsUp', 'the Filipinos'],
      [missing, '4+', 'derived', '4', 4, 'first addsUp', 'the Filipinos'],
    ],
  ],
  [
    'r20',
    'the prime minister to AFP: 38, of them 37 foreigners; 29 militants; 5 missing',
    [
      [
        hostages,
        '38',
        'single-source',
        '38',
        38,
        'up newFigure',
        'its own new number; the 25 more on its 23 are spent, and the BBC’s 48 overtaken',
      ],
      [victims, '38', 'derived', '38', 38, 'up addsUp', 'the hostages'],
      [foreign, '37', 'single-source', '37', 37, 'up sourceChanged', 'an authority after an official'],
      [
        DZ,
        '1',
        'single-source',
        '1',
        1,
        'down fall sourceChanged',
        'an authority after an official, whose 8 is overtaken',
      ],
      [
        militants,
        '29',
        'single-source',
        '29',
        29,
        'down fall unexplained',
        'the government’s own 32 of two days before, and no reason given',
      ],
      [perpetrators, '29', 'derived', '29', 29, 'down fall unexplained', 'the militants with it'],
      [missingForeign, '5', 'single-source', '5', 5, 'up newFigure', 'the first number of all foreigners'],
      [missing, '5+', 'derived', '5', 5, 'up addsUp', 'the foreigners'],
    ],
  ],
  [
    'r20b',
    'the same speech by Xinhua: 37, of them 36',
    [
      [
        hostages,
        '37-38',
        'single-source',
        '37-38',
        37,
        'widened fall relaysDisagree',
        'one each: the hull of the tied',
      ],
      [victims, '37-38', 'derived', '37-38', 37, 'widened fall relaysDisagree', 'the hostages with it'],
      [foreign, '36-37', 'single-source', '36-37', 36, 'widened fall relaysDisagree', 'one each'],
    ],
  ],
  [
    'r20c',
    'the same speech by RFE: 7 missing',
    [
      [
        missingForeign,
        '5-7',
        'single-source',
        '5-7',
        5,
        'widened relaysDisagree',
        'one each; at least 5 in all are as before',
      ],
    ],
  ],
  [
    'r21a',
    'Tokyo: seven dead, three missing',
    [
      [JP, '7', 'single-source', '7', 7, 'up sourceChanged', 'a government about its own'],
      [missingJP, '3', 'single-source', '3', 3, 'first newFigure', 'a government about its own'],
      [
        missingForeign,
        '5-7',
        'single-source',
        '5-7',
        7,
        'status addsUp',
        'four Filipinos and three Japanese, each confirmed',
      ],
      [missing, '7+', 'derived', '7', 7, 'up addsUp', 'four and three'],
    ],
  ],
  [
    'r21i',
    'Washington: three dead',
    [[US, '3', 'single-source', '3', 3, 'first newFigure', 'a government about its own']],
  ],
  [
    'r21d',
    'Manila: seven dead, two missing',
    [
      [PH, '7', 'single-source', '7', 7, 'up missingToDead', 'with its reason'],
      [missingPH, '2', 'single-source', '2', 2, 'down fall neverPresent', 'with its reason'],
      [missingForeign, '5-7', 'single-source', '5-7', 5, 'status addsUp', 'two and three are 5'],
      [missing, '5+', 'derived', '5', 5, 'down fall neverPresent', 'two and three are 5, lower as the Filipinos are'],
    ],
  ],
  [
    'r21b',
    'Tokyo: ten dead, none missing',
    [
      [JP, '10', 'single-source', '10', 10, 'up missingToDead', 'with its reason'],
      [
        missingJP,
        '0',
        'single-source',
        '0',
        null,
        'down fall missingToDead',
        'with its reason; all foreigners stay at the 5 to 7 of the prime minister',
      ],
    ],
  ],
  [
    'r21e',
    'Manila: eight dead, one missing',
    [
      [PH, '8', 'single-source', '8', 8, 'up missingToDead', 'with its reason'],
      [missingPH, '1', 'single-source', '1', 1, 'down fall missingToDead', 'with its reason'],
    ],
  ],
  ['r21f', 'Oslo: three dead', [[NO, '3', 'single-source', '3', 3, 'first newFigure', 'a government about its own']]],
  ['r23', 'the prime minister: 33 identified, which is no fall of 36 to 37, nor any of the countries’', []],
  ['r21g', 'Oslo: five dead', [[NO, '5', 'single-source', '5', 5, 'up newFigure', 'its own new number']]],
  [
    'r25',
    'Statoil’s investigation: 40',
    [
      [
        hostages,
        '37-38',
        'contested',
        '37-40',
        37,
        'status newFigure',
        'an organisation, newer, cannot be true with it',
      ],
      [victims, '37-38', 'contested', '37-38', 37, 'status addsUp', 'a best among its parts is contested'],
    ],
  ],
  [
    'r26',
    'the inquest, 2015: 40 hostages, 29 militants',
    [
      [
        hostages,
        '40',
        'corroborated',
        '40',
        40,
        'up sourceChanged',
        'the newest authority; 37 to 38 of two years before can be true with it, and Statoil agrees',
      ],
      [victims, '40', 'derived', '40', 40, 'up addsUp', 'the hostages'],
      [militants, '29', 'corroborated', '29', 29, 'status sourceChanged', 'inquest and government agree'],
    ],
  ],
];

const rowOf = ({ cell, after, direction, fall, reason }: RevisionBody): readonly unknown[] => [
  cell,
  after?.best == null ? '-' : interval(after.best),
  after?.status,
  after?.reported == null ? '-' : interval(after.reported),
  after?.confirmed,
  `${direction}${fall ? ' fall' : ''} ${reason}`,
];

const byCell = (a: readonly unknown[], b: readonly unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1);

describe('In Amenas, filed in order of publication', () => {
  const history = new SampleHistory();

  it('tells of every report of the sample', () => {
    expect(timeline.map(([ref]) => ref)).toEqual(references);
  });

  // Each builds on those before it.
  it.each(timeline)('%s, %s', (ref, _, rows) => {
    const { revisions } = history.file(ref);
    const seen = revisions.filter(({ cell }) => watched.has(cell)).map(rowOf);
    expect(seen.sort(byCell)).toEqual(rows.map((row) => row.slice(0, 6)).sort(byCell));
  });

  it('ends without a contradiction', () => {
    expect(history.tally().contradictions).toEqual([]);
  });

  it('shows 32 to 29 as unexplained until somebody explains it, and then its side with it', () => {
    const unexplained = history.ledger.revisions.filter((each) => each.unexplained);
    expect(unexplained.map(({ cell }) => cell).sort()).toEqual([militants, perpetrators]);
    history.explain(unexplained.find(({ cell }) => cell === militants)?.cause ?? '', militants, 'doubleCount');
    expect(history.ledger.revisions.filter((each) => each.unexplained)).toEqual([]);
  });
});
