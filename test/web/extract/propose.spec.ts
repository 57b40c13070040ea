import { describe, expect, it } from '@jest/globals';
import type { Proposal } from '../../../web/src/extract/article.js';
import { proposeFigures } from '../../../web/src/extract/propose.js';
import type { Scheme } from '../../../web/src/words-to-figures/scheme.js';

const siege: Scheme = {
  home: 'DZ',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'militants', side: 'perpetrators' },
  ],
};
const flood: Scheme = { home: 'PK', groups: [{ id: 'people', side: 'victims' }] };

const cellOf = ({ measure, group, side, breakdown }: Proposal): string =>
  [measure, group ?? `side:${side}`, ...Object.entries(breakdown).map((entry) => entry.join('='))].join('/');

const quantityOf = ({ quantity }: Proposal): string => {
  const { kind, ...rest } = quantity;
  return [kind, ...Object.values(rest)].join(' ');
};

const read = (text: string, scheme = flood, publishedAt = '2022-08-28'): readonly Proposal[] =>
  proposeFigures({ text, outlet: 'Indus Wire', publishedAt }, scheme);

const brief = (text: string, scheme = flood): readonly string[] =>
  read(text, scheme).map((proposal) => `${cellOf(proposal)} ${quantityOf(proposal)}`);

const speakers = (text: string, scheme = flood): readonly string[] =>
  read(text, scheme).map(({ attribution }) => attribution.map(({ name, kind }) => `${name} (${kind})`).join(' < '));

describe('an article like the one that this began with, in other words', () => {
  const proposals = read(
    [
      'Some 30 hostages and no fewer than 11 militants died when soldiers stormed the plant on Thursday, an Algerian security source said.',
      'Two Japanese, two Britons and a Frenchwoman were among at least seven foreigners killed, the source told Reuters. Eight of the dead hostages were Algerian. The nationality of the others, and of perhaps dozens more who escaped, was unclear.',
      'Only two of the 11 dead militants were Algerian, the source said.',
      'The bodies of three Egyptians, two Tunisians, two Libyans, a Malian and a Frenchman were found nearby.',
      'A government spokesman confirmed only that an unspecified number of hostages had died.',
      'France sent 1,000 troops to Mali last week.',
    ].join('\n'),
    siege,
  );
  const found = proposals.map((proposal) => `${cellOf(proposal)} ${quantityOf(proposal)}`);

  it('keeps the two French apart, and the parts with their wholes', () => {
    expect(found).toEqual([
      'killed/hostages about 30',
      'killed/militants atLeast 11',
      'killed/hostages/nationality=JP atLeast 2',
      'killed/hostages/nationality=GB atLeast 2',
      'killed/hostages/nationality=FR atLeast 1',
      'killed/hostages/nationality=foreign atLeast 7',
      'killed/hostages/nationality=DZ atLeast 8',
      'escaped/hostages vague dozens',
      'killed/militants/nationality=DZ exactly 2',
      'killed/militants exactly 11',
      'killed/militants/nationality=EG exactly 3',
      'killed/militants/nationality=TN exactly 2',
      'killed/militants/nationality=LY exactly 2',
      'killed/militants/nationality=ML exactly 1',
      'killed/militants/nationality=FR exactly 1',
      'killed/hostages unspecified',
    ]);
  });

  it('has the source behind all of it, but for what the government said', () => {
    const names = new Set(proposals.slice(0, -1).map(({ attribution }) => attribution[0]?.name));
    expect([...names]).toEqual(['Algerian security source']);
    expect(proposals.at(-1)?.attribution[0]).toMatchObject({ name: 'government spokesman', kind: 'authority' });
    expect(proposals[2]?.attribution.map(({ name }) => name)).toEqual([
      'Algerian security source',
      'Reuters',
      'Indus Wire',
    ]);
  });

  it('hedges what was hedged', () => {
    expect(proposals.filter(({ hedged }) => hedged).map(cellOf)).toEqual(['escaped/hostages']);
  });
});

describe('what is no figure of the incident', () => {
  it.each([
    ['No casualties were reported.'],
    ['There were no reports of deaths.'],
    ['The 2004 tsunami killed 230,000 people.'],
    ['Two years ago a similar flood drowned 80 people in the same valley.'],
    ['The army sent 600 soldiers and 40 boats.'],
    ['Ahmed Khan, 52, lost his home.'],
    ['The river rose by 12 metres in 3 hours.'],
    ['The government promised 5,000 rupees to each of 300 families.'],
    ['How many of the 200 villagers have died?'],
    ['A dam failure could kill 3,000 people.'],
    ['Police denied that 12 people had been killed.'],
    ['The state of 14 districts is unknown.'],
  ])('%s', (text) => {
    expect(brief(text)).toEqual([]);
  });
});

describe('numbers that are figures', () => {
  it.each([
    ['Nobody was killed.', ['killed/people exactly 0']],
    ['There were no deaths, police said.', ['killed/people exactly 0']],
    ['No villagers were hurt.', ['injured/people exactly 0']],
    ['The toll rose to 45 from 31, the ministry said.', ['killed/people exactly 45']],
    ['Floods killed 12 people and injured another 30.', ['killed/people exactly 12', 'injured/people exactly 30']],
    [
      'At least 19 people died, 12 of them children.',
      ['killed/people atLeast 19', 'killed/people/age=children exactly 12'],
    ],
    ['Two dozen people are feared drowned.', ['presumedDead/people exactly 24']],
    ['Between 40 and 50 people were missing.', ['missing/people between 40 50']],
    ['Twelve bodies have been recovered so far.', ['killed/people exactly 12']],
    ['Police arrested 15 people.', ['arrested/people exactly 15']],
  ])('%s', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  it('takes what is counted so far for a part, and an increment for one', () => {
    const proposals = read(
      'Rescuers said 40 people had died. Seven more bodies were found on Sunday. So far 22 of the victims have been identified.',
    );
    expect(proposals.map(({ basis, of }) => [basis, of])).toEqual([
      ['total', []],
      ['additional', [0]],
      ['partial', []],
    ]);
  });

  it('takes the press’s own count for a sum', () => {
    expect(read('At least 52 people have died, according to a Reuters tally.')[0]).toMatchObject({
      basis: 'sum',
      attribution: [{ name: 'Reuters', kind: 'press' }, { name: 'Indus Wire' }],
    });
  });

  it('lays together what is said again, and keeps every place', () => {
    const text = '40 dead in floods\n\nForty people died, police said. The 40 dead people were all villagers.';
    const proposals = read(text);
    expect(proposals.map(cellOf)).toEqual(['killed/people']);
    expect(proposals[0]?.spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Forty people',
      '40',
      'The 40 dead people',
    ]);
  });
});

describe('who said it', () => {
  it.each([
    ['Police said 12 people died.', ['Police (authority) < Indus Wire (press)']],
    [
      'Twelve people died, according to Dr Ana Lee, head of Mayo hospital.',
      ['Dr Ana Lee, head of Mayo hospital (organisation) < Indus Wire (press)'],
    ],
    [
      'Twelve people died, a security official who asked not to be named told AFP.',
      ['security official (official) < AFP (press) < Indus Wire (press)'],
    ],
    ['Twelve people died.', ['Indus Wire (press)']],
    [
      'Police said 12 people died. The Red Crescent said it was 14.\n\n"We treated 30 wounded," said Omar Aziz, a surgeon at the hospital.',
      [
        'Police (authority) < Indus Wire (press)',
        'Red Crescent (organisation) < Indus Wire (press)',
        'Omar Aziz, a surgeon at the hospital (organisation) < Indus Wire (press)',
      ],
    ],
    [
      'Twelve people died, the fire service said. It added that 30 were hurt.',
      ['fire service (authority) < Indus Wire (press)', 'fire service (authority) < Indus Wire (press)'],
    ],
  ])('%s', (text, expected) => {
    expect(speakers(text)).toEqual(expected);
  });

  it('gives the same proposals for the same text', () => {
    const text = 'Police said 12 people died, among them two Britons, and 30 were hurt.';
    expect(JSON.stringify(read(text))).toBe(JSON.stringify(read(text)));
  });
});

describe('plain agency copy', () => {
  const slide: Scheme = {
    home: 'ID',
    groups: [
      { id: 'people', side: 'victims' },
      { id: 'rescuers', side: 'responders' },
    ],
    breakdowns: [{ key: 'place', values: [{ id: 'sumedang' }, { id: 'west-bandung' }] }],
  };

  it.each([
    ['In Sumedang, nine people were killed.', ['killed/people/place=sumedang exactly 9']],
    ['Nine people were killed in West Bandung.', ['killed/people/place=west-bandung exactly 9']],
    ['Police in Sumedang said nine people were killed.', ['killed/people exactly 9']],
    ['Among the dead were a commander and two rescue workers, police said.', ['killed/rescuers exactly 2']],
  ])('reads "%s"', (text, expected) => {
    expect(brief(text, slide)).toEqual(expected);
  });

  it.each([
    ['General Bipin Raw and 12 others died, police said.', []],
    ['Two people were pulled out, but one died, police said.', []],
    ['A woman said: "My two brothers were killed."', []],
    ['Three children aged eight, 12 and 13 were among the dead.', ['killed/people/age=children exactly 3']],
    [
      'Police said 39 of the dead were men and 12 were women.',
      ['killed/people/sex=men exactly 39', 'killed/people/sex=women exactly 12'],
    ],
    [
      'Seventeen children had died and seven were being treated.',
      ['killed/people/age=children exactly 17', 'injured/people/age=children exactly 7'],
    ],
    ['As many as 35 people may have been wounded or killed.', []],
    ['Earlier this month, a blast killed eight people.', []],
  ])('counts in "%s" whom it tells of', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  it('knows by the office before it who is named without one', () => {
    expect(
      speakers('The interior minister said 39 people died.\n\nTen people were hurt, Matteo Salvo said.').map(
        (chain) => chain.split(' < ')[0],
      ),
    ).toEqual(['interior minister (authority)', 'Matteo Salvo (authority)']);
  });

  it('sets no nation apart that the group is named for', () => {
    const war: Scheme = { home: 'AM', groups: [{ id: 'armenian-soldiers', side: 'victims' }] };
    expect(brief('At least 49 Armenian soldiers were killed.', war)).toEqual(['killed/armenian-soldiers atLeast 49']);
  });

  it('takes people whom the police arrest for the other side', () => {
    const attack: Scheme = { home: 'LK', groups: [...flood.groups, { id: 'suspects', side: 'perpetrators' }] };
    expect(brief('Twenty-four people have been arrested. The dead included 32 foreigners.', attack)).toEqual([
      'arrested/suspects exactly 24',
      'killed/people/nationality=foreign exactly 32',
    ]);
  });

  it('leaves out what happens every year', () => {
    expect(brief('Bus crashes kill thousands of people in the country every year.')).toEqual([]);
  });

  it('takes people rescued from nobody for no freed ones', () => {
    expect(brief('Soldiers rescued 40 people from rooftops.')).toEqual([]);
    expect(brief('Commandos rescued 40 hostages.', siege)).toEqual(['freed/hostages exactly 40']);
  });

  it('reads bodies of children as children', () => {
    expect(brief('The hospital received 29 bodies of children.')).toEqual(['killed/people/age=children exactly 29']);
  });

  it('knows the figure of a number given before', () => {
    expect(
      brief('The toll rose to 201, with hundreds missing, police said. The figure of 201 is not final, he said.'),
    ).toEqual(['killed/people exactly 201', 'missing/people vague hundreds']);
  });

  it.each([
    ['Two people died in hospital, Sheriff Scott Isra said.', ['Sheriff Scott Isra (authority)']],
    ['Five women were hurt, union president John Court said.', ['union president John Court (organisation)']],
    ['Interior ministry figures showed 49 people were missing.', ['Interior ministry (authority)']],
    ['Deden Ridwan, who heads the disaster agency, said nine people died.', ['Deden Ridwan (authority)']],
  ])('finds who said "%s"', (text, expected) => {
    expect(speakers(text).map((chain) => chain.split(' < ')[0])).toEqual(expected);
  });
});
