import { describe, expect, it } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';
import { axeFindings } from './axe-findings.js';
import { appears, isScrolledSideways } from './chromium-pages.js';
import { sampleInChromium, sampleIncident as incident } from './in-chromium.js';

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
  const { service, pages } = sampleInChromium();

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
    expect(await page.getByLabel('Outlet').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Take it back' }).click();
    expect(await page.getByLabel('Outlet').inputValue()).toBe('Draft Daily');
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
    // Numbers are no longer called live, although the connection has not told of its end.
    await page.locator('[data-connection=live]').waitFor({ state: 'detached' });
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
    // What the browser says of the cut.
    pages.takeComplaints();
    await page.context().close();
  });

  it('sends on what waits although the reader has left for another page', async () => {
    const page = await open();
    await fillReport(page, 'Onward');
    await addLine(page, '13 hostages injured');
    await appears(page.locator('[data-preview=answered]'));
    await page.context().setOffline(true);
    await submit(page).click();
    await appears(page.locator('[data-waiting="1"]'));
    await page.getByRole('link', { name: 'In Amenas gas plant hostage crisis' }).click();
    await page.context().setOffline(false);
    await expect(until(async () => (await figuresOf('Onward')).length === 1)).resolves.toBe(true);
    await page.locator('[data-waiting]').waitFor({ state: 'detached' });
    pages.takeComplaints();
    await page.context().close();
  });

  const rowOf = (page: Page, outlet: string) => page.locator('.books [data-figure]', { hasText: outlet });

  const dialogOf = (page: Page) => page.locator('.act-dialog');

  it('corrects, retracts, reinstates and denies from the row of a figure, each with its reason', async () => {
    const page = await open();
    await service.post(`/v1/incidents/${incident}/reports`, {
      outlet: 'Row Review',
      publishedAt: '2015-03-03',
      attribution: [{ name: 'Row speaker', kind: 'witness' }],
      figures: [
        { measure: 'injured', group: 'hostages', quantity: { kind: 'exactly', value: 17 }, words: 'seventeen' },
      ],
    });
    const row = rowOf(page, 'Row Review');
    const act = async (name: RegExp, button: string): Promise<void> => {
      await row.getByRole('button').click();
      await dialogOf(page).getByRole('radio', { name }).check();
      await dialogOf(page).getByLabel('Reason', { exact: true }).fill(`because of ${button}`);
      await appears(dialogOf(page).locator('[data-preview=answered]'));
      await dialogOf(page).getByRole('button', { name: button, exact: true }).click();
      await dialogOf(page).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Close' }).click();
    };
    await row.getByRole('button').click();
    await dialogOf(page)
      .getByRole('radio', { name: /^Correct/u })
      .check();
    // A reason is asked for, at its field.
    await dialogOf(page).getByRole('button', { name: 'Correct', exact: true }).click();
    await appears(dialogOf(page).getByText('Give the reason.'));
    await dialogOf(page).getByLabel('Number', { exact: true }).fill('71');
    await dialogOf(page).getByLabel('Reason', { exact: true }).fill('digits turned round');
    await appears(dialogOf(page).locator('[data-preview=answered]'));
    await dialogOf(page).getByRole('button', { name: 'Correct', exact: true }).click();
    await appears(page.locator('[data-filed]'));
    await page.getByRole('button', { name: 'Close' }).click();
    await appears(row.filter({ hasText: '71' }));
    expect(await figuresOf('Row Review')).toMatchObject([
      { state: 'corrected', quantity: { kind: 'exactly', value: 71 }, words: 'seventeen' },
    ]);
    await act(/^Retract: /u, 'Retract');
    await appears(page.locator('.state-retracted', { hasText: 'Row Review' }));
    await act(/^Reinstate/u, 'Reinstate');
    await page.locator('.state-retracted', { hasText: 'Row Review' }).waitFor({ state: 'detached' });
    await act(/^Deny/u, 'Deny');
    await appears(page.locator('.state-denied', { hasText: 'Row Review' }));
    expect(await figuresOf('Row Review')).toMatchObject([{ state: 'denied' }]);
    expect(pages.takeComplaints()).toEqual([]);
    await page.context().close();
  });

  it('explains a fall from its row, and pins and unpins an estimate for the version that was seen', async () => {
    const page = await open(390);
    await page.getByRole('button', { name: 'Changes' }).click();
    const revisions = page.locator('[data-revision]');
    const more = page.getByRole('button', { name: 'Earlier ones' });
    const falls = page.locator('.change-unexplained');
    while ((await falls.count()) === 0) {
      const shown = await revisions.count();
      await more.click();
      await appears(revisions.nth(shown));
    }
    const number = (await falls.first().getAttribute('data-revision')) ?? '';
    await falls.first().getByRole('button').click();
    await dialogOf(page).getByLabel('Why it changed').selectOption('doubleCount');
    await dialogOf(page).getByLabel('A note, for readers').fill('two lists had been added');
    await dialogOf(page).getByRole('button', { name: 'Explain', exact: true }).click();
    await appears(page.locator('[data-filed]'));
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator(`.change-unexplained[data-revision="${number}"]`).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Estimates' }).click();
    await page.getByPlaceholder('Find a name, a cell, a number').fill('escaped: hostages, foreign');
    const cell = page.locator('.books [data-cell="escaped/hostages/nationality=foreign"]');
    await cell.getByRole('button').click();
    await dialogOf(page).getByLabel('From', { exact: true }).fill('24');
    await dialogOf(page).getByLabel('Reason', { exact: true }).fill('the coroner counted them');
    await appears(dialogOf(page).locator('[data-preview=answered]'));
    // Another desk is faster: what this editor saw is no longer so.
    const isPin = (url: URL): boolean => url.pathname.includes('/pins/') && url.search === '';
    await page.route(
      isPin,
      async (route) => {
        await service.post(`/v1/incidents/${incident}/reports`, {
          outlet: 'Faster',
          publishedAt: '2015-03-04',
          attribution: [{ name: 'Ministry of escapes', kind: 'authority' }],
          figures: [
            {
              measure: 'escaped',
              group: 'hostages',
              breakdown: { nationality: 'foreign' },
              quantity: { kind: 'exactly', value: 26 },
            },
          ],
        });
        await route.continue();
      },
      { times: 1 },
    );
    await dialogOf(page).getByRole('button', { name: 'Pin', exact: true }).click();
    await appears(dialogOf(page).getByText('look at it and decide anew'));
    await appears(dialogOf(page).getByText('Now: 26'));
    await dialogOf(page).getByRole('button', { name: 'Pin', exact: true }).click();
    await appears(cell.getByText('Pinned'));
    await page.getByRole('button', { name: 'Close' }).click();
    await cell.getByRole('button').click();
    await dialogOf(page)
      .getByRole('radio', { name: /^Unpin/u })
      .check();
    await dialogOf(page).getByLabel('Reason', { exact: true }).fill('no longer needed');
    await dialogOf(page).getByRole('button', { name: 'Unpin', exact: true }).click();
    await cell.getByText('Pinned').waitFor({ state: 'detached' });
    pages.takeComplaints();
    await page.context().close();
  });

  it('asks whether a new name is an earlier origin, and takes the answer', async () => {
    const page = await open();
    await fillReport(page, 'Same Same');
    await page.getByLabel('Who said it').fill('Algerian security officials');
    const question = page.getByRole('group', { name: 'Same origin?' });
    await appears(question);
    await question.getByRole('button', { name: /, algerian-security-source-reuters$/u }).click();
    await question.waitFor({ state: 'detached' });
    await addLine(page, '6 hostages freed');
    await appears(page.locator('[data-preview=answered]'));
    await submit(page).click();
    await appears(page.locator('[data-filed]'));
    expect(await figuresOf('Same Same')).toMatchObject([{ origin: 'algerian-security-source-reuters' }]);

    // An origin without an id is linked by an editor, once the report is in the log.
    await service.post(`/v1/incidents/${incident}/reports`, {
      outlet: 'First',
      publishedAt: '2015-03-05',
      attribution: [{ name: 'Red Crescent of Illizi', kind: 'organisation' }],
      figures: [{ measure: 'freed', group: 'hostages', quantity: { kind: 'exactly', value: 6 } }],
    });
    await appears(page.locator('.books', { hasText: 'Red Crescent of Illizi' }));
    await fillReport(page, 'Second');
    await page.getByLabel('Who said it').fill('Illizi Red Crescent volunteers');
    await question.getByRole('button', { name: /^Yes: link them/u }).click();
    await addLine(page, '6 hostages freed');
    await appears(page.locator('[data-preview=answered]'));
    await submit(page).click();
    await appears(page.locator('[data-filed]', { hasText: 'are one origin' }));
    const events = await service.call('GET', `/v1/incidents/${incident}/events?limit=1000`, undefined);
    const linked = (events.body as readonly { type: string; data: { origins?: readonly string[] } }[]).filter(
      ({ type }) => type === 'tollbook.OriginsLinked.v1',
    );
    expect(linked.map(({ data }) => data.origins)).toEqual([
      ['illizi red crescent volunteers', 'red crescent of illizi'],
    ]);
    await page.context().close();
  });

  it('moves a speaker to another kind, and undoes a link, with the keyboard alone', async () => {
    const page = await open();
    const report = (name: string, outlet: string, value: number) =>
      service.post(`/v1/incidents/${incident}/reports`, {
        outlet,
        publishedAt: '2015-03-06',
        attribution: [{ name, kind: 'witness' }],
        figures: [{ measure: 'missing', group: 'hostages', quantity: { kind: 'exactly', value } }],
      });
    await report('Driver of the third bus', 'Graded Gazette', 7);
    await report('Driver of the last bus', 'Linked Ledger', 9);
    const { id } = (await service.post(`/v1/incidents/${incident}/links`, {
      origins: ['Driver of the third bus', 'Driver of the last bus'],
      reason: 'there were three buses',
    })) as { readonly id: string };
    const dialog = dialogOf(page);
    const press = (key: string) => page.keyboard.press(key);
    /** By Tab, as far as it takes. */
    const reach = async (target: Locator): Promise<void> => {
      for (let stop = 0; stop < 20; stop += 1) {
        if (await target.evaluate((field) => field === field.ownerDocument.activeElement)) return;
        await press('Tab');
      }
      throw new Error('not reached by Tab');
    };
    const begin = async (act: RegExp): Promise<void> => {
      await rowOf(page, 'Graded Gazette').getByRole('button').focus();
      await press('Enter');
      const radio = dialog.getByRole('radio', { name: act });
      await reach(dialog.getByRole('radio').first());
      for (let stop = 0; stop < 10 && !(await radio.isChecked()); stop += 1) await press('ArrowDown');
      expect(await radio.isChecked()).toBe(true);
    };
    const finish = async (reason: string): Promise<void> => {
      await reach(dialog.getByLabel('Reason', { exact: true }));
      await page.keyboard.type(reason);
      await appears(dialog.locator('[data-preview=answered]'));
      expect(await axeFindings(page)).toEqual([]);
      await press('Control+Enter');
      await dialog.waitFor({ state: 'detached' });
      await appears(page.locator('[data-filed]'));
      await page.getByRole('button', { name: 'Close' }).click();
    };
    const listed = async (what: 'grades' | 'links') => {
      const { body } = await service.call('GET', `/v1/incidents/${incident}/${what}`, undefined);
      return (body as { readonly data: readonly object[] }).data;
    };

    await appears(rowOf(page, 'Graded Gazette'));
    await begin(/^Move to another kind/u);
    await appears(dialog.getByText('Counts as witness, as filed.'));
    await reach(dialog.getByLabel('Kind of source'));
    await page.keyboard.type('Off');
    await finish('sent by the company, and counts for it');
    expect(await listed('grades')).toMatchObject([
      { origin: 'driver of the third bus', kind: 'official', reason: 'sent by the company, and counts for it' },
    ]);

    await begin(/^Undo a link/u);
    expect(await dialog.getByLabel('Joined with').inputValue()).toBe(id);
    expect(await dialog.getByLabel('Joined with').locator('option:checked').textContent()).toBe(
      'driver of the last bus',
    );
    await appears(dialog.getByText('Joined because: there were three buses'));
    await finish('two men, two buses');
    expect((await listed('links')).filter((link) => 'id' in link && link.id === id)).toEqual([]);

    // What is no longer so is no longer offered, and what is so is told.
    await begin(/^Move to another kind/u);
    await appears(
      dialog.getByText('Counts as official, moved there by local: sent by the company, and counts for it.'),
    );
    expect(await dialog.getByRole('radio', { name: /^Undo a link/u }).count()).toBe(0);
    expect(pages.takeComplaints()).toEqual([]);
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
    const focused = () => page.evaluate<string>('document.activeElement.dataset.pointer');
    await expect(until(async () => (await focused()) === '/publishedAt')).resolves.toBe(true);
    await appears(page.getByText('Give when it was published.'));
    await page.context().close();
  });

  describe('where all may read and not all may file', () => {
    const { service: locked, pages: guarded } = sampleInChromium(() => ({ TOLLBOOK_PUBLIC_READ: 'true' }));

    it('asks who may not file to sign in, and keeps the draft meanwhile', async () => {
      const made = async (role: string, desk: string): Promise<string> => {
        const body = (await locked.post('/v1/keys', { role, desk })) as { readonly secret: string };
        locked.key ??= body.secret;
        return body.secret;
      };
      await made('admin', 'night');
      const key = await made('desk', 'foreign');
      const page = await guarded.open(path);
      await appears(page.getByRole('heading', { name: 'Sign in to file' }));
      await fillReport(page, 'Signed Standard');
      await addLine(page, '4 hostages escaped');
      await page.getByLabel('API key').fill(key);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await appears(page.getByText('Filing as foreign, desk'));
      await appears(page.locator('[data-preview=answered]'));
      await submit(page).click();
      await appears(page.locator('[data-filed]'));
      const { body } = await locked.call('GET', `/v1/incidents/${incident}/figures?order=desc&limit=1`, undefined);
      expect(body).toMatchObject({ data: [{ outlet: 'Signed Standard', filedBy: { desk: 'foreign' } }] });
      await page.getByRole('button', { name: 'Sign out' }).click();
      await appears(page.getByRole('heading', { name: 'Sign in to file' }));
      await page.context().close();
    });
  });

  const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await holds()) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  };
});
