import { describe, expect, it } from '@jest/globals';
import { appears, isScrolledSideways } from './chromium-pages.js';
import { laterReport, sampleInChromium, sampleIncident as incident } from './in-chromium.js';

describe('the dashboard in a real Chromium', () => {
  const { service, pages } = sampleInChromium();

  const noComplaints = (): void => {
    expect(pages.takeComplaints()).toEqual([]);
  };

  describe.each([1280, 390])('%i px wide', (width) => {
    it('lists the incidents, finds them, and opens one', async () => {
      const page = await pages.open('/', width);
      const item = page.getByRole('listitem').filter({ hasText: 'In Amenas gas plant hostage crisis' });
      await appears(item);
      expect(await item.locator('.incident-number').innerText()).toBe('40');
      expect(await item.innerText()).toContain('16');
      await appears(page.locator('[data-connection=live]'));
      await page.getByRole('searchbox').fill('no such place');
      await appears(page.getByText('No incident matches'));
      await page.getByRole('searchbox').fill('Tigantourine');
      await item.getByRole('link').click();
      await appears(page.getByRole('heading', { level: 1, name: 'In Amenas gas plant hostage crisis' }));
      expect(new URL(page.url()).pathname).toBe(`/incidents/${incident}`);
      expect(await page.evaluate<string>('document.activeElement.id')).toBe('content');
      expect(await isScrolledSideways(page)).toBe(false);
      noComplaints();
      await page.context().close();
    });

    it('shows headline, cells, revisions and the reasons of an incident', async () => {
      const page = await pages.open(`/incidents/${incident}`, width);
      await appears(page.locator('[data-connection=live]'));
      expect(await page.locator('.hero-number').innerText()).toBe('40');
      const hostages = page.locator('[data-cell="killed/hostages"]');
      expect(await hostages.innerText()).toContain('Corroborated');
      const foreign = page.locator('[data-cell="killed/hostages/nationality=foreign"]');
      expect(await foreign.locator('.cell-best').innerText()).toBe('36–37');
      await appears(page.locator('.step-chart canvas'));
      await appears(page.getByText('missing people were found dead'));
      // The militants' fall from 32 to 29, which nobody explained, is some pages back.
      const unexplained = page.getByText('Unexplained fall');
      const earlier = page.getByRole('button', { name: 'Earlier revisions' });
      while ((await unexplained.count()) === 0) {
        const shown = await page.locator('[data-revision]').count();
        await earlier.click();
        await appears(page.locator('[data-revision]').nth(shown));
      }
      await appears(unexplained);
      expect(await isScrolledSideways(page)).toBe(false);
      noComplaints();
      await page.context().close();
    });
  });

  it('works, chart and all, in a browser whose language is no language tag', async () => {
    const page = await pages.open(`/incidents/${incident}`, 1280, {}, [
      "Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true })",
      "Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] })",
    ]);
    await appears(page.locator('.hero-number', { hasText: '40' }));
    await appears(page.locator('.step-chart canvas'));
    noComplaints();
    await page.context().close();
  });

  describe.each([1280, 390])('going back in time, %i px wide', (width) => {
    it('plays the incident as it was published, stops where the reader wants, and comes back to now', async () => {
      const page = await pages.open(`/incidents/${incident}`, width);
      await appears(page.locator('.origin-key'));
      await page.getByRole('button', { name: 'Play how the count changed' }).click();
      await appears(page.locator('.then'));
      const slider = page.getByRole('slider', { name: 'Moment' });
      const max = Number(await slider.getAttribute('max'));
      // From the first moment it goes on by itself.
      await page.locator('.rewind-when strong', { hasText: '17 Jan 2013' }).waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();

      const hero = page.locator('.hero-number');
      // On 18 January at 04:00 the article of the worked example was out: 30, and no later than that.
      for (let moment = 0; moment < max; moment += 1) {
        await slider.fill(String(moment));
        if ((await page.locator('.rewind-when strong').innerText()).startsWith('18 Jan 2013, 04:00')) break;
      }
      expect(await hero.innerText()).toBe('30');
      expect(await slider.getAttribute('aria-valuetext')).toContain('30 killed');
      const yet = page.locator('[data-cell="killed/hostages/nationality=PH"]');
      expect(await page.locator('[data-cell="killed/hostages"] .cell-best').innerText()).toBe('30');
      // The service, asked for the whole tally of the moment, says the same.
      const asked = await service.call(
        'GET',
        `/v1/incidents/${incident}/tally?publishedBy=2013-01-18T04:00:00.000Z`,
        undefined,
      );
      const { cells } = asked.body as { cells: { cell: string; phrase: string; best: { low: number } }[] };
      const then = cells.find(({ cell }) => cell === 'killed/hostages');
      expect(then?.best.low).toBe(30);
      await appears(page.locator(`[data-cell="killed/hostages"] [title^="${then?.phrase ?? ''}"]`));
      await appears(page.locator('.step-later'));

      // Why, as it was then.
      await page.locator('[data-cell="killed/hostages"]').getByRole('button').click();
      await appears(page.getByRole('dialog').getByText('made best'));
      await page.keyboard.press('Escape');

      // By keyboard to the first moment: what had not been reported yet says so, in the rows of now.
      await slider.focus();
      await page.keyboard.press('Home');
      await appears(yet.getByText('not reported yet'));
      expect(await isScrolledSideways(page)).toBe(false);
      await page.keyboard.press('End');
      await page.locator('.then').waitFor({ state: 'detached' });
      expect(await hero.innerText()).toBe('40');

      await page.getByRole('radio', { name: 'as recorded here' }).check();
      await slider.fill('0');
      await appears(page.locator('.then'));
      expect(await page.locator('.rewind-when strong').innerText()).not.toContain('2013');
      noComplaints();
      await page.context().close();
    });

    it('takes the number apart, and sets the methods side by side', async () => {
      const page = await pages.open(`/incidents/${incident}`, width);
      const bar = page.getByRole('region', { name: 'By nationality' });
      await appears(bar);
      expect(await bar.innerText()).toContain('2 to 3 not accounted for');
      expect(await bar.innerText()).toMatch(/Malaysia at least 2 implied 2–4/u);
      await page.locator('.methods > summary').click();
      const table = page.locator('.methods-table');
      await appears(table.getByRole('rowheader', { name: 'Hostages, Japan' }));
      expect(await table.getByRole('columnheader').count()).toBe(7);
      expect(await table.locator('.differs').first().innerText()).toContain('at least 40');
      // Where the methods do not fit, it says so, and shades the edge until all to the right has been seen.
      const hint = page.getByText('Scroll sideways for all 6 methods.');
      expect(await hint.count()).toBe(width === 390 ? 1 : 0);
      if (width === 390) {
        await page.getByRole('region', { name: /^Methods side by side/u }).focus();
        await appears(page.locator('.more-right .methods-table'));
        for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowRight');
        await page.locator('.more-right').waitFor({ state: 'detached' });
        await appears(hint);
      }
      expect(await isScrolledSideways(page)).toBe(false);
      noComplaints();
      await page.context().close();
    });
  });

  it('explains a number by keyboard alone', async () => {
    const page = await pages.open(`/incidents/${incident}`);
    const why = page.locator('[data-cell="killed/hostages"]').getByRole('button');
    await why.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await appears(dialog.getByText('Prime Minister Abdelmalek Sellal'));
    await appears(dialog.getByText('makes best'));
    expect(await dialog.getByRole('link', { name: 'AFP' }).first().getAttribute('href')).toMatch(/^https?:/u);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate<boolean>('document.activeElement.classList.contains("why")')).toBe(true);
    noComplaints();
    await page.context().close();
  });

  it('says so when there is nothing at an address', async () => {
    const page = await pages.open('/incidents/no-such-incident');
    await appears(page.getByRole('alert'));
    expect(await page.getByRole('alert').innerText()).toContain('404');
    await page.context().close();
    // The browser logs the refusal itself.
    expect(pages.takeComplaints().every((text) => text.includes('404'))).toBe(true);
  });

  it('shows a report as it is filed, in the list and in the incident, without a reload', async () => {
    const list = await pages.open('/', 390);
    const page = await pages.open(`/incidents/${incident}`);
    await appears(list.locator('[data-connection=live]'));
    await appears(page.locator('[data-connection=live]'));
    await page.evaluate('window.sameDocument = true');
    const newest = await page.locator('[data-revision]').first().getAttribute('data-revision');
    await service.post(`/v1/incidents/${incident}/reports`, laterReport(41, '2015-03-01T12:00:00Z'));
    await appears(page.locator('.hero-number', { hasText: '41' }));
    await appears(list.locator('.incident-number', { hasText: '41' }));
    await appears(page.locator('[data-cell="killed/hostages"].changed'));
    expect(await page.locator('[data-latest]').textContent()).toContain('is now 41, was 40');
    expect(await page.locator('[data-revision]').first().getAttribute('data-revision')).not.toBe(newest);
    expect(await page.evaluate('window.sameDocument')).toBe(true);

    await service.post('/v1/incidents', {
      slug: 'ferry-2026',
      title: 'Ferry sinks',
      place: 'Strait of Sicily',
      from: '2026-11-20',
      groups: [{ id: 'passengers', side: 'victims' }],
    });
    await list.reload();
    await appears(list.getByText('No figure reported yet'));
    await list.getByRole('link', { name: 'Ferry sinks' }).click();
    await appears(list.getByText('Nothing yet.'));
    expect(await list.getByRole('button', { name: 'Play how the count changed' }).count()).toBe(0);
    noComplaints();
    await list.context().close();
    await page.context().close();
  });

  it('never shows a stale number as a live one: service stopped, started again, and what was missed', async () => {
    const page = await pages.open(`/incidents/${incident}`, 390);
    await appears(page.locator('[data-connection=live]'));
    await service.stop();
    await page.locator('[data-connection=live]').waitFor({ state: 'detached' });
    await appears(page.locator('[data-connection=away]'));
    expect(await page.locator('.connection').innerText()).toMatch(
      /Away since \d\d:\d\d UTC[\s\S]*as of \d\d:\d\d:\d\d UTC/u,
    );
    await appears(page.getByText('Not updating since'));
    expect(await page.locator('.hero-number').innerText()).toBe('41');

    await service.start();
    await service.post(`/v1/incidents/${incident}/reports`, laterReport(42, '2015-03-02T12:00:00Z'));
    await appears(page.locator('[data-connection=live]'));
    await appears(page.locator('.hero-number', { hasText: '42' }));
    expect(await page.getByText('Not updating since').count()).toBe(0);
    // While nobody answers, or the service is about to stop (503), the browser says so for each try.
    expect(pages.takeComplaints().filter((text) => !/ERR_|\b503\b/u.test(text))).toEqual([]);
    await page.context().close();
  }, 90_000);

  // The last: from the first key on the service is closed to whoever has none.
  it('asks for a key where one is needed, and reads and follows with it', async () => {
    const { secret } = (await service.post('/v1/keys', { role: 'admin', desk: 'tests' })) as { secret: string };
    const page = await pages.open(`/incidents/${incident}`);
    const field = page.getByLabel('API key');
    await field.fill('tbk_wrong');
    await page.keyboard.press('Enter');
    await appears(page.getByText('unknown, revoked or expired'));
    await field.fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await appears(page.locator('.hero-number', { hasText: '42' }));
    await appears(page.locator('[data-connection=live]'));
    service.key = secret;
    await service.post(`/v1/incidents/${incident}/reports`, laterReport(43, '2015-03-03T12:00:00Z'));
    await appears(page.locator('.hero-number', { hasText: '43' }));
    await page.reload();
    await appears(page.locator('.hero-number', { hasText: '43' }));
    // No script can read it, and it outlives the tab.
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'tollbook_key', value: secret, httpOnly: true, sameSite: 'Strict' });
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(pages.takeComplaints().filter((text) => !text.includes('401'))).toEqual([]);
    await page.context().close();
  });
});
