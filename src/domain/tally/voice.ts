import type { GradeRecord } from '../incident-state.js';
import { canonicalName, originNameOf } from '../origin.js';
import { sameChain } from '../repeated-parts.js';
import type { AttributionLink } from '../schema/report.js';
import { rankOfKind, type LexiconId, type SpeakerKind } from '../vocabulary.js';

/** Who said something, and who carried it, as the rules read it: one for all figures of a speaker by one outlet. */
export interface Voice {
  /** The origin's own name, before links join it to others. */
  readonly name: string;
  /** As filed, or as graded. */
  readonly kind: SpeakerKind;
  readonly rank: number;
  readonly named: boolean;
  readonly body: string | null;
  /** The speaker's name as filed, for phrases. */
  readonly speaker: string;
  /** Canonical, so that one outlet counts once. */
  readonly outlet: string;
  /** By which words are read. */
  readonly lexicon: LexiconId;
}

interface Known {
  readonly voice: Voice;
  readonly attribution: readonly AttributionLink[];
  readonly outlet: string;
}

/** The voices of one incident: each is worked out when it is first heard, and again only where its chain changes. */
export class Voices {
  /** By the speaker's name as filed: the last one heard under it. */
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly grades: ReadonlyMap<string, GradeRecord>,
    private readonly lexicon: LexiconId,
  ) {}

  voiceOf(attribution: readonly AttributionLink[], outlet: string): Voice {
    const key = attribution[0]?.name ?? '';
    const known = this.#known.get(key);
    if (known !== undefined && known.outlet === outlet && sameChain(known.attribution, attribution)) return known.voice;
    const voice = this.#newVoice(attribution, outlet);
    this.#known.set(key, { voice, attribution, outlet });
    return voice;
  }

  #newVoice(attribution: readonly AttributionLink[], outlet: string): Voice {
    const [speaker] = attribution;
    const name = originNameOf(attribution, outlet);
    const kind = this.grades.get(name)?.kind ?? speaker?.kind ?? 'press';
    return {
      name,
      kind,
      rank: rankOfKind(kind),
      named: speaker?.named ?? true,
      body: speaker?.body ?? null,
      speaker: speaker?.name ?? outlet,
      outlet: canonicalName(outlet),
      lexicon: this.lexicon,
    };
  }
}
