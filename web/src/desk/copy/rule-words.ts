import type { Proposal } from '../../extract/article.js';

const rules: Readonly<Record<string, string>> = {
  inTheNoun: 'the noun says what happened',
  beside: 'what happened stands beside the number',
  object: 'the verb before it says what happened',
  predicate: 'the verb after it says what happened',
  relative: 'a relative clause says what happened',
  list: 'what happened is said once for a list',
  toll: 'a toll or count is named before it',
  among: '“among the dead” or the like',
  part: 'a part of a number before it',
  there: 'it says that they were there',
  named: '',
  whole: 'whom it counts: as the whole that it is part of',
  before: 'whom it counts: as the number before it',
  focus: 'whom it counts: as the sentence before',
  default: '',
  said: '',
  'same paragraph': 'who said it: as the sentence before',
  'goes on': 'who said it: goes on from the paragraph before',
  outlet: 'nobody is named for it',
};

const sureFrom = 0.88;
const likelyFrom = 0.75;

/** How far a proposal follows from the words alone, as a word. */
export function confidenceWord(confidence: number): 'plain' | 'likely' | 'check' {
  if (confidence >= sureFrom) return 'plain';
  return confidence >= likelyFrom ? 'likely' : 'check';
}

/** How a proposal was read, for the desk to judge. */
export const rulesInWords = ({ rules: fired }: Pick<Proposal, 'rules'>): string =>
  fired
    .map((rule) => rules[rule] ?? rule)
    .filter((words) => words !== '')
    .join('; ');
