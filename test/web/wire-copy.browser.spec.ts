import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe-findings.js';
import { appears, isScrolledSideways } from './chromium-pages.js';
import { sampleInChromium, sampleIncident as incident } from './in-chromium.js';

const outlet = 'Desert Wire';
const article = `ALGIERS, Jan 19 (Desert Wire) - At least 21 hostages and 32 militants died at the gas plant, the interior ministry said on Saturday.

Two Britons and a Frenchman were among the dead hostages, a security source told Reuters. In 2003, 32 tourists were kidnapped in the same desert.

Norway's foreign ministry said perhaps dozens of workers were still missing.`;

interface FigureRead {
  readonly cell: string;
  readonly outlet: string;
  readonly words: string | null;
  readonly basis: string;
  readonly hedged: boolean;
  readonly quantity: object;
  readonly attribution: readonly { readonly name: string; readonly kind: string }[];
}

describe('wire copy on the desk', () => {
  const { service, pages } = sampleInChromium();

  const filed = async (): Promise<readonly FigureRead[]> => {
    const { body } = await service.call('GET', `/v1/incidents/${incident}/figures?order=desc&limit=100`, undefined);
    return (body as { readonly data: readonly FigureRead[] }).data.filter((figure) => figure.outlet === outlet);
  };

  /** Pastes the article and asks for its figures, with the keyboard alone from the text on. */
  const read = async (width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
    const page = await pages.open(`/desk/${incident}`, width, { colorScheme });
    await page.getByRole('tab', { name: 'Wire copy' }).click();
    await page.getByLabel('The article, as it was published').fill(article);
    await page.getByLabel('Outlet').fill(outlet);
    await page.getByLabel('Published on').fill('2013-01-19');
    await page.keyboard.press('Enter');
    await appears(page.locator('.proposal'));
    return page;
  };

  const said = (page: Page): Promise<readonly string[]> => page.locator('.proposal-said').allInnerTexts();

  it('proposes each figure with its words marked, and none of another year', async () => {
    const page = await read();
    expect(await said(page)).toEqual([
      'at least 21 Killed: hostages',
      '32 Killed: militants',
      '2 Killed: hostages, United Kingdom',
      '1 Killed: hostages, France',
      '“dozens” Missing: hostages (hedged)',
    ]);
    expect(await page.locator('.marked-article mark').allInnerTexts()).toEqual([
      '1At least 21 hostages',
      '232 militants',
      '3Two Britons',
      '4a Frenchman',
      '5perhaps dozens of workers',
    ]);
    expect(pages.takeComplaints()).toEqual([]);
  });

  it('takes the answers by keyboard, and files what was accepted only from the report', async () => {
    const page = await read();
    await page.keyboard.press('a');
    await page.keyboard.press('a');
    await page.keyboard.press('d');
    await appears(page.getByText('5 figures proposed, 2 to answer, 2 accepted'));
    // Now at the Frenchman: edit the number, then accept.
    await page.keyboard.press('e');
    await page.locator('#proposal-3').getByLabel('Number', { exact: true }).fill('2');
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await page.keyboard.press('a');
    expect(await filed()).toEqual([]);
    await page.getByRole('button', { name: 'Put 4 figures into the report' }).press('Enter');
    await appears(page.getByLabel('Who said it').first());
    expect(await page.getByLabel('Outlet').inputValue()).toBe(outlet);
    expect(await filed()).toEqual([]);
    // The preview comes first: two Frenchmen are as many as the articles' one hostage and one militant.
    await page.getByRole('button', { name: 'File with 1 warning' }).click();
    await appears(page.locator('.filed-notice'));
    const figures = await filed();
    expect(
      figures.map(({ cell, quantity, words, hedged }) => ({ cell, quantity, words, hedged })).toReversed(),
    ).toEqual([
      {
        cell: 'killed/hostages',
        quantity: { kind: 'atLeast', value: 21 },
        words: 'At least 21 hostages',
        hedged: false,
      },
      { cell: 'killed/militants', quantity: { kind: 'exactly', value: 32 }, words: '32 militants', hedged: false },
      {
        cell: 'killed/hostages/nationality=FR',
        quantity: { kind: 'exactly', value: 2 },
        words: 'a Frenchman',
        hedged: false,
      },
      {
        cell: 'missing/hostages',
        quantity: { kind: 'vague', word: 'dozens' },
        words: 'perhaps dozens of workers',
        hedged: true,
      },
    ]);
    expect(figures.map(({ attribution }) => attribution.map(({ name }) => name)).toReversed()).toEqual([
      ['interior ministry', outlet],
      ['interior ministry', outlet],
      ['security source', 'Reuters', outlet],
      ["Norway's foreign ministry", outlet],
    ]);
    expect(pages.takeComplaints()).toEqual([]);
  });

  it('keeps text and answers over a reload', async () => {
    const page = await read();
    await page.keyboard.press('a');
    await page.reload();
    await page.getByRole('tab', { name: 'Wire copy' }).click();
    await appears(page.getByText('5 figures proposed, 4 to answer, 1 accepted'));
  });

  it('says so where it finds nothing, and leads back to the text', async () => {
    const page = await pages.open(`/desk/${incident}`);
    await page.getByRole('tab', { name: 'Wire copy' }).click();
    await appears(page.getByText('Needs the article and its outlet.'));
    await page.getByLabel('The article, as it was published').fill('The minister resigned.');
    await appears(page.getByText('Needs the outlet: it speaks for what nobody else is named for.'));
    expect(await page.getByRole('button', { name: 'Read the figures' }).isDisabled()).toBe(true);
    await page.getByLabel('Outlet').fill(outlet);
    await page.getByRole('button', { name: 'Read the figures' }).click();
    await appears(page.getByText('No figure was found in it.'));
    await page.getByRole('button', { name: 'Back to the text' }).click();
    expect(await page.getByLabel('The article, as it was published').inputValue()).toBe('The minister resigned.');
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('has nothing serious for axe at %d px in the %s, and does not scroll sideways', async (width, scheme) => {
    const page = await read(width, scheme);
    await page.keyboard.press('e');
    expect(await axeFindings(page)).toEqual([]);
    expect(await isScrolledSideways(page)).toBe(false);
  });
});
