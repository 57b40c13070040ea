import { chromium } from 'playwright-core';

/**
 * A real Chromium: on Linux x64 the one that comes inside an npm package, so that nothing is downloaded or installed;
 * elsewhere an installed Chrome.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // Not the package's own arguments: they are for one page in one process, which ends with its first context.
    args: ['--headless=shell', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
  });
}
