import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium.mjs';
import type { ServiceUnderTest } from './service.js';

const waitMs = 20_000;

/** Pages of a service in a real Chromium, and what the browser itself complains of. */
export class ChromiumPages {
  readonly #service: ServiceUnderTest;
  #browser: Browser | null = null;
  /** Script errors, refusals by the page's policy, missing files, requests to anybody else. */
  readonly #complaints: string[] = [];

  constructor(service: ServiceUnderTest) {
    this.#service = service;
  }

  async launch(): Promise<void> {
    if (!existsSync(new URL('../../web/dist/index.html', import.meta.url)))
      throw new Error('The pages are not built: run npm run build:web first.');
    this.#browser = await launchChromium();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
  }

  /**
   * @param address a path of the service, or a whole address that may then ask the service
   * @param scripts run in the page before its own
   */
  async open(
    address: string,
    width = 1280,
    options: BrowserContextOptions = {},
    scripts: readonly string[] = [],
  ): Promise<Page> {
    if (this.#browser === null) throw new Error('Chromium has not been launched.');
    const context = await this.#browser.newContext({ viewport: { width, height: 844 }, locale: 'en-GB', ...options });
    for (const script of scripts) await context.addInitScript(script);
    const page = await context.newPage();
    page.setDefaultTimeout(waitMs);
    const url = new URL(address, this.#service.url);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complaints.push(message.text());
    });
    page.on('pageerror', (error) => {
      this.#complaints.push(String(error));
    });
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.origin !== url.origin && asked.origin !== this.#service.url && asked.protocol !== 'blob:')
        this.#complaints.push(`a request beyond the service: ${request.url()}`);
    });
    await page.goto(url.href);
    return page;
  }

  /** All complaints so far; asked again, only newer ones. */
  takeComplaints(): readonly string[] {
    return this.#complaints.splice(0);
  }
}

/** Waits, where an expectation of the moment would be too early. */
export const appears = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });

export const isScrolledSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
