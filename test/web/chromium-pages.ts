import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium.mjs';
import type { ServiceUnderTest } from './service.js';

const waitMs = 20_000;

/** Pages of a service in a real Chromium, and what the browser itself complains of. */
export class ChromiumPages {
  readonly #browser: Browser;
  readonly #service: ServiceUnderTest;
  /** Script errors, refusals by the page's policy, missing files, requests to anybody else. */
  readonly complaints: string[] = [];

  private constructor(browser: Browser, service: ServiceUnderTest) {
    this.#browser = browser;
    this.#service = service;
  }

  static async launch(service: ServiceUnderTest): Promise<ChromiumPages> {
    if (!existsSync(new URL('../../web/dist/index.html', import.meta.url)))
      throw new Error('The pages are not built: run npm run build:web first.');
    return new ChromiumPages(await launchChromium(), service);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** @param address a path of the service, or a whole address that may then ask the service */
  async open(address: string, width = 1280, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width, height: 844 }, locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(waitMs);
    const url = new URL(address, this.#service.url);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => {
      this.complaints.push(String(error));
    });
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.origin !== url.origin && asked.origin !== this.#service.url && asked.protocol !== 'blob:')
        this.complaints.push(`a request beyond the service: ${request.url()}`);
    });
    await page.goto(url.href);
    return page;
  }

  /** All complaints so far; asked again, only newer ones. */
  takeComplaints(): readonly string[] {
    return this.complaints.splice(0);
  }
}

/** Waits, where an expectation of the moment would be too early. */
export const appears = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });

export const isScrolledSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
