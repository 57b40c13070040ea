import { describe, expect, it } from '@jest/globals';
import { closerWindow, headlineSteps } from '../../web/src/chart/headline-steps.js';
import { groupRevisions } from '../../web/src/tally/group-revisions.js';
import { estimate, revision } from './samples.js';

describe('groupRevisions', () => {
  it('groups by filing, the headline first, and puts away what only adds up', () => {
    const of = (number: string, cell: string, members = {}) => revision(number, { cell, position: '41', ...members });
    const [filing, older] = groupRevisions(
      [
        of('5', 'killed/side:victims', { reason: 'addsUp' }),
        of('4', 'killed/side:victims/nationality=JP', { reason: 'addsUp' }),
        of('3', 'killed/hostages'),
        of('2', 'held/side:victims', { reason: 'addsUp', fall: true, unexplained: true }),
        revision('1', { position: '30' }),
      ],
      'killed/side:victims',
    );
    expect(filing?.said.map((entry) => entry.number)).toEqual(['5', '2', '3']);
    expect(filing?.followed.map((entry) => entry.number)).toEqual(['4']);
    expect(older?.position).toBe('30');
  });
});

describe('headlineSteps', () => {
  it('goes by publication, never back, and by recording where the desk decided', () => {
    const steps = headlineSteps([
      revision('3', { publishedAt: null, recordedAt: '2026-11-22T20:00:00Z' }),
      revision('2', { publishedAt: '2013-01-17T00:00:00Z' }),
      revision('1', { publishedAt: '2013-01-18T00:00:00Z' }),
    ]);
    expect(steps.map((step) => new Date(step.at).toISOString())).toEqual([
      '2013-01-18T00:00:00.000Z',
      '2013-01-18T00:00:00.000Z',
      '2026-11-22T20:00:00.000Z',
    ]);
  });

  it('reads an open high as its low, and shows no number where there is none', () => {
    const open = estimate('killed/hostages', 7, { reported: { low: 7, high: null } });
    const [first, second] = headlineSteps([
      revision('1', { after: open }),
      revision('2', { after: null, fall: true, unexplained: true }),
    ]);
    expect(first).toMatchObject({ low: 7, high: 7, unexplainedFall: false });
    expect(second).toMatchObject({ best: null, low: null, high: null, unexplainedFall: true });
  });
});

describe('closerWindow', () => {
  const stepsOn = (...days: readonly string[]) =>
    headlineSteps(days.map((day, at) => revision(String(at + 1), { publishedAt: `${day}T00:00:00Z` })));

  it('ends before the long silence, where most changes came before it', () => {
    const window = closerWindow(
      stepsOn('2013-01-16', '2013-01-17', '2013-01-18', '2013-01-19', '2013-01-21', '2013-09-12', '2015-02-27'),
    );
    expect(new Date(window?.from ?? 0).toISOString()).toBe('2013-01-16T00:00:00.000Z');
    expect(new Date(window?.to ?? 0).toISOString().slice(0, 10)).toBe('2013-01-21');
  });

  it('offers none where time is evenly filled or changes are few', () => {
    expect(closerWindow(stepsOn('2013-01-16', '2013-01-17', '2013-01-18', '2013-01-19', '2013-01-20'))).toBeNull();
    expect(closerWindow(stepsOn('2013-01-16', '2015-02-27'))).toBeNull();
    expect(closerWindow([])).toBeNull();
    expect(closerWindow(stepsOn('2013-01-16', '2013-01-16', '2013-01-16', '2013-01-16'))).toBeNull();
  });
});
