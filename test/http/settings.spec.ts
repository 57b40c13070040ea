import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readSettings, settingNames, SettingsError } from '../../src/settings.js';

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(readSettings({ PATH: '/bin' })).toEqual({
      log: { kind: 'embedded', directory: './data' },
      viewsDirectory: null,
      port: 4711,
      host: '127.0.0.1',
      publicRead: false,
      corsOrigins: [],
      sample: false,
      shutdownDelaySeconds: 0,
      unknown: [],
    });
  });

  it('are read from the environment, an empty variable being none', () => {
    const settings = readSettings({
      TOLLBOOK_LOG: 'embedded:/var/lib/tollbook',
      TOLLBOOK_PORT: '0',
      TOLLBOOK_HOST: '[::1]',
      TOLLBOOK_PUBLIC_READ: 'true',
      TOLLBOOK_CORS_ORIGINS: 'https://a.example, http://b.example:8080',
      TOLLBOOK_SAMPLE: '',
    });
    expect(settings).toMatchObject({
      log: { kind: 'embedded', directory: '/var/lib/tollbook' },
      port: 0,
      host: '::1',
      publicRead: true,
      corsOrigins: ['https://a.example', 'http://b.example:8080'],
      sample: false,
    });
  });

  it.each([
    ['TOLLBOOK_LOG', 'postgres://x'],
    ['TOLLBOOK_LOG', 'embedded:'],
    ['TOLLBOOK_PORT', '70000'],
    ['TOLLBOOK_PORT', '4711a'],
    ['TOLLBOOK_HOST', 'local host'],
    ['TOLLBOOK_PUBLIC_READ', 'yes'],
    ['TOLLBOOK_CORS_ORIGINS', '*'],
    ['TOLLBOOK_CORS_ORIGINS', 'https://a.example/'],
    ['TOLLBOOK_CORS_ORIGINS', 'https://a.example,null'],
  ])('refuse %s=%s by name and rule', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} must be `, 'u'));
  });

  it('tell every wrong one at once', () => {
    expect(() => readSettings({ TOLLBOOK_PORT: 'x', TOLLBOOK_SAMPLE: 'x' })).toThrow(
      /TOLLBOOK_PORT[^]*TOLLBOOK_SAMPLE/u,
    );
  });

  it('name what has our prefix and means nothing, but for what the command line reads', () => {
    expect(readSettings({ TOLLBOOK_PROT: '1', TOLLBOOK_KEY: 'tbk_x' }).unknown).toEqual(['TOLLBOOK_PROT']);
  });

  it('are those of docs/operations.md', () => {
    const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const documented = [...text.matchAll(/^\| `(?<name>TOLLBOOK_[A-Z_]+)`/gmu)].map(({ groups }) => groups?.['name']);
    expect(documented).toEqual(settingNames);
  });
});
