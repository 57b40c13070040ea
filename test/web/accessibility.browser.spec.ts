import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe-findings.js';
import { appears } from './chromium-pages.js';
import { sampleInChromium, sampleIncident as incident } from './in-chromium.js';

describe('what axe finds', () => {
  const { pages } = sampleInChromium();

  const states: readonly (readonly [string, string, (page: Page) => Promise<unknown>])[] = [
    ['the list', '/', (page) => appears(page.locator('.incident-number'))],
    ['a search without result', '/?q=nothing-like-it', (page) => appears(page.getByText('No incident matches'))],
    ['an incident', `/incidents/${incident}`, (page) => appears(page.locator('.origin-key'))],
    [
      'an incident in the past, its methods side by side',
      `/incidents/${incident}`,
      async (page) => {
        await appears(page.locator('.origin-key'));
        await page.getByRole('button', { name: 'Play how the count changed' }).click();
        await page.getByRole('slider').fill('3');
        await appears(page.locator('.then'));
        await page.locator('.methods > summary').click();
        await appears(page.locator('.methods-table td'));
      },
    ],
    [
      'why a number is what it is',
      `/incidents/${incident}`,
      async (page) => {
        await page.locator('[data-cell="killed/hostages"]').getByRole('button').click();
        await appears(page.locator('.statement'));
      },
    ],
    ['what is not there', '/incidents/no-such-incident', (page) => appears(page.getByRole('alert'))],
    [
      'the audit',
      `/audit/${incident}`,
      async (page) => {
        await page.locator('.effects > summary').first().click();
        await page.locator('.event-more > summary').first().click();
      },
    ],
    [
      'the desk, a report with problems, a question and warnings',
      `/desk/${incident}`,
      async (page) => {
        await appears(page.locator('[data-figure]'));
        await page.getByLabel('Outlet').fill('BBC');
        await page.getByLabel('Published', { exact: true }).fill('2015-03-02');
        await page.getByLabel('Who said it').fill('Algerian security officials');
        await page.getByLabel('Kind of source').selectOption('official');
        await page.locator('#figure-line').fill('about 120 hostages killed');
        await page.keyboard.press('Enter');
        await page.locator('#figure-line').fill('dozens');
        await page.getByRole('button', { name: /^Edit/u }).click();
        await page.getByText('Identity').click();
        await appears(page.locator('[data-warnings]'));
        await page.getByLabel('Link').fill('ftp://example.org');
        await appears(page.locator('.field-problem'));
        await appears(page.locator('.same-origin'));
      },
    ],
    [
      'the desk, a decision about a figure',
      `/desk/${incident}`,
      async (page) => {
        await page.locator('.books [data-figure]').first().getByRole('button').click();
        await page.getByRole('radio', { name: /^Correct/u }).check();
        await page.getByRole('button', { name: 'Correct', exact: true }).click();
        await appears(page.locator('.field-problem'));
      },
    ],
    [
      'the desk, what waits to be sent',
      `/desk/${incident}`,
      async (page) => {
        await page.locator('.books [data-figure]').first().getByRole('button').click();
        await page.getByRole('radio', { name: /^Deny/u }).check();
        await page.getByLabel('Reason', { exact: true }).fill('a reason');
        await page.context().setOffline(true);
        await page.getByRole('button', { name: 'Deny', exact: true }).click();
        await appears(page.locator('[data-waiting]'));
      },
    ],
    [
      'the desk, a spreadsheet',
      `/desk/${incident}`,
      async (page) => {
        await page.getByRole('tab', { name: 'Spreadsheet' }).click();
        const rows =
          'outlet,published,speaker,kind,figure\nBBC,2015-03-02,X,press,99 hostages killed\nBBC,never,X,press,3';
        await page.getByRole('textbox', { name: /^Paste rows/u }).fill(rows);
        await page.keyboard.press('Tab');
        await page.getByRole('button', { name: 'Check with the service' }).click();
        await appears(page.locator('[data-run=checked] [data-warnings]'));
        await appears(page.locator('.cell-wrong'));
      },
    ],
    ['how to embed', '/embed', (page) => appears(page.frameLocator('.sample').locator('[part=number]'))],
    ['a number in a frame', `/embed/${incident}`, (page) => appears(page.locator('[part=number]'))],
  ];

  it.each(states)('%s: nothing serious, in light and in dark', async (_name, path, reach) => {
    // Without motion, so that no colour is looked at half-way.
    const page = await pages.open(path, 1280, { reducedMotion: 'reduce' });
    await reach(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await axeFindings(page)]).toEqual([colorScheme, []]);
    }
    await page.context().close();
  });

  it('finds what is wrong, so that the above means something', async () => {
    const page = await pages.open('/');
    await page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')");
    expect(await axeFindings(page)).toHaveLength(1);
    await page.context().close();
  });

  it.each(['/', `/incidents/${incident}`, `/audit/${incident}`, `/desk/${incident}`, '/embed'])(
    'shows where the keyboard is, at every stop of %s',
    async (path) => {
      const page = await pages.open(path);
      await appears(page.locator('.incident-number, [data-event], .origin-key, [data-figure], .sample'));
      const stops = new Set<string>();
      for (let stop = 0; stop < 12; stop += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate<{ readonly name: string; readonly shown: boolean }>(`(() => {
          const element = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const name = element.tagName + ' ' + element.textContent.trim().slice(0, 40);
          return { name, shown: element === document.body || element.tagName === 'IFRAME' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) };
        })()`);
        stops.add(at.name);
        expect(at).toMatchObject({ shown: true });
      }
      expect(stops.size).toBeGreaterThan(2);
      await page.context().close();
    },
  );

  it('plays without motion for who asks for none', async () => {
    const page = await pages.open(`/incidents/${incident}`, 1280, { reducedMotion: 'reduce' });
    await appears(page.locator('.origin-key'));
    const moving = await page.evaluate<number>('document.getAnimations().length');
    expect(moving).toBe(0);
    await page.context().close();
  });
});
