import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { appears, ChromiumPages, isScrolledSideways } from './chromium-pages.js';
import { ServiceUnderTest } from './service.js';

const incident = 'in-amenas-2013';
const path = `/desk/${incident}`;

interface FigureRead {
  readonly id: string;
  readonly cell: string;
  readonly outlet: string;
  readonly origin: string;
  readonly state: string;
  readonly words: string | null;
  readonly quantity: object;
  readonly interval: { readonly low: number; readonly high: number | null };
}

describe('the desk', () => {
  let service: ServiceUnderTest;
  let pages: ChromiumPages;

  beforeAll(async () => {
    service = await ServiceUnderTest.start();
    await service.fileSample();
    pages = await ChromiumPages.launch(service);
  }, 120_000);

  afterAll(async () => {
    await pages?.close();
    await service?.remove();
  }, 60_000);

  const figuresOf = async (outlet: string): Promise<readonly FigureRead[]> => {
    const { body } = await service.call('GET', `/v1/incidents/${incident}/figures?order=desc&limit=100`, undefined);
    return (body as { readonly data: readonly FigureRead[] }).data.filter((figure) => figure.outlet === outlet);
  };

  const open = async (width = 1280): Promise<Page> => {
    const page = await pages.open(path, width);
    await appears(page.locator('[data-figure]'));
    await appears(page.locator('[data-connection=live]'));
    return page;
  };

  /** Fills the fields that every report has. */
  const fillReport = async (page: Page, outlet: string): Promise<void> => {
    await page.getByLabel('Outlet').fill(outlet);
    await page.getByLabel('Published', { exact: true }).fill('2015-03-02');
    await page.getByLabel('Who said it').fill('Coroner of Surrey');
    await page.getByLabel('Kind of source').selectOption('authority');
  };

  const addLine = async (page: Page, line: string): Promise<void> => {
    await page.locator('#figure-line').fill(line);
    await page.keyboard.press('Enter');
  };

  const submit = (page: Page) => page.getByRole('button', { name: /^File/u });

  it('files a report with the keyboard alone', async () => {
    const page = await open();
    const type = (text: string) => page.keyboard.type(text);
    await page.getByLabel('Outlet').focus();
    await type('Keyboard Times');
    await page.keyboard.press('Tab');
    await type('https://example.org/keyboard');
    await page.keyboard.press('Tab');
    // Chromium's date field here reads month, day, year.
    await type('03022015');
    // Three parts of the date, its picker, the time, "now", the other time with its parts.
    const said = page.getByLabel('Who said it');
    for (let stop = 0; stop < 20; stop += 1) {
      if (await said.evaluate((field) => field === field.ownerDocument.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await type('Coroner of Surrey');
    await page.keyboard.press('Tab');
    await type('Auth');
    const line = page.locator('#figure-line');
    for (let stop = 0; stop < 20; stop += 1) {
      if (await line.evaluate((field) => field === field.ownerDocument.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await type('at least 8 foreign hostages killed');
    await appears(page.locator('.line-reading', { hasText: 'at least 8 · Killed: hostages, Foreign nationals' }));
    await page.keyboard.press('Enter');
    await type('no more than 3 hostages missing');
    await page.keyboard.press('Enter');
    await appears(page.locator('[data-preview=answered]'));
    await page.keyboard.press('Control+Enter');
    await appears(page.locator('[data-filed]'));
    const filed = await figuresOf('Keyboard Times');
    expect(filed.map(({ cell, quantity, words }) => ({ cell, quantity, words }))).toEqual([
      {
        cell: 'missing/hostages',
        quantity: { kind: 'atMost', value: 3 },
        words: 'no more than 3 hostages missing',
      },
      {
        cell: 'killed/hostages/nationality=foreign',
        quantity: { kind: 'atLeast', value: 8 },
        words: 'at least 8 foreign hostages killed',
      },
    ]);
    expect(await page.getByLabel('Outlet').inputValue()).toBe('');
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });

  it.each([1280, 390])(
    'shows what a filing will change and its warnings before it is sent, %i px wide',
    async (width) => {
      const page = await open(width);
      const outlet = `Jump ${width}`;
      await fillReport(page, outlet);
      await addLine(page, 'about 120 hostages killed');
      await appears(page.locator('[data-preview=answered] [data-warnings]'));
      expect(await page.locator('.preview').innerText()).toContain('more than double');
      expect(await figuresOf(outlet)).toEqual([]);
      // Another number: what the preview says of the first is marked as such until it is worked out again.
      await page.getByRole('button', { name: /^Edit about 120/u }).click();
      await page.getByLabel('Number', { exact: true }).fill('41');
      await page.getByLabel('How many').selectOption('exactly');
      await page.locator('[data-warnings]').waitFor({ state: 'detached' });
      await appears(page.locator('[data-preview=answered]'));
      expect(await submit(page).innerText()).toBe('File the report');
      expect(await isScrolledSideways(page)).toBe(false);
      expect(pages.takeComplaints()).toEqual([]);
      await page.context().close();
    },
  );

  it('keeps a draft over a reload, the line that is being typed too', async () => {
    const page = await open();
    await fillReport(page, 'Draft Daily');
    await addLine(page, 'two Japanese hostages killed');
    await page.locator('#figure-line').fill('dozens miss');
    await page.reload();
    await appears(page.locator('[data-figure]'));
    expect(await page.getByLabel('Outlet').inputValue()).toBe('Draft Daily');
    expect(await page.locator('#figure-line').inputValue()).toBe('dozens miss');
    await appears(page.locator('.figure-list', { hasText: 'Killed: hostages, Japan' }));
    await appears(page.getByText('This draft was not sent'));
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.reload();
    await appears(page.locator('[data-figure]'));
    expect(await page.getByLabel('Outlet').inputValue()).toBe('');
    await page.context().close();
  });

  it('keeps a filing made offline and sends it once, over a reload and a service that answers late', async () => {
    const page = await open();
    await fillReport(page, 'Offline Observer');
    await addLine(page, '12 hostages injured');
    await appears(page.locator('[data-preview=answered]'));
    const sent: string[] = [];
    const isFiling = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/reports');
    page.on('request', (request) => {
      if (isFiling(request)) sent.push(request.headers()['idempotency-key'] ?? '');
    });
    await page.context().setOffline(true);
    await submit(page).click();
    await appears(page.locator('[data-waiting="1"]', { hasText: 'Waiting to be sent' }));
    expect(await page.getByLabel('Outlet').inputValue()).toBe('');
    expect(await figuresOf('Offline Observer')).toEqual([]);

    // The network is back, but the answer is lost on the way: the filing is in the log, and the page cannot know.
    await page.route('**/reports', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.context().setOffline(false);
    await expect(until(async () => (await figuresOf('Offline Observer')).length === 1)).resolves.toBe(true);
    await appears(page.locator('[data-waiting="1"]'));
    await page.goto('about:blank');
    await page.unroute('**/reports');
    await page.goto(`${service.url}${path}`);
    await appears(page.locator('[data-filed]'));
    await page.locator('[data-waiting]').waitFor({ state: 'detached' });
    expect(await figuresOf('Offline Observer')).toHaveLength(1);
    expect(sent.length).toBeGreaterThan(1);
    expect(new Set(sent).size).toBe(1);
    await page.context().close();
  });

  it('shows what the service refuses at the field that it names', async () => {
    const page = await open();
    await fillReport(page, 'Wrong Weekly');
    await page.getByLabel('Link').fill('ftp://example.org/');
    await addLine(page, '3 hostages killed');
    const link = page.getByLabel('Link');
    await expect(until(async () => (await link.getAttribute('aria-invalid')) === 'true')).resolves.toBe(true);
    const described = (await link.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${described}"]`).innerText()).toContain('http or https URL');
    await link.fill('');
    await page.getByRole('button', { name: /^Edit 3/u }).click();
    await page.getByLabel('How many').selectOption('vague');
    await page.getByLabel('The word').fill('umpteen');
    await expect(
      until(async () => (await page.getByLabel('The word').getAttribute('aria-invalid')) === 'true'),
    ).resolves.toBe(true);
    await submit(page).click();
    expect(await figuresOf('Wrong Weekly')).toEqual([]);
    await page.context().close();
  });

  it('says what is missing, and brings it under the keyboard', async () => {
    const page = await open();
    await page.getByLabel('Outlet').fill('Half a Report');
    await submit(page).click();
    expect(await page.evaluate<string>('document.activeElement.dataset.pointer')).toBe('/publishedAt');
    await appears(page.getByText('Give when it was published.'));
    await page.context().close();
  });

  const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await holds()) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  };
});
