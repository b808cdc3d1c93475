import { launchChromium } from '@throughline/tag/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openRecordedShop, type RecordedShop } from './recorded-shop.ts';

export interface FreshPage {
  shop: RecordedShop;
  context: BrowserContext;
  page: Page;
  /** Goes to a page of the shop that is this text. */
  open(html: string, path?: string): Promise<void>;
  /** Goes on to another page of the shop. */
  leave(): Promise<unknown>;
  /** Calls the tag as a page does. */
  call(...parameters: unknown[]): Promise<void>;
}

/** Makes every name under `.example` this machine. */
export const EXAMPLE_HOSTS = ['--host-resolver-rules=MAP *.example 127.0.0.1'];

/** One browser and one recorded shop for the tests of a file; before each, the shop forgets and `use` gets a new visitor's page. */
export function freshPages(
  use: (fresh: FreshPage) => void,
  { flags = [], hosts = [] }: { flags?: string[]; hosts?: string[] } = {},
): void {
  let browser: Browser;
  let shop: RecordedShop;
  let context: BrowserContext;
  beforeAll(async () => {
    browser = await launchChromium({ flags });
    shop = await openRecordedShop({ hosts });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });
  beforeEach(async () => {
    shop.pages = {};
    shop.answers = {};
    shop.headers = {};
    await shop.forget();
    context = await browser.newContext();
    use(pageOf(shop, context, await context.newPage()));
  });
  afterEach(() => context.close());
}

const pageOf = (shop: RecordedShop, context: BrowserContext, page: Page): FreshPage => ({
  shop,
  context,
  page,
  async open(html, path = '/page') {
    shop.pages[path.split(/[?#]/)[0]!] = html;
    await page.goto(shop.origin + path);
  },
  leave: () => page.goto(`${shop.origin}/elsewhere`),
  call: (...parameters) =>
    page.evaluate(
      (given) => (window as unknown as { throughline: (...call: unknown[]) => void }).throughline(...given),
      parameters,
    ),
});
