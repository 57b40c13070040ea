import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evolveOutline, initialOutline } from '../../../src/domain/incident-outline.js';
import { evolve, initialState } from '../../../src/domain/incident-state.js';
import { History } from './history.js';
import { step, take } from './random-history.js';
import { scheme } from './random-scheme.js';

const thrownBy = (fold: () => void): string | null => {
  try {
    fold();
    return null;
  } catch (error) {
    return String(error);
  }
};

it('says of an incident what its state says, and stumbles over the same events, whatever is missing', () => {
  let stumbles = 0;
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 25 }),
      fc.array(fc.nat(3), { minLength: 30, maxLength: 90 }),
      (steps, lost) => {
        const history = new History(scheme);
        for (const each of steps) take(history, each);
        const [state, outline] = [initialState(), initialOutline()];
        // A hole here and there: what refers to it cannot be folded.
        const kept = history.filings.flat().filter((_, at) => lost[at] !== 0);
        for (const event of kept) {
          const thrown = thrownBy(() => evolve(state, event));
          expect(thrownBy(() => evolveOutline(outline, event))).toBe(thrown);
          if (thrown !== null) stumbles += 1;
          const { slug, status, scheme: found } = outline;
          expect([slug, status, found]).toEqual([state.slug, state.status, state.scheme]);
        }
      },
    ),
  );
  expect(stumbles).toBeGreaterThan(50);
});
