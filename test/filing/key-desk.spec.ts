import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { KeyDesk, type KeyDeskDeps } from '../../src/filing/key-desk.js';
import { keysStream } from '../../src/filing/key-events.js';
import { MemoryLog } from '../support/memory-log.js';

const deps = (log: MemoryLog, now: { ms: number }): KeyDeskDeps => ({
  log,
  clock: () => new Date(now.ms),
  newUuid: randomUUID,
  random: () => 0,
});

const atMs = Date.UTC(2026, 0, 1);

test('a key opens what it is for until it expires or is revoked, over restarts too', async () => {
  const [log, now] = [new MemoryLog(), { ms: atMs }];
  const keys = await KeyDesk.open(deps(log, now));
  expect(keys.anyKeyExists()).toBe(false);
  const { key, secret } = await keys.create({ role: 'desk', desk: 'night', expiresAt: '2026-01-02T00:00:00Z' });
  expect(secret).toMatch(/^tbk_[\w-]{43}$/u);
  expect(key).toMatchObject({ role: 'desk', desk: 'night', person: null, state: 'active', revokedAt: null });
  const other = await keys.create({ role: 'admin' });
  const again = await KeyDesk.open(deps(new MemoryLog(log.store), now));
  for (const desk of [keys, again]) {
    expect(desk.find(secret)).toEqual(key);
    expect([desk.find(`${secret}x`), desk.find(''), desk.find(secret.slice(4))]).toEqual([null, null, null]);
  }
  expect((await keys.revoke(other.key.id))?.state).toBe('revoked');
  expect(await keys.revoke(other.key.id)).toEqual(keys.list()[1]);
  expect([keys.find(other.secret), await keys.revoke('key_none')]).toEqual([null, null]);
  now.ms += 86_400_000;
  expect([keys.find(secret), keys.list()[0]?.state, keys.anyKeyExists()]).toEqual([null, 'expired', true]);
});

test('only a hash of the secret is stored', async () => {
  const log = new MemoryLog();
  const { secret } = await (await KeyDesk.open(deps(log, { ms: atMs }))).create({ role: 'reader' });
  expect(JSON.stringify(log.store.rows)).not.toContain(secret.slice(4));
});

test('instances make and revoke keys at once, and know of each other’s', async () => {
  const log = new MemoryLog();
  const desks = await Promise.all([0, 1].map(() => KeyDesk.open(deps(new MemoryLog(log.store), { ms: atMs }))));
  const made = await Promise.all(Array.from({ length: 10 }, (_, n) => desks[n % 2]!.create({ role: 'reader' })));
  for (const desk of desks) await desk.refresh();
  expect(desks.map((desk) => made.every(({ secret }) => desk.find(secret) !== null))).toEqual([true, true]);
  expect((await desks[1]!.revoke(made[0]!.key.id))?.state).toBe('revoked');
});

test('where the stream says what cannot be read, no key opens anything', async () => {
  const log = new MemoryLog();
  const keys = await KeyDesk.open(deps(log, { ms: atMs }));
  const { secret } = await keys.create({ role: 'reader' });
  await log.append(keysStream, 0n, [{ id: randomUUID(), type: 'KeyNarrowed.v1', data: { id: 'x' }, meta: {} }]);
  await expect(keys.refresh()).rejects.toThrow('KeyNarrowed.v1');
  expect(keys.find(secret)).toBeNull();
  await expect(KeyDesk.open(deps(log, { ms: atMs }))).rejects.toThrow('KeyNarrowed.v1');
});
