import { describe, expect, test } from '@jest/globals';
import { LogRefusedError } from '../../src/log/event-log.js';
import { addressOf } from '../../src/log/kurrentdb/address.js';

const refusal = (text: string): string => {
  try {
    addressOf(text);
  } catch (error) {
    expect(error).toBeInstanceOf(LogRefusedError);
    return (error as Error).message;
  }
  throw new Error(`taken: ${text}`);
};

describe('the address of a KurrentDB', () => {
  test('is taken apart: user and password decoded, and apart from what is told', () => {
    const address = addressOf(
      'kurrentdb://night%40desk:pa%3A55%40w%2Frd%25@a:2111,b.example,c:2113?tls=true&nodePreference=leader',
    );
    expect(address).toEqual({
      bare: 'kurrentdb://a:2111,b.example,c:2113?tls=true&nodePreference=leader',
      full: 'kurrentdb://night%40desk:pa%3A55%40w%2Frd%25@a:2111,b.example,c:2113?tls=true&nodePreference=leader',
      credentials: { username: 'night@desk', password: 'pa:55@w/rd%' },
      server: 'a:2111,b.example,c:2113',
      hosts: [
        { host: 'a', port: 2111 },
        { host: 'b.example', port: 2113 },
        { host: 'c', port: 2113 },
      ],
      isTls: true,
      ca: null,
      warnings: [],
    });
  });

  test('has TLS where nothing is said of it, and sends no password without', () => {
    expect(addressOf('kurrentdb://a')).toMatchObject({ isTls: true, credentials: null, bare: 'kurrentdb://a' });
    const bare = addressOf('esdb+discover://admin:aSecret@a:1?tls=false');
    expect(bare).toMatchObject({ isTls: false, credentials: null, full: 'esdb+discover://a:1?tls=false' });
    expect(bare.warnings).toHaveLength(1);
  });

  test.each([
    ['kurrentdb://admin:aSe@cret@host:1?tls=true', /%40/u],
    ['kurrentdb://admin:aSe/cret@host:1', /percent-encoded/u],
    ['kurrentdb://admin:aSe?cret@host:1', /percent-encoded/u],
    ['kurrentdb://admin:aSe#cret@host:1', /percent-encoded/u],
    ['kurrentdb://admin:aSe%cret@host:1', /percent encoding of the password is wrong/u],
    ['kurrentdb://admin@host:1', /user:password@/u],
    ['kurrentdb://admin:aSecret@', /kurrentdb:\/\/user/u],
    ['kurrentdb://admin:aSecret@host:1?discover=true', /none of the client's: discover$/u],
    ['kurrentdb://admin:aSecret@host:1?tls', /tls has no value/u],
    ['kurrentdb://admin:aSecret@host:1?tls=yes', /tls must be true or false/u],
    ['kurrentdb://admin:aSecret@host:1?tlsVerifyCert=false', /tlsVerifyCert=false would talk to anybody/u],
    ['kurrentdb://admin:aSecret@host:1?tls_verify-CERT=False', /tlsVerifyCert=false would talk to anybody/u],
    ['kurrentdb://admin:aSecret@host:1?throwOnAppendFailure=false', /tells conflicts wrongly/u],
    ['kurrentdb://admin:aSecret@host:1?tls=true&tlsCAFile=/nowhere', /\/nowhere cannot be read: ENOENT/u],
  ])('is refused, without a word of the secret: %s', (text, said) => {
    const message = refusal(text);
    expect(message).toMatch(said);
    expect(message).toMatch(/^TOLLBOOK_LOG cannot be used: /u);
    expect(message).not.toMatch(/aSe|cret/u);
  });
});
