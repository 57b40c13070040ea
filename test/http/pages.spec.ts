import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { servePages } from '../../src/http/pages.js';

let directory: string;
let server: FastifyInstance;

const serving = async (pages: string): Promise<FastifyInstance> => {
  const made = fastify();
  await servePages(made, pages);
  await made.ready();
  return made;
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-pages-'));
  await mkdir(join(directory, 'dist', 'assets'), { recursive: true });
  await writeFile(join(directory, 'dist', 'index.html'), '<!doctype html><title>Tollbook</title>');
  await writeFile(join(directory, 'dist', 'assets', 'index-Ab12Cd34.js'), 'void 0;');
  await writeFile(join(directory, 'dist', 'assets', 'index-Ab12Cd34.js.br'), brotliCompressSync('void 0;'));
  await writeFile(join(directory, 'secret.txt'), 'secret');
  server = await serving(join(directory, 'dist'));
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the pages', () => {
  it.each(['/', '/incidents/x-2013'])('are served at %s, and may load only what is ours', async (url) => {
    const answer = await server.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/u);
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it('keep for ever what has its hash in its name', async () => {
    const answer = await server.inject({ url: '/assets/index-Ab12Cd34.js' });
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/javascript/u);
  });

  it('come compressed to who can read that, and are kept as long', async () => {
    const headers = { 'accept-encoding': 'gzip, deflate, br' };
    const answer = await server.inject({ url: '/assets/index-Ab12Cd34.js', headers });
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': expect.stringMatching('immutable'),
    });
    expect(answer.headers['content-type']).toMatch(/javascript/u);
    expect(answer.headers['vary']).toMatch(/accept-encoding/iu);
    expect(String(brotliDecompressSync(answer.rawPayload))).toBe('void 0;');
  });

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%5c..%5csecret.txt', '/assets/'])(
    'give nothing beside them: %s',
    async (url) => {
      const answer = await server.inject({ url });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('secret\n');
    },
  );

  it('say so where they have not been built', async () => {
    const bare = await serving(join(directory, 'nowhere'));
    const answer = await bare.inject({ url: '/' });
    expect([answer.statusCode, answer.body.includes('npm run build')]).toEqual([200, true]);
    await bare.close();
  });
});
