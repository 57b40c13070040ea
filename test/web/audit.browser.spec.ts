import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { appears, isScrolledSideways } from './chromium-pages.js';
import { sampleInChromium, sampleIncident as incident } from './in-chromium.js';

describe('the audit page', () => {
  const { service, pages } = sampleInChromium();

  const lines = async (page: Page, button: string): Promise<readonly { id: string; type: string }[]> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; type: string });
  };

  it.each([1280, 390])('shows every event in order with what it changed, %i px wide', async (width) => {
    const page = await pages.open(`/audit/${incident}`, width);
    const answer = await service.call('GET', `/v1/incidents/${incident}/events?limit=1000`, undefined);
    const events = answer.body as readonly { id: string; position: string; leafhash: string }[];
    await appears(page.getByText(`${events.length} events`, { exact: true }));
    const shown = await page
      .locator('[data-event]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-event')));
    expect(shown).toEqual(events.map(({ id }) => id));
    const article = page.locator('.audit-filing', { hasText: /Reuters → APA\)/u }).first();
    expect(await article.innerText()).toContain('Killed: hostages: 30');
    await article.locator('.effects > summary').click();
    await appears(article.locator('.effect', { hasText: 'Killed: hostages' }));
    expect(await isScrolledSideways(page)).toBe(false);
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });

  it('filters, goes back to a position, and hands the events out', async () => {
    const page = await pages.open(`/audit/${incident}`);
    await appears(page.locator('[data-event]'));
    const all = await lines(page, 'Download all');
    expect(all.length).toBeGreaterThan(100);
    await page.getByLabel('Kind of event').selectOption('ReportFiled');
    await page.getByLabel('Contains').fill('reuters');
    const selected = await lines(page, 'Download these');
    expect(selected.length).toBeGreaterThan(2);
    expect(selected.length).toBeLessThan(all.length);
    expect(new Set(selected.map(({ type }) => type))).toEqual(new Set(['tollbook.ReportFiled.v1']));

    await page.getByLabel('Kind of event').selectOption('');
    await page.getByLabel('Contains').fill('');
    const second = page.locator('.audit-filing').nth(2);
    const position = (await second.getByRole('button').getAttribute('aria-label'))?.replace(/\D+/u, '') ?? '';
    await second.getByRole('button').click();
    const asOf = page.locator('.as-of');
    await appears(asOf.getByRole('link', { name: 'The whole tally, as JSON' }));
    expect(await asOf.innerText()).toContain(`As of position ${position}`);
    expect(await page.locator('.audit-filing').count()).toBe(3);
    await page.getByRole('button', { name: 'Show all events' }).click();
    await page.locator('.audit-filing').nth(5).waitFor();
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });

  it('shows the hash of each event, and claims no proof that it does not have', async () => {
    const page = await pages.open(`/audit/${incident}`);
    const first = page.locator('[data-event]').first();
    await first.locator('summary').click();
    const answer = await service.call('GET', `/v1/incidents/${incident}/events?limit=1`, undefined);
    const [event] = answer.body as readonly { leafhash: string }[];
    expect(await first.innerText()).toContain(event?.leafhash);
    await appears(page.getByRole('heading', { name: 'Proofs' }));
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });
});
