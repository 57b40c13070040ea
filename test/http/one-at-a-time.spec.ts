import { expect, it } from '@jest/globals';
import { OneAtATime } from '../../src/http/one-at-a-time.js';

it('lets one run after the other, past one that fails, and no more wait than that', async () => {
  const turns = new OneAtATime(3);
  const seen: string[] = [];
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const [a, b, c] = [turns.run(work('a')), turns.run(work('b', true)), turns.run(work('c'))];
  await expect(turns.run(work('d'))).rejects.toMatchObject({ code: 'busy' });
  await expect(a).resolves.toBe('a');
  await expect(b).rejects.toThrow('b');
  await expect(c).resolves.toBe('c');
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  await expect(turns.run(work('e'))).resolves.toBe('e');
});
