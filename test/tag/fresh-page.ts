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

/** As if the visitor had come back to the tab, upon which the tag sends what it has, acts too, which wait for other readers otherwise. */
const SHOWN = `dispatchEvent(new Event('visibilitychange'))`;

/**
 * One browser and one recorded shop for the tests of a file; before each, the shop forgets and `use` gets a new visitor's page. `hurried`:
 * while a test waits for what will be recorded, its acts do not wait for what other readers say of them.
 */
export function freshPages(
  use: (fresh: FreshPage) => void,
  { flags = [], hosts = [], hurried = false }: { flags?: string[]; hosts?: string[]; hurried?: boolean } = {},
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
    const page = await context.newPage();
    if (hurried) shop.hurry = () => page.evaluate(SHOWN).catch(() => {});
    use(pageOf(shop, context, page));
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
