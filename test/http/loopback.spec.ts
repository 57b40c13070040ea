import { describe, expect, it } from '@jest/globals';
import { isLoopbackAddress, isLoopbackHost, isLoopbackHostHeader } from '../../src/http/loopback.js';

describe('this machine', () => {
  it.each(['127.0.0.1', '127.255.0.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:127.9.9.9'])(
    'is reached at %s',
    (address) => {
      expect(isLoopbackAddress(address)).toBe(true);
    },
  );

  it.each([
    '10.0.0.1',
    '128.0.0.1',
    '0.0.0.0',
    '::',
    '::2',
    '::ffff:10.0.0.1',
    'localhost',
    '127.0.0.1.evil',
    '',
    undefined,
  ])('is not reached at %s', (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  });

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['tollbook.example', false],
  ])('is all that is bound at %s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });

  it.each([
    'localhost.',
    'localhost@evil',
    'localhost:4711:1',
    'localhost:123456',
    ' localhost',
    'ｌocalhost',
    undefined,
  ])('is not named by Host %s', (header) => {
    expect(isLoopbackHostHeader(header)).toBe(false);
  });
});
