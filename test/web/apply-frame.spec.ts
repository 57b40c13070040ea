import { describe, expect, it } from '@jest/globals';
import { applyFrame, mergeRevisions } from '../../web/src/tally/apply-frame.js';
import { joinHistory } from '../../web/src/tally/join-history.js';
import { isAfter } from '../../web/src/tally/position.js';
import { estimate, frame, revision, tally } from './samples.js';

const a = estimate('killed/a', 1);
const b = estimate('killed/b', 2);
const c = estimate('killed/c', 3);

describe('applyFrame', () => {
  it('replaces, adds in code point order, and removes cells', () => {
    const newer = estimate('killed/c', 30);
    const after = applyFrame(tally([a, c]), frame('11', { cells: [newer, b], removed: ['killed/a'] }));
    expect(after.cells).toEqual([b, newer]);
    expect(after.position).toBe('11');
  });

  it('takes the contradictions whole: an empty list ends them', () => {
    const contradiction = { cells: ['killed/a'], figures: ['f'], text: 't' };
    const before = tally([a], { contradictions: [contradiction] });
    expect(applyFrame(before, frame('11')).contradictions).toEqual([]);
    expect(applyFrame(tally([a]), frame('11', { contradictions: [contradiction] })).contradictions).toHaveLength(1);
  });

  it('changes method and lexicon only where the frame says so', () => {
    expect(applyFrame(tally([a]), frame('11'))).toMatchObject({ method: 'most-authoritative/1', lexicon: 'plain/1' });
    const after = applyFrame(tally([a]), frame('11', { method: 'range/1', lexicon: 'acled/1' }));
    expect(after).toMatchObject({ method: 'range/1', lexicon: 'acled/1' });
  });

  it('takes a frame once: what is covered, or of another incident, gives the very same tally', () => {
    const before = tally([a]);
    expect(applyFrame(before, frame('10', { cells: [b] }))).toBe(before);
    expect(applyFrame(before, frame('9', { cells: [b] }))).toBe(before);
    expect(applyFrame(before, frame('11', { incident: 'y', cells: [b] }))).toBe(before);
    const once = applyFrame(before, frame('11', { cells: [b] }));
    expect(applyFrame(once, frame('11', { cells: [b] }))).toBe(once);
  });

  it('does not change the tally that it is given', () => {
    const before = tally([a, c]);
    applyFrame(before, frame('11', { cells: [b], removed: ['killed/a'] }));
    expect(before).toEqual(tally([a, c]));
  });
});

describe('isAfter', () => {
  it('compares digits as numbers, beyond what a number holds exactly', () => {
    expect(isAfter('10', '9')).toBe(true);
    expect(isAfter('9', '10')).toBe(false);
    expect(isAfter('9', '9')).toBe(false);
    expect(isAfter('9007199254740993', '9007199254740992')).toBe(true);
  });
});

describe('mergeRevisions', () => {
  it('puts the newest first and replaces a revision that was sent again with its explanation', () => {
    const explanation = { reason: 'doubleCount', note: null, by: { desk: 'd', person: null }, at: 't' };
    const merged = mergeRevisions([revision('9'), revision('8')], [revision('10'), revision('8', { explanation })]);
    expect(merged.map((entry) => entry.number)).toEqual(['10', '9', '8']);
    expect(merged[2]?.explanation).toEqual(explanation);
  });
});

describe('joinHistory', () => {
  const page = (numbers: readonly string[], next: string | null) => ({
    revisions: numbers.map((n) => revision(n)),
    next,
  });
  const numbersOf = (history: { readonly revisions: readonly { readonly number: string }[] }) =>
    history.revisions.map((entry) => entry.number);

  it('keeps what the feed brought while the page was read', () => {
    const joined = joinHistory(page(['4', '3'], '3'), page(['6', '5', '4', '3'], '3'));
    expect(numbersOf(joined)).toEqual(['6', '5', '4', '3']);
    expect(joined.next).toBe('3');
  });

  it('keeps older pages that the new one touches', () => {
    const joined = joinHistory(page(['9', '8'], '8'), page(['8', '7', '6'], '6'));
    expect(numbersOf(joined)).toEqual(['9', '8', '7', '6']);
    expect(joined.next).toBe('6');
  });

  it('lets go of older pages rather than show a gap', () => {
    const joined = joinHistory(page(['20', '19'], '19'), page(['8', '7'], null));
    expect(numbersOf(joined)).toEqual(['20', '19']);
    expect(joined.next).toBe('19');
  });
});
