// The collector on the shop's own host: one visitor on all of the shop's hosts, and a cookie that the server keeps alive.
import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { EXAMPLE_HOSTS, freshPages } from './fresh-page.ts';
import { later } from './later.ts';
import type { RecordedShop } from './recorded-shop.ts';

const PATIENT = { timeout: 12_000 };

let shop: RecordedShop;
let context: BrowserContext;
let page: Page;
const at = (host: string, path = '/') => `${shop.origin.replace('127.0.0.1', host)}${path}`;

freshPages(
  (fresh) => {
    ({ shop, context, page } = fresh);
  },
  { flags: EXAMPLE_HOSTS },
);
beforeEach(() => {
  shop.pages = {
    '*': `<!doctype html><title>Shop</title><script defer src="${at('collect.shop.example', '/t.js')}" data-site="SITE_KEY"></script>`,
  };
});

it('knows one visitor on all of the shop’s hosts, without a preflight', async () => {
  const methods: string[] = [];
  page.on('request', (request) => methods.push(request.method()));
  await page.goto(at('www.shop.example'));
  await shop.recorded('page_viewed');
  await page.goto(at('checkout.shop.example'));
  const viewed = await shop.recorded('page_viewed', 2);
  expect(new Set(viewed.map(({ visitor_id }) => visitor_id)).size).toBe(1);
  expect(methods).not.toContain('OPTIONS');
});

it('has its cookie renewed by the server, which the browser keeps for longer than a script’s', async () => {
  await page.goto(at('www.shop.example'));
  await shop.recorded('page_viewed');
  const before = await context.cookies();
  // The answer is to what the page says when it is left.
  await page.goto(at('www.shop.example', '/two'));
  await shop.recorded('page_viewed', 2);
  await expect
    .poll(
      async () =>
        (await context.cookies()).map(({ name, value, domain, expires }) => [
          name,
          value,
          domain,
          expires > Date.now() / 1000 + 390 * 24 * 3600,
        ]),
      PATIENT,
    )
    .toEqual([['tl_v', `${before[0]!.value}.s`, '.shop.example', true]]);
});

it('knows the visitor by the renewed cookie alone, and has it renewed again in the next session', async () => {
  await page.goto(at('www.shop.example'));
  await shop.recorded('page_viewed');
  await later(context, 6_000);
  await page.goto(at('www.shop.example', '/two'));
  await shop.recorded('page_viewed', 2);
  await expect.poll(async () => (await context.cookies())[0]!.value, PATIENT).toMatch(/\.s$/);
  const [first] = await context.cookies();
  await page.evaluate(() => localStorage.clear());
  await later(context, 40 * 60_000);
  await page.goto(at('www.shop.example', '/three'));
  await later(context, 6_000);
  await page.goto(at('www.shop.example', '/four'));
  const viewed = await shop.recorded('page_viewed', 4);
  expect(new Set(viewed.map(({ visitor_id }) => visitor_id)).size).toBe(1);
  expect(new Set(viewed.map(({ session_id }) => session_id)).size).toBe(2);
  await expect.poll(async () => (await context.cookies())[0]!.value, PATIENT).toMatch(/\.s$/);
  expect((await context.cookies())[0]!.value > first!.value).toBe(true);
});
