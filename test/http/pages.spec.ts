import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { servePages } from '../../src/http/pages.js';

let directory: string;
let server: FastifyInstance;

const serving = async (pages: string, framers: readonly string[] = []): Promise<FastifyInstance> => {
  const made = fastify();
  await servePages(made, pages, framers);
  await made.ready();
  return made;
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-pages-'));
  await mkdir(join(directory, 'dist', 'assets'), { recursive: true });
  await mkdir(join(directory, 'dist', 'embed'), { recursive: true });
  await writeFile(join(directory, 'dist', 'embed', 'frame.html'), '<!doctype html><title>A number</title>');
  await writeFile(join(directory, 'dist', 'embed', 'frame.html.br'), brotliCompressSync('<!doctype html>'));
  await writeFile(join(directory, 'dist', 'embed', 'tollbook-tally.js'), 'void 0;');
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
  it.each(['/', '/incidents/x-2013', '/audit/x-2013', '/desk/x-2013', '/embed'])(
    'are served at %s, and may load only what is ours',
    async (url) => {
      const answer = await server.inject({ url });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toMatch(/^text\/html/u);
      expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
      expect(answer.headers['content-security-policy']).not.toContain('unsafe');
      expect(answer.headers['cache-control']).toBe('no-cache');
    },
  );

  it.each(['/embed/x-2013', '/embed/frame.html'])(
    'let %s, and it alone, into frames of the pages named',
    async (url) => {
      const page = await server.inject({ url: '/' });
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      const closed = await server.inject({ url, headers: { 'accept-encoding': 'br' } });
      expect(closed.statusCode).toBe(200);
      expect(closed.headers['content-security-policy']).toMatch(/frame-ancestors 'self'$/u);
      const named = await serving(join(directory, 'dist'), ['https://news.example']);
      const open = await named.inject({ url });
      expect(open.headers['content-security-policy']).toMatch(/frame-ancestors 'self' https:\/\/news\.example$/u);
      expect(open.headers['content-security-policy']).not.toContain('unsafe');
      await named.close();
    },
  );

  it('give the element to the pages of others under a name that stays, not kept for long', async () => {
    const answer = await server.inject({ url: '/embed/tollbook-tally.js' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
    expect(answer.headers['content-type']).toMatch(/javascript/u);
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

describe('pages that were built anew while the service runs', () => {
  it('are served with their new parts, and parts that are gone are not there', async () => {
    const built = join(directory, 'built');
    const build = async (into: string, part: string): Promise<void> => {
      await mkdir(join(into, 'assets'), { recursive: true });
      await writeFile(join(into, 'index.html'), `<!doctype html><script src="/assets/${part}"></script>`);
      await writeFile(join(into, 'assets', part), 'void 1;');
      await writeFile(join(into, 'assets', `${part}.br`), brotliCompressSync('void 1;'));
    };
    await build(built, 'index-Old00000.js');
    const running = await serving(built);
    await build(`${built}.next`, 'index-New00000.js');
    await rename(built, `${built}.old`);
    await rename(`${built}.next`, built);
    for (const url of ['/', '/incidents/x-2013'])
      expect((await running.inject({ url })).body).toContain('/assets/index-New00000.js');
    const answer = await running.inject({
      url: '/assets/index-New00000.js',
      headers: { 'accept-encoding': 'br' },
    });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(answer.headers['content-encoding']).toBe('br');
    expect(String(answer.headers['content-type'])).toMatch(/javascript/u);
    for (const url of [
      '/assets/index-Old00000.js',
      '/assets/',
      '/assets/../../secret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
    ]) {
      const gone = await running.inject({ url });
      expect([url, gone.statusCode >= 400 && gone.statusCode < 500]).toEqual([url, true]);
      expect(gone.body).not.toBe('secret');
    }
    await running.close();
  });
});
