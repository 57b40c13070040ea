import { singular } from '../words-to-figures/singular.js';
import { tokenise } from '../words-to-figures/tokens.js';
import type { Frame } from './attribution.js';
import { canSpeak, kindOf, nationalityOfName, type KindRead, type SpeakerKind } from './speaker-kind.js';

/** Whoever said something, for the whole article: a later "the ministry" or "he" is the same one. */
export interface Speaker {
  readonly name: string;
  readonly kind: SpeakerKind;
  readonly named: boolean;
  readonly sure: boolean;
  readonly nationality: string | null;
  /** Who carried it between the speaker and the outlet. */
  readonly relays: readonly string[];
  /** Words of the name, each in the singular, by which it is found again. */
  readonly words: ReadonlySet<string>;
  readonly person: boolean;
}

const small = new Set(['the', 'a', 'an', 'of', 'for', 'and', 'in', 'at', 'its', 'head', 'state', "'s"]);
const wordsOf = (name: string): readonly string[] =>
  tokenise(name)
    .filter(({ kind, lower }) => kind === 'word' && !small.has(lower))
    .map(({ lower }) => singular(lower));

const heads: Readonly<Record<string, readonly string[]>> = {
  agency: ['agency', 'authority', 'service', 'office'],
  ministry: ['ministry', 'minister'],
  official: ['official', 'source', 'officer', 'spokesman', 'spokeswoman'],
  source: ['source', 'official'],
  spokesman: ['spokesman', 'spokesperson'],
  spokeswoman: ['spokeswoman', 'spokesperson'],
  minister: ['minister'],
  company: ['company', 'airline', 'operator', 'firm', 'owner', 'ltd', 'energy', 'plc', 'asa', 'inc'],
  hospital: ['hospital', 'clinic'],
  group: ['group', 'union', 'observatory', 'network', 'shabaab', 'al-shabaab', 'taliban', 'monitor', 'organisation'],
  union: ['union', 'federation'],
  federation: ['federation', 'union'],
  governor: ['governor'],
  mayor: ['mayor'],
  doctor: ['doctor', 'surgeon', 'physician'],
  director: ['director', 'head'],
  chief: ['chief', 'head', 'commissioner'],
  service: ['service', 'brigade'],
  brigade: ['brigade', 'service'],
  department: ['department'],
  office: ['office'],
  police: ['police'],
  government: ['government'],
  prosecutor: ['prosecutor'],
};

const institutions = new Set([
  'ministry',
  'federation',
  'union',
  'hospital',
  'association',
  'cross',
  'crescent',
  'agency',
  'court',
  'department',
  'office',
  'police',
  'army',
  'government',
  'company',
  'service',
  'brigade',
  'authority',
  'watch',
  'commission',
  'council',
  'embassy',
  'observatory',
  'guard',
  'airline',
  'group',
  'party',
]);

const fullName = /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’.-]*)+$/u;
const personal = /^(?:he|she)$/iu;
const impersonal = /^(?:it|they|we|i|one)$/iu;
/** The people behind a pronoun are looked for no further back than this, in speakers. */
const speakersBackMax = 6;

const newsroom =
  /\b(?:news|wire|post|times|press|agency|gazette|desk|letter|herald|tribune|courier|journal|daily|media|radio|tv|review|telegraph|monitor|mail|live|online|bulletin|observer|service)\b/iu;
const isNewsroom = (outlet: string): boolean => kindOf(outlet, false).kind === 'press' || newsroom.test(outlet);

/** A statement that a body publishes itself is its own word, and not the press's. */
function outletKind(outlet: string): SpeakerKind {
  if (newsroom.test(outlet)) return 'press';
  if (
    /\b(?:ministry|office|police|constabulary|department|government|embassy|authority|council|brigade|coastguard)\b/iu.test(
      outlet,
    )
  )
    return 'authority';
  return /\b(?:ltd|inc|plc|asa|ag|gmbh|airlines|airways|energy|oil|mining|railways|hospital|red cross|red crescent|unhcr|ocha|who|relief)\b/iu.test(
    outlet,
  )
    ? 'organisation'
    : 'press';
}

export class Speakers {
  readonly #known: Speaker[] = [];
  readonly #outlet: string;
  #outletKind: SpeakerKind;
  /** Whether the sentence before tells who claimed to have done it: "its spokesman" is theirs. */
  claimed = false;

  constructor(outlet: string) {
    this.#outlet = outlet;
    this.#outletKind = outletKind(outlet);
  }

  /** The outlet itself, for what the article says in its own name. */
  get press(): Speaker {
    return {
      name: this.#outlet,
      kind: this.#outletKind,
      named: true,
      sure: true,
      nationality: null,
      relays: [],
      words: new Set(),
      person: false,
    };
  }

  get last(): Speaker | null {
    return this.#known.at(-1) ?? null;
  }

  /**
   * Frames of the whole article: an outlet that they have speak of itself is no newsroom.
   * @param ownVoice whether the text says "our teams" in its own name
   */
  heed(frames: readonly Frame[], ownVoice: boolean): void {
    if (
      this.#outletKind === 'press' &&
      !isNewsroom(this.#outlet) &&
      (ownVoice || frames.some((frame) => this.speaksItself(frame)))
    )
      this.#outletKind = 'organisation';
  }

  /** Whether a frame's name is a pronoun that means nobody met so far. */
  isNobody(frame: Frame): boolean {
    return this.#known.length === 0 && (personal.test(frame.name) || impersonal.test(frame.name));
  }

  /** The outlet, where the text has it speak of itself: "Petro Amuay regrets". */
  speaksItself(frame: Frame): boolean {
    return frame.name.toLowerCase() === this.#outlet.toLowerCase();
  }

  /** The speaker of a frame, made known; one met before where the words mean that one. */
  of(frame: Frame): Speaker {
    const found = this.#again(frame);
    const speaker =
      found === null ? this.#fresh(frame) : { ...found, relays: frame.relays.length > 0 ? frame.relays : found.relays };
    this.#known.push(speaker);
    return speaker;
  }

  #fresh(frame: Frame): Speaker {
    const stripped = frame.owner === null ? frame.name : `${frame.owner} ${frame.name}`;
    const { kind: read, named, sure } = this.#kindOf(stripped, frame);
    const kind = (sure ? null : this.#introduced(stripped)) ?? read;
    const tokens = tokenise(stripped);
    const institution = wordsOf(stripped).some((word) => institutions.has(word));
    const person =
      /spokes|minister|president|governor|mayor|chief|director|commissioner|official\b|officer|leader|\bhead|manager|chair(?:man|woman)|doctor|nurse|priest|commander/iu.test(
        stripped,
      ) ||
      (!institution && tokens.filter(({ text }) => /^\p{Lu}/u.test(text)).length >= 2);
    return {
      name: stripped,
      kind,
      named,
      sure,
      nationality: nationalityOfName(stripped),
      relays: frame.relays,
      words: new Set(wordsOf(stripped)),
      person,
    };
  }

  /** "The interior minister said …; Matteo Salvo said": the name of one who was met by the office alone. */
  #introduced(name: string): SpeakerKind | null {
    if (!fullName.test(name)) return null;
    const office = this.#known.findLast(
      (known) => known.person && known.sure && /^(?:authority|organisation|party)$/u.test(known.kind),
    );
    return office === undefined || /\p{Lu}\p{Ll}+ \p{Lu}/u.test(office.name) ? null : office.kind;
  }

  /** A spokesman without a body speaks for the one that spoke before. */
  #kindOf(name: string, frame: Frame): KindRead {
    const read = kindOf(frame.office === null ? name : `${name}, ${frame.office}`, frame.anonymous);
    // "Its regional chairman": of the body that spoke before.
    const belongs = /spokes/iu.test(name) || frame.possessive;
    if (!belongs || (read.sure && !frame.possessive)) return read;
    if (frame.possessive && (frame.owner !== null || this.#known.length === 0)) return read;
    if (this.claimed && frame.possessive) return { ...read, kind: 'party' };
    const body = this.#known.findLast(({ person, kind }) => !person && kind !== 'press' && kind !== 'official');
    return body === undefined ? { ...read, kind: 'authority' } : { ...read, kind: body.kind };
  }

  #again(frame: Frame): Speaker | null {
    const { name } = frame;
    const recent = this.#known.toReversed();
    if (personal.test(name)) return recent.slice(0, speakersBackMax).find(({ person }) => person) ?? recent[0] ?? null;
    if (impersonal.test(name)) return recent.find(({ person }) => !person) ?? recent[0] ?? null;
    const words = wordsOf(name);
    if (words.length === 0) return recent[0] ?? null;
    // "Warsame", "the disaster agency" after "the national disaster agency": every word is one of the name's.
    const same = recent.find(
      (speaker) =>
        words.every((word) => speaker.words.has(word)) && !(/ and /u.test(speaker.name) && !/ and /u.test(name)),
    );
    if (same !== undefined) return same;
    // "The official source" after "an Algerian security source".
    if (frame.definite && !/\p{Lu}/u.test(name) && !kindOf(name, false).named) {
      const unnamed = recent.find(
        (speaker) =>
          !speaker.named && speaker.kind === 'official' && wordsOf(name).some((word) => speaker.words.has(word)),
      );
      if (unnamed !== undefined) return unnamed;
    }
    const [only, another] = words;
    if (only === undefined || another !== undefined || !canSpeak(only)) return null;
    const alike = heads[only] ?? [only];
    return recent.find((speaker) => alike.some((head) => speaker.words.has(head))) ?? null;
  }
}
