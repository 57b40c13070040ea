import { Worker } from 'node:worker_threads';

/**
 * Starts a worker thread from a module beside the caller, as `import.meta.url` and a name without extension.
 *
 * Built, that is a `.js` file like any other. In development and under Jest it is TypeScript, which Node runs by
 * leaving out the types; only the `.js` in our import specifiers must then be read as `.ts`.
 */
export function startWorker(importer: string, name: string, workerData: unknown): Worker {
  const extension = importer.endsWith('.ts') ? 'ts' : 'js';
  const module = new URL(`${name}.${extension}`, importer).href;
  // Flags of the parent are left out: some, such as `--import`, would run its set-up in the thread once more.
  const options = { workerData, execArgv: [] };
  if (extension === 'js') return new Worker(new URL(module), options);
  const source = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        const ours = /^[.]{1,2}[/].*[.]js$/.test(specifier) && context.parentURL?.endsWith('.ts');
        return next(ours ? specifier.replace(/[.]js$/, '.ts') : specifier, context);
      },
    });
    await import(${JSON.stringify(module)});
  `;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), options);
}
