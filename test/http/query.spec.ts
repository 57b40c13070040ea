import { describe, expect, it } from '@jest/globals';
import { feedsQuery, historyQuery, tallyQuery } from '../../src/http/parameters.js';
import { ProblemError } from '../../src/http/problems.js';
import { readQuery } from '../../src/http/query.js';

const refusalOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
};

describe('a query', () => {
  it('is read into what its schema says, with defaults', () => {
    expect(readQuery('/x?cell=killed%2Fhostages&limit=7', historyQuery)).toEqual({
      cell: 'killed/hostages',
      limit: 7,
      order: 'asc',
    });
  });

  it('takes an offset whose plus was left unencoded', () => {
    expect(readQuery('/x?knownAt=2013-01-18T04:00:00+01:00', tallyQuery)).toEqual({
      knownAt: '2013-01-18T04:00:00+01:00',
    });
  });

  it('parts the incidents of a feed', () => {
    expect(readQuery('/x?incidents=a-1,b-2,a-1', feedsQuery)).toEqual({ incidents: ['a-1', 'b-2'] });
  });

  it.each([
    ['?limit=0', historyQuery, '/limit', 'min 1'],
    ['?limit=1001', historyQuery, '/limit', 'max 1000'],
    ['?limit=ten', historyQuery, '/limit', 'number from 1 to 1000'],
    ['?after=-1', historyQuery, '/after', 'digits'],
    ['?order=up', historyQuery, '/order', 'one of asc, desc'],
    ['?at=1e3', tallyQuery, '/at', 'position: digits'],
    ['?at=', tallyQuery, '/at', 'position: digits'],
    ['?at=12345678901234567890', tallyQuery, '/at', 'position: digits'],
    ['?method=best', tallyQuery, '/method', expect.stringMatching(/^one of most-authoritative\/1/u)],
    ['?knownAt=today', tallyQuery, '/knownAt', 'RFC 3339 instant or a plain date'],
    ['?knowAt=2013-01-18', tallyQuery, '/knowAt', 'unknown parameter'],
    ['?at=1&at=2', tallyQuery, '/at', 'given once'],
    ['?__proto__=1', tallyQuery, '/__proto__', 'unknown parameter'],
    ['?pretty', undefined, '/pretty', 'unknown parameter'],
    ['?incidents=', feedsQuery, '/incidents/0', 'min 1 characters'],
  ])('%s is refused by name', (query, schema, pointer, rule) => {
    const refusal = refusalOf(() => readQuery(`/x${query}`, schema));
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'invalid-query', status: 400, errors: [{ pointer, rule }] });
  });

  it('is refused where its encoding is broken', () => {
    expect(refusalOf(() => readQuery('/x?q=%zz', historyQuery))).toMatchObject({ code: 'invalid-query' });
  });
});
