import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** What a page may load and do: only what this service gives. */
const pagePolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The number in its own page, which others may frame: it has nothing to click that would act. */
const framedPolicy = (framers: readonly string[]): string =>
  pagePolicy.replace("frame-ancestors 'none'", `frame-ancestors ${["'self'", ...framers].join(' ')}`);

/** How long browsers keep the element's script, in seconds: other pages load it, and need not ask each time. */
const elementSeconds = 300;
const frameFile = /[/\\]embed[/\\]frame\.html(?:\.(?:br|gz))?$/u;
const elementFile = /[/\\]embed[/\\]tollbook-tally\.js(?:\.(?:br|gz))?$/u;

/** The interface's page styles its parts in their attributes, and cannot do without. */
const docsPolicy = pagePolicy.replace('img-src', "style-src 'self' 'unsafe-inline'; img-src");

/** A name with the hash of its content in it never means another content. */
const hashedAsset = /\/assets\/[^/]+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+(?:\.(?:br|gz))?$/u;

/** Guards the interface's own page, whose routes are made elsewhere. By route: a hook for all would cost every answer. */
export const guardDocsPage = (fastify: FastifyInstance): void => {
  fastify.addHook('onRoute', (route) => {
    if (route.url !== '/docs' && !route.url.startsWith('/docs/')) return;
    route.onRequest = (_request, reply, done) => {
      reply.headers(guarded(docsPolicy));
      done();
    };
  });
};

const guarded = (policy: string): Record<string, string> => ({
  'content-security-policy': policy,
  'referrer-policy': 'same-origin',
});

/**
 * Serves the built pages; where they have not been built, says so.
 * @param framers origins whose pages may frame a number; `*` for any
 */
export const servePages = async (
  fastify: FastifyInstance,
  directory: string,
  framers: readonly string[] = [],
): Promise<void> => {
  if (!existsSync(directory)) {
    fastify.get('/', (_request, reply) =>
      reply
        .code(200)
        .headers(guarded(pagePolicy))
        .header('content-type', 'text/html; charset=utf-8')
        .send(
          '<!doctype html><html lang="en"><meta charset="utf-8"><title>Tollbook</title>' +
            '<p>Tollbook runs, but its pages have not been built: run <code>npm run build</code>. ' +
            'The interface is described at <a href="/docs">/docs</a>.</p></html>',
        ),
    );
    return;
  }
  await fastify.register(fastifyStatic, {
    root: directory,
    // A route for each file that is there now: what is beside them answers as a problem like everything else.
    wildcard: false,
    // The build leaves each file beside its compressed forms.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.headers(guarded(frameFile.test(path) ? framedPolicy(framers) : pagePolicy));
      if (elementFile.test(path)) {
        // A script for the pages of others, whatever they may read: they must be able to load it and to check its hash.
        reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
        reply.header('cache-control', `public, max-age=${elementSeconds}`);
        return;
      }
      reply.header('cache-control', hashedAsset.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // Pages that were built anew meanwhile name new parts.
  fastify.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`),
  );
  // These pages are the same file: it reads its address.
  for (const url of ['/incidents/:slug', '/desk/:slug', '/audit/:slug', '/embed'])
    fastify.get(url, (_request, reply: FastifyReply) => reply.sendFile('index.html'));
  fastify.get('/embed/:slug', (_request, reply: FastifyReply) => reply.sendFile('embed/frame.html'));
};
