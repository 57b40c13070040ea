import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Request } from 'playwright-core';
import { appears } from './chromium-pages.js';
import { inChromium, sampleInChromium } from './in-chromium.js';

const slug = 'large-2026';
const places = 200;
/** Reports, and how many places each gives a new number for: more than 1,000 revisions, and as many moments as reports. */
const reports = 60;
const figuresOfReport = 20;
const firstPageBytesMax = 100_000;

const placeOf = (index: number): string => `p${String(index % places).padStart(3, '0')}`;

describe('a large incident', () => {
  const { pages } = inChromium(async (service) => {
    await service.post('/v1/incidents', {
      slug,
      title: 'Flood along the river',
      place: 'Example Valley',
      from: '2026-11-01',
      headline: 'killed/residents',
      groups: [{ id: 'residents', side: 'victims' }],
    });
    const figure = (place: string, value: number) => ({
      measure: 'killed',
      group: 'residents',
      breakdown: { place },
      quantity: { kind: 'exactly', value },
    });
    const file = (at: string, figures: readonly object[]) =>
      service.post(`/v1/incidents/${slug}/reports`, {
        outlet: 'Valley Radio',
        publishedAt: at,
        attribution: [
          { name: 'Civil protection', kind: 'authority' },
          { name: 'Valley Radio', kind: 'press' },
        ],
        figures,
      });
    await file(
      '2026-11-01T00:00:00Z',
      Array.from({ length: places }, (_, index) => figure(placeOf(index), 1)),
    );
    for (let report = 0; report < reports; report += 1)
      await file(
        new Date(Date.UTC(2026, 10, 1, report + 1)).toISOString(),
        Array.from({ length: figuresOfReport }, (_, index) =>
          figure(placeOf(report * figuresOfReport + index), 2 + Math.floor((report * figuresOfReport) / places)),
        ),
      );
  });

  it('is gone through moment by moment, drawing only what changed', async () => {
    const page = await pages.open(`/incidents/${slug}`);
    await appears(page.locator('.rewind'));
    expect(await page.locator('tr[data-cell]').count()).toBeGreaterThanOrEqual(places);
    await page.getByRole('button', { name: 'Play how the count changed' }).click();
    await appears(page.locator('.then'));
    await page.getByRole('button', { name: 'Pause' }).click();
    const slider = page.getByRole('slider');
    expect(Number(await slider.getAttribute('max'))).toBe(reports + 1);
    await slider.focus();
    await page.keyboard.press('Home');

    // Rows touched in each step, and tasks that held up the page for more than 50 ms.
    await page.evaluate(`
      window.steps = [];
      window.long = [];
      let rows = new Set();
      new MutationObserver((records) => {
        for (const { target } of records) {
          const row = (target.nodeType === 1 ? target : target.parentElement)?.closest('tr[data-cell]');
          if (row) rows.add(row);
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.long.push(Math.round(entry.duration));
      }).observe({ type: 'longtask' });
      window.stepDone = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
        window.steps.push(rows.size);
        rows = new Set();
        resolve();
      })));
    `);
    const { revisions } = await page.evaluate<{ revisions: number }>(
      `fetch('/v1/incidents/${slug}/revisions?order=desc&limit=1').then((answer) => answer.json()).then(({ data }) => ({ revisions: Number(data[0].number) }))`,
    );
    expect(revisions).toBeGreaterThanOrEqual(1000);
    for (let step = 0; step < reports - 1; step += 1) {
      await page.keyboard.press('ArrowRight');
      await page.evaluate('window.stepDone()');
    }
    const seen = await page.evaluate<{ steps: number[]; long: number[] }>(
      '({ steps: window.steps, long: window.long })',
    );
    const changing = seen.steps.filter((rows) => rows > 0);
    expect(changing.length).toBeGreaterThan(reports / 2);
    // The places of the report, and the wholes above them; never all rows.
    expect(Math.max(...seen.steps)).toBeLessThanOrEqual(figuresOfReport + 5);
    // A machine under load may be late now and then, whatever the page does; a page that draws everything always is.
    expect(seen.long.length).toBeLessThan(reports / 4);
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  }, 90_000);
});

describe('the first page', () => {
  const { service, pages } = sampleInChromium();

  it.each(['/', '/incidents/in-amenas-2013'])('%s weighs less than 100 KB, numbers and chart and all', async (path) => {
    const page = await pages.open('about:blank');
    const bodies: Promise<Buffer>[] = [];
    const weigh = (request: Request): void => {
      bodies.push(request.response().then((response) => response?.body() ?? Buffer.alloc(0)));
    };
    page.on('requestfinished', weigh);
    await page.goto(`${service.url}${path}`);
    await appears(page.locator(path === '/' ? '.incident-number' : '.origin-key'));
    await appears(page.locator('[data-connection=live]'));
    // What comes from here on is not of the first page, and would be asked for its body while the page is being closed.
    page.off('requestfinished', weigh);
    const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bodies.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(firstPageBytesMax);
    await page.context().close();
  });
});
