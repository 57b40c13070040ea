import type { MethodId } from '../vocabulary.js';
import type { Method } from './method.js';
import { mostAuthoritative } from './method-most-authoritative.js';
import { lowestCorroborated } from './method-lowest-corroborated.js';
import { majority } from './method-majority.js';
import { mostRecent } from './method-most-recent.js';
import { range } from './method-range.js';
import { twoSource } from './method-two-source.js';

/** Every method by its id. */
export const methods: Readonly<Record<MethodId, Method>> = {
  'most-authoritative/1': mostAuthoritative,
  'most-recent/1': mostRecent,
  'range/1': range,
  'majority/1': majority,
  'two-source/1': twoSource,
  'lowest-corroborated/1': lowestCorroborated,
};
