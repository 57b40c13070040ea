import type { Incident } from '../../api/shapes.js';
import { eventAt, measureOf } from '../../words-to-figures/events.js';
import { tokenise } from '../../words-to-figures/tokens.js';
import { keyName, measureName } from '../../words/names.js';
import { keyChoices, measuresOf } from '../choices.js';
import type { Sheet } from './parse-table.js';

/** What a column says of its row's figure or report; `count:killed` counts by itself, `part:sex` is a breakdown. */
export type Role = string;

export const ignored: Role = '';

/** Role, its name for people, other headers that mean it, HXL tags that do. */
const known: readonly (readonly [role: Role, name: string, headers: string, tags: string])[] = [
  ['outlet', 'Outlet', 'outlet source publisher media newspaper publication', '#source+outlet #source #source+name'],
  ['url', 'Link', 'url link href sourceurl', '#source+url #meta+url #contact+url'],
  [
    'publishedAt',
    'Published',
    'publishedat published date reportdate reportedat datereported',
    '#date+published #date+reported #date',
  ],
  ['statedAt', 'Said', 'statedat stated saidat said asof', '#date+stated'],
  ['speaker', 'Who said it', 'speaker saidby whosaidit attribution attributedto spokesperson', '#source+speaker'],
  ['kind', 'Kind of source', 'kind sourcekind speakerkind kindofsource', '#source+kind'],
  ['named', 'Named', 'named', '#source+named'],
  ['speakerId', 'Origin’s id', 'speakerid originid', '#source+id'],
  ['body', 'Body of the speaker', 'body', '#source+body'],
  ['relays', 'Relayed by', 'relays via relayedby', '#source+relays'],
  ['cell', 'Cell', 'cell', '#indicator+code'],
  ['measure', 'What happened', 'measure indicator whathappened', '#indicator+name #indicator'],
  ['group', 'To whom', 'group who towhom population', '#population+group #population'],
  ['side', 'Side', 'side', '#population+side'],
  ['line', 'A figure as a line', 'figure line text figures', ''],
  ['quantity', 'Kind of number', 'quantity quantitykind', '#affected+kind'],
  ['value', 'Number', 'value number count toll howmany', '#affected+num #affected'],
  ['valueHigh', 'Higher number', 'valuehigh', '#affected+num+max'],
  ['low', 'At least', 'low min minimum', '#affected+min'],
  ['high', 'At most', 'high max maximum', '#affected+max'],
  ['word', 'Word for the number', 'word', '#affected+word'],
  ['words', 'In the report’s words', 'words quote', '#description+words'],
  ['basis', 'What the number counts', 'basis', '#affected+basis'],
  ['of', 'Sum of', 'of', '#meta+of'],
  ['hedged', 'Hedged', 'hedged', '#status+hedged'],
  ['reason', 'Why it changed', 'reason', ''],
  ['note', 'Note', 'note', ''],
  ['id', 'Id in the sheet', 'id', '#meta+id'],
  ['report', 'Report in the sheet', 'report', '#meta+report'],
  ['state', 'State', 'state', '#status'],
];

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Attributes of a tag stand in any order. */
const ordered = (tag: string): string => {
  const [hashtag = '', ...attributes] = tag.split('+');
  return [hashtag, ...attributes.toSorted()].join('+');
};

const pairs = (listOf: (row: (typeof known)[number]) => string): readonly (readonly [string, Role])[] =>
  known.flatMap((row) =>
    listOf(row)
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => [name, row[0]] as const),
  );

const byHeader = new Map(pairs(([, , headers]) => headers));
const byTag = new Map(pairs(([, , , tags]) => tags).map(([tag, role]) => [ordered(tag), role]));

type Scheme = Pick<Incident, 'home' | 'groups' | 'measures' | 'breakdowns'>;

/** A column that is itself a measure ("killed", "wounded"), or a key of a breakdown. */
function ofScheme(text: string, scheme: Scheme): Role | null {
  const name = folded(text);
  if (name === '') return null;
  const key = keyChoices(scheme).find(([each]) => folded(each) === name);
  if (key !== undefined) return `part:${key[0]}`;
  const own = measuresOf(scheme).find((measure) => folded(measure) === name);
  if (own !== undefined) return `count:${own}`;
  const tokens = tokenise(text.replaceAll(/[_+]/gu, ' ').toLowerCase());
  const event = eventAt(tokens, 0);
  const measure = event === null || event.length < tokens.length ? null : measureOf(scheme, event.event);
  return measure === null ? null : `count:${measure}`;
}

function guessOne(header: string, tag: string, scheme: Scheme): Role {
  const tagged = tag === '' ? undefined : byTag.get(ordered(tag));
  if (tagged !== undefined && tag !== '#affected') return tagged;
  const [hashtag = '', ...attributes] = tag.split('+');
  if (hashtag === '#population' || hashtag === '#affected')
    for (const attribute of attributes) {
      const found = ofScheme(attribute, scheme);
      if (found !== null) return found;
    }
  return byHeader.get(folded(header)) ?? ofScheme(header, scheme) ?? tagged ?? ignored;
}

/** What each column most likely is. No role is given twice, and ends of an interval only where there is no number. */
export function guessRoles({ headers, tags }: Pick<Sheet, 'headers' | 'tags'>, scheme: Scheme): readonly Role[] {
  const taken = new Set<Role>();
  const roles = headers.map((header, place) => {
    const role = guessOne(header, tags[place] ?? '', scheme);
    if (role === ignored || taken.has(role)) return ignored;
    taken.add(role);
    return role;
  });
  const hasNumber = taken.has('value') || taken.has('quantity') || taken.has('line');
  // A cell's text says the same as the columns that take it apart.
  const apart = new Set(['measure', 'group', 'side']);
  return roles.map((role) => {
    if (hasNumber && (role === 'low' || role === 'high')) return ignored;
    if (taken.has('cell') && (apart.has(role) || role.startsWith('part:'))) return ignored;
    return role;
  });
}

export const roleChoices = (scheme: Scheme): readonly (readonly [Role, string])[] => [
  ...known.map(([role, name]) => [role, name] as const),
  ...measuresOf(scheme).map((measure) => [`count:${measure}`, `Number ${measureName(measure).toLowerCase()}`] as const),
  ...keyChoices(scheme).map(([key]) => [`part:${key}`, `Part by ${keyName(key).toLowerCase()}`] as const),
];
