// The collector on the shop's own host, where it gives the visitor's cookie back: not to a visitor who has denied consent meanwhile.
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXAMPLE_HOSTS, type FreshPage, freshPages } from './fresh-page.ts';
import { type HeldAnswers, heldAnswers } from './held-answers.ts';
import { later } from './later.ts';
import type { RecordedShop } from './recorded-shop.ts';

let shop: RecordedShop;
let context: BrowserContext;
let page: Page;
let call: FreshPage['call'];
let answers: HeldAnswers;
const at = (host: string, path = '/') => `http://${host}:${answers.port}${path}`;
/** What the visitor said and when, and nothing else. */
const DENIED = [expect.stringMatching(/^tl_c=denied\.\d+$/)];
const cookies = async () => (await context.cookies()).map(({ name, value }) => `${name}=${value}`);

freshPages(
  (fresh) => {
    ({ shop, context, page, call } = fresh);
  },
  { flags: EXAMPLE_HOSTS },
);
beforeEach(async () => {
  answers = await heldAnswers(shop.origin);
  shop.pages = {
    '*': `<!doctype html><title>Shop</title><script defer src="${at('collect.shop.example', '/t.js')}" data-site="SITE_KEY"></script>`,
  };
});
afterEach(() => answers.close());

/** Denies while an answer is on its way, then lets it come. Gives what it would have the browser keep. */
async function deniedMeanwhile(held: Promise<void>): Promise<string[]> {
  await held;
  expect(await cookies()).not.toEqual([]);
  await call('consent', 'denied');
  expect(await cookies()).toEqual(DENIED);
  const come = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/e'));
  const kept = answers.release();
  await come;
  return kept;
}

it('leaves a visitor without one who denies while the answer to the first batch is on its way', async () => {
  const held = answers.hold();
  await page.goto(at('www.shop.example'));
  expect(await deniedMeanwhile(held)).toEqual([]);
  expect(await cookies()).toEqual(DENIED);
});

it('leaves a visitor without one who denies just after an app has moved from its first page', async () => {
  // However long it takes here, the move is in the millisecond of the first page.
  await page.clock.setFixedTime(Date.now());
  await page.goto(at('www.shop.example'));
  await shop.recorded('page_viewed');
  const held = answers.hold();
  await page.evaluate(() => history.pushState({}, '', '/en'));
  expect(await deniedMeanwhile(held)).toEqual([]);
  expect(await cookies()).toEqual(DENIED);
  await shop.recorded('page_engaged');
});

it('leaves a visitor without one who denies later, once it was given back', async () => {
  await page.goto(at('www.shop.example'));
  await shop.recorded('page_viewed');
  await later(context, 6_000);
  await page.goto(at('www.shop.example', '/two'));
  await expect.poll(cookies, { timeout: 12_000 }).toEqual([expect.stringMatching(/^tl_v=\w{8}\.\d+\.s$/)]);
  const held = answers.hold();
  await call('track', 'more');
  expect(await deniedMeanwhile(held)).toEqual([]);
  expect(await cookies()).toEqual(DENIED);
});

it('gives nothing back to a batch that is counted with nothing kept', async () => {
  const earlier = `${(Date.now() - 3_600_000).toString(36)}.42`;
  await context.addCookies([{ name: 'tl_v', value: earlier, domain: '.shop.example', path: '/' }]);
  shop.pages['*'] = shop.pages['*']!.replace('data-site', 'data-consent="cookieless" data-site');
  const held = answers.hold();
  await page.goto(at('www.shop.example'));
  await held;
  expect(answers.release()).toEqual([]);
  expect(await cookies()).toEqual([`tl_v=${earlier}`]);
});

it('takes a visitor’s word on all hosts of the shop’s domain, the latest first', async () => {
  await page.goto(at('www.shop.example'));
  await shop.recorded('page_viewed');
  await call('consent', 'granted');
  await page.goto(at('shop.example'));
  await shop.recorded('page_viewed', 2);
  await call('consent', 'denied');
  await page.goto(at('www.shop.example', '/again'));
  await call('track', 'no');
  await expect.poll(cookies).toEqual(DENIED);
  await page.goto(at('blog.shop.example'));
  await call('consent', 'granted');
  await call('track', 'yes');
  await shop.recorded('yes');
  await shop.recorded('no', 0);
  // Of the last page alone.
  await shop.recorded('page_viewed', 3);
});

it('keeps a visitor’s word where it was heard after the cookie that told it has ended', async () => {
  await page.goto(at('www.shop.example'));
  await call('consent', 'granted');
  await shop.recorded('page_viewed');
  await page.goto(at('shop.example'));
  await shop.recorded('page_viewed', 2);
  await call('consent', 'denied');
  await page.goto(at('www.shop.example', '/again'));
  await expect.poll(() => page.evaluate(() => localStorage['tl_c'])).toContain('denied');
  await context.clearCookies();
  await page.goto(at('www.shop.example', '/later'));
  await call('track', 'no');
  await expect.poll(cookies).toEqual(DENIED);
  await page.goto(at('other.example'));
  await shop.recorded('page_viewed', 3);
  await shop.recorded('no', 0);
});
