// Makes docs/dashboard.png: the page of the sample incident, as the service that was just built serves it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startService } from '#tollbook/app.module.js';
import { fileSample } from '#tollbook/cli/sample.js';
import { readSettings } from '#tollbook/settings.js';
import { launchChromium } from './chromium.mjs';

const picture = fileURLToPath(new URL('../docs/dashboard.png', import.meta.url));
const viewport = { width: 1280, height: 1000 };

const directory = await mkdtemp(join(tmpdir(), 'tollbook-screenshot-'));
const settings = readSettings({ TOLLBOOK_LOG: `embedded:${directory}`, TOLLBOOK_PORT: '0' });
const service = await startService(settings, { quiet: true });
const browser = await launchChromium();
try {
  await fileSample(async (method, path, body, headers) => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
  });
  const page = await browser.newPage({ viewport, deviceScaleFactor: 2, locale: 'en-GB', colorScheme: 'light' });
  await page.goto(`${service.url}/incidents/in-amenas-2013`);
  await page.locator('[data-connection=live]').waitFor();
  await page.locator('.step-chart canvas').waitFor();
  await page.screenshot({ path: picture });
  console.log(picture);
} finally {
  await browser.close();
  await service.close();
  await rm(directory, { recursive: true, force: true });
}
