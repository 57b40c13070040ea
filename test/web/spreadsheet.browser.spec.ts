import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { appears, isScrolledSideways } from './chromium-pages.js';
import { inChromium, sampleIncident as sample } from './in-chromium.js';

const copy = 'copy-2013';

interface Tally {
  readonly cells: readonly { readonly cell: string; readonly best: object | null; readonly reported: object | null }[];
}

describe('a spreadsheet on the desk', () => {
  const { service, pages } = inChromium(async (service) => {
    await service.fileSample();
    const { body } = await service.call('GET', `/v1/incidents/${sample}`, undefined);
    const { title, place, home, from, to, groups, headline, breakdowns } = body as Record<string, unknown>;
    await service.post('/v1/incidents', { slug: copy, title, place, home, from, to, groups, headline, breakdowns });
  });

  const open = async (slug: string, width = 1280): Promise<Page> => {
    const page = await pages.open(`/desk/${slug}`, width);
    await page.getByRole('tab', { name: 'Spreadsheet' }).click();
    await appears(page.locator('.paste-field, .match-table'));
    return page;
  };

  const paste = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('textbox', { name: /^Paste rows/u }).fill(text);
    await page.keyboard.press('Tab');
    await appears(page.locator('.match-table'));
  };

  const countReports = async (slug: string): Promise<number> => {
    const { body } = await service.call('GET', `/v1/incidents/${slug}/figures?limit=1000`, undefined);
    return new Set((body as { readonly data: readonly { readonly report: string }[] }).data.map(({ report }) => report))
      .size;
  };

  const tallyOf = async (slug: string) => {
    const { body } = await service.call('GET', `/v1/incidents/${slug}/tally`, undefined);
    return (body as Tally).cells.map(({ cell, best, reported }) => ({ cell, best, reported }));
  };

  it('takes a file of another desk with HXL tags, shows what is wrong at its cell, and files the rest', async () => {
    const page = await open(sample, 390);
    const rows = [
      'Newspaper,Date,Said by,Kind of source,To whom,Dead,Wounded',
      '#source,#date+reported,#source+speaker,#source+kind,#population+group,#affected+killed,#affected+injured',
      'El Watan,2013-02-01,Hospital of In Amenas,organisation,hostages,,about 12',
      'El Watan 2,2013-02-02,Hospital of In Amenas,organisation,passers-by,3,',
      'El Watan 3,2013-02-03,Hospital of In Amenas,medical,militants,29,',
    ];
    await page.getByLabel('Or choose a file').setInputFiles({
      name: 'deaths.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\r\n')),
    });
    await appears(page.locator('.match-table'));
    expect(await page.getByLabel('Dead').inputValue()).toBe('count:killed');
    await appears(page.locator('.cell-wrong', { hasText: 'The incident has no group “passers-by”' }));
    // What only the service knows comes back to the cell too.
    await page.getByRole('button', { name: 'Check with the service' }).click();
    await appears(page.locator('[data-run=checked]'));
    await appears(page.locator('.cell-wrong', { hasText: 'one of authority' }));
    const before = await countReports(sample);
    await page.getByRole('button', { name: /^File 2 reports/u }).click();
    await appears(page.getByText('1 of 2 reports filed, 1 refused'));
    expect(await countReports(sample)).toBe(before + 1);
    expect(await isScrolledSideways(page)).toBe(false);
    expect(pages.takeComplaints().filter((text) => !text.includes('422'))).toEqual([]);
    await page.context().close();
  });

  it('files its own export into another incident to the same tally, over a cut and a reload, without doubling', async () => {
    const source = await open(sample);
    const [download] = await Promise.all([
      source.waitForEvent('download'),
      source.getByRole('link', { name: 'Figures, CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    await source.context().close();

    const page = await open(copy);
    await paste(page, text);
    await appears(page.locator('[data-problems="0"]'));
    const total = await countReports(sample);
    // Slow enough to be cut in the middle.
    await page.route('**/reports', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await route.continue().catch(() => undefined);
    });
    await page.getByRole('button', { name: `File ${total} reports` }).click();
    const progress = page.locator('.sheet-progress progress');
    while (Number(await progress.evaluate((bar) => bar.getAttribute('value'))) < 4)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await page.context().setOffline(true);
    await appears(page.getByText('Goes on by itself once the service answers'));
    expect(Number(await progress.getAttribute('value'))).toBeLessThan(total);
    await page.context().setOffline(false);
    await page.unroute('**/reports');
    await page.reload();
    await page.getByRole('tab', { name: 'Spreadsheet' }).click();
    await page.getByRole('button', { name: `File ${total} reports` }).click();
    await appears(page.locator('[data-run=filed]'));
    expect(await page.locator('.sheet-progress').innerText()).toMatch(/had been filed before/u);
    expect(await countReports(copy)).toBe(total);
    expect(await tallyOf(copy)).toEqual(await tallyOf(sample));
    await page.context().close();
  });
});
