import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { FailureLog, sameAgainMs } from '../../src/http/failure-log.js';
import { ProblemError } from '../../src/http/problems.js';
import { LogRefusedError, LogUnavailableError } from '../../src/log/event-log.js';
import { MemoryLog } from '../support/memory-log.js';
import { startTestService } from './service.js';

type Line = readonly [level: string, line: Readonly<Record<string, unknown>>];

const kept = () => {
  const lines: Line[] = [];
  let nowMs = 0;
  const failures = new FailureLog(
    { warn: (line) => lines.push(['warn', line]), error: (line) => lines.push(['error', line]) },
    () => nowMs,
  );
  return { failures, lines, pass: (ms: number) => (nowMs += ms) };
};

const away = new LogUnavailableError('Node 1 does not answer', false);
const toldAway = new ProblemError('log-unavailable', 'The log is away; nothing was stored.');
const unexpected = new ProblemError('internal-error', 'The request failed.');

afterEach(() => {
  jest.restoreAllMocks();
});

describe('what the log of the service says of requests that failed', () => {
  it('tells once a minute that the event log is away, and how many requests met it', () => {
    const { failures, lines, pass } = kept();
    for (let request = 0; request < 1_000; request += 1) failures.note(away, toldAway, 'r1');
    // As a filing says it, which has no error of the log's own.
    failures.note(toldAway, toldAway, 'r2');
    const first = { message: 'The event log is away: what needs it is answered 503', error: away.message, requests: 1 };
    expect(lines).toEqual([['warn', first]]);
    pass(sameAgainMs);
    failures.note(away, toldAway, 'r3');
    expect(lines.slice(1)).toEqual([['warn', { ...first, requests: 1_001 }]]);
    failures.note(away, toldAway, 'r4');
    // Another outage, later: those that met this one are none of its own.
    pass(2 * sameAgainMs);
    failures.note(away, toldAway, 'r5');
    expect(lines.slice(2)).toEqual([['warn', first]]);
  });

  it('tells apart a log that is away and one that refuses', () => {
    const { failures, lines } = kept();
    failures.note(away, toldAway, 'r1');
    for (let request = 0; request < 3; request += 1)
      failures.note(new LogRefusedError('The disk is full'), toldAway, 'r2');
    expect(lines.map(([level, { error }]) => [level, error])).toEqual([
      ['warn', away.message],
      ['error', 'The disk is full'],
    ]);
  });

  it('tells each failure that nobody expected, with its stack, and nothing of a refusal', () => {
    const { failures, lines } = kept();
    const thrown = new Error('what was not thought of');
    failures.note(thrown, unexpected, 'r1');
    failures.note(thrown, unexpected, 'r2');
    const refusal = new ProblemError('invalid-report', 'A report needs a figure.');
    failures.note(refusal, refusal, 'r3');
    expect(lines).toEqual(
      ['r1', 'r2'].map((requestId) => [
        'error',
        { message: 'A request failed unexpectedly', requestId, error: thrown.stack },
      ]),
    );
  });

  it('gets one line in the running service, however many requests come while the event log is away', async () => {
    const log = new MemoryLog();
    const service = await startTestService({}, { log, quiet: false });
    try {
      const written: string[] = [];
      for (const stream of [process.stdout, process.stderr])
        jest.spyOn(stream, 'write').mockImplementation((bytes) => {
          written.push(String(bytes));
          return true;
        });
      log.away = true;
      for (let request = 0; request < 5; request += 1) {
        const { status } = await service.call('GET', '/v1/incidents/x-2016/tally');
        expect(status).toBe(503);
      }
      const lines = written.filter((line) => line.includes('503') || line.includes('unexpectedly'));
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
        expect.objectContaining({
          level: 'warn',
          context: 'http',
          message: expect.objectContaining({ error: 'the log in memory is away' }),
        }),
      ]);
      expect(written.join('')).not.toContain(' at ');
    } finally {
      jest.restoreAllMocks();
      log.away = false;
      await service.close();
    }
  });
});
