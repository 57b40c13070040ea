import { afterAll, beforeAll } from '@jest/globals';
import { ChromiumPages } from './chromium-pages.js';
import { ServiceUnderTest } from './service.js';

/** The incident that `sampleInChromium` files. */
export const sampleIncident = 'in-amenas-2013';

interface InChromium {
  readonly service: ServiceUnderTest;
  readonly pages: ChromiumPages;
}

/**
 * Gives the tests of a file, or of a `describe`, a service of their own with what they prepare in it, and its pages in a
 * Chromium; both end after the last test.
 * @param settings beside the log and the port; asked for as the service starts
 */
export const inChromium = (
  prepare: (service: ServiceUnderTest) => Promise<unknown>,
  settings: () => Readonly<Record<string, string>> = () => ({}),
): InChromium => {
  const service = new ServiceUnderTest(settings);
  const pages = new ChromiumPages(service);

  beforeAll(async () => {
    await service.start();
    await prepare(service);
    await pages.launch();
  }, 120_000);

  afterAll(async () => {
    await pages.close();
    await service.remove();
  }, 60_000);

  return { service, pages };
};

/** The same with the sample incident filed. */
export const sampleInChromium = (settings?: () => Readonly<Record<string, string>>): InChromium =>
  inChromium((service) => service.fileSample(), settings);

/** A report on the sample of one later number of hostages killed. */
export const laterReport = (value: number, publishedAt: string) => ({
  outlet: 'BBC',
  publishedAt,
  statedAt: publishedAt,
  attribution: [{ name: 'Inquest at the Old Bailey', kind: 'authority' }],
  figures: [{ measure: 'killed', group: 'hostages', quantity: { kind: 'exactly', value } }],
});
