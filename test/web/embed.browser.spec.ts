import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { appears, isScrolledSideways } from './chromium-pages.js';
import { laterReport, sampleInChromium, sampleIncident as incident } from './in-chromium.js';

/** A page of somebody else, with a policy as strict as sites have them. */
const startSite = async (html: () => string): Promise<Server> => {
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', "default-src http:; style-src 'self'; script-src http:");
    response.end(html());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
};

describe('the element on the page of another site', () => {
  let site: Server;
  let siteUrl: string;
  let body = '';

  beforeAll(async () => {
    site = await startSite(
      () =>
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>News</title><h1>News</h1>
         <script src="${service.url}/embed/tollbook-tally.js" async></script>${body}</html>`,
    );
    siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });

  const { service, pages } = sampleInChromium(() => ({ TOLLBOOK_CORS_ORIGINS: siteUrl }));

  afterAll(() => {
    site?.closeAllConnections();
    site?.close();
  });

  const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).innerText();

  it('shows the headline, a cell, and a cell by another method, live and over one connection', async () => {
    body = `<tollbook-tally id="headline" incident="${incident}">Numbers follow.</tollbook-tally>
      <tollbook-tally id="cell" incident="${incident}" cell="killed/militants"></tollbook-tally>
      <tollbook-tally id="method" incident="${incident}" cell="killed/hostages" method="two-source/1"></tollbook-tally>
      <tollbook-tally id="none" incident="no-such-incident"><p>Ask the desk.</p></tollbook-tally>`;
    const page = await pages.open(`${siteUrl}/`);
    await appears(page.locator('#headline .live'));
    const feeds: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/feed')) feeds.push(request.url());
    });
    await page.reload();
    await appears(page.locator('#headline [part=number]', { hasText: '40' }));
    expect(await textOf(page, '#headline [part=tally]')).toContain('the Inquest at the Old Bailey said');
    expect(await textOf(page, '#headline [part=phrase]')).toMatch(/^40 killed/u);
    await appears(page.locator('#cell [part=number]', { hasText: '29' }));
    await appears(page.locator('#method [part=words]', { hasText: 'at least' }));
    await appears(page.locator('#headline .live'));
    await appears(page.locator('#none').getByText('There is no incident'));
    expect(await page.locator('#none').getByText('Ask the desk.').isVisible()).toBe(true);
    expect(await page.locator('#headline a').getAttribute('href')).toBe(`${service.url}/incidents/${incident}`);
    expect(feeds).toHaveLength(1);

    await service.post(`/v1/incidents/${incident}/reports`, laterReport(41, '2015-03-01T12:00:00Z'));
    await appears(page.locator('#headline [part=number]', { hasText: '41' }));
    // The other origin said 40 and stands by it: two sources reach no more than that.
    expect(await textOf(page, '#method [part=number]')).toBe('40');
    expect(await page.locator('#headline [role=status]').textContent()).toContain('is now 41');
    // The refusal of what is not there is logged by the browser itself.
    expect(pages.takeComplaints().filter((text) => !text.includes('404'))).toEqual([]);
    await page.context().close();
  });

  it('takes its look from the page and from custom properties', async () => {
    body = `<tollbook-tally id="plain" incident="${incident}"></tollbook-tally>`;
    const page = await pages.open(`${siteUrl}/`, 390);
    const number = page.locator('#plain [part=number]');
    await appears(number);
    const look = (property: string) =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector('#plain').shadowRoot.querySelector('[part=number]')).getPropertyValue('${property}')`,
      );
    expect(await look('font-size')).toBe('44px');
    // As a site's own script would: its policy allows no styles in attributes.
    await page.evaluate(
      `document.querySelector('#plain').style.setProperty('--tollbook-number-size', '20px');
       document.querySelector('#plain').style.setProperty('--tollbook-color', 'rgb(1, 2, 3)');`,
    );
    expect(await look('font-size')).toBe('20px');
    expect(await look('color')).toBe('rgb(1, 2, 3)');
    // Another cell, asked for by the page.
    await page.evaluate(`document.querySelector('#plain').setAttribute('cell', 'killed/militants')`);
    await appears(page.locator('#plain [part=number]', { hasText: '29' }));
    expect(await isScrolledSideways(page)).toBe(false);
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });

  it('keeps the last number with its time while the service is away, and goes on when it is back', async () => {
    body = `<tollbook-tally id="number" incident="${incident}"></tollbook-tally>
      <tollbook-tally id="method" incident="${incident}" method="range/1"></tollbook-tally>`;
    const page = await pages.open(`${siteUrl}/`);
    await appears(page.locator('#number .live'));
    await appears(page.locator('#method .live'));
    const before = await textOf(page, '#number [part=number]');
    await service.stop();
    await appears(page.locator('#number .away'));
    expect(await textOf(page, '#number [part=number]')).toBe(before);
    expect(await textOf(page, '#number [part=state]')).toMatch(/Not updating; as of \d+ \w+ \d{4}, \d\d:\d\d UTC/u);
    await service.start();
    await service.post(`/v1/incidents/${incident}/reports`, laterReport(44, '2015-03-04T12:00:00Z'));
    await appears(page.locator('#number [part=number]', { hasText: '44' }));
    await appears(page.locator('#number .live'));
    await appears(page.locator('#method .live'));
    expect(pages.takeComplaints().filter((text) => !/ERR_|\b503\b|CORS/u.test(text))).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('is shown in a frame, where the site is named', async () => {
    body = `<iframe title="Number" src="${service.url}/embed/${incident}?cell=killed%2Fmilitants" width="380" height="200"></iframe>`;
    const page = await pages.open(`${siteUrl}/`, 390);
    await appears(page.frameLocator('iframe').locator('[part=number]', { hasText: '29' }));
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });

  it.each([1280, 390])('is explained on a page of its own, %i px wide', async (width) => {
    const page = await pages.open('/embed', width);
    const sample = page.frameLocator('iframe.sample');
    await appears(sample.locator('[part=number]'));
    await page.getByLabel('Cell').selectOption('killed/militants');
    await page.getByLabel('Method').selectOption('two-source/1');
    await appears(sample.locator('[part=words]', { hasText: 'at least' }));
    const text = await page.locator('.snippet').first().innerText();
    expect(text).toContain(
      `<tollbook-tally incident="${incident}" cell="killed/militants" method="two-source/1"></tollbook-tally>`,
    );
    expect(text).toContain(`<script src="${service.url}/embed/tollbook-tally.js" async></script>`);
    expect(await isScrolledSideways(page)).toBe(false);
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });
});
