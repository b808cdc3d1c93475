// A shop and a checkout on domains of their own, where no cookie reaches from one to the other.
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { EXAMPLE_HOSTS, freshPages } from './fresh-page.ts';
import { personOf as visitorsPerson } from './person-of.ts';
import type { RecordedShop } from './recorded-shop.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;

let shop: RecordedShop;
let page: Page;
const at = (host: string, path = '/') => `${shop.origin.replace('127.0.0.1', host)}${path}`;

freshPages(
  (fresh) => {
    ({ shop, page } = fresh);
  },
  { flags: EXAMPLE_HOSTS, hosts: ['www.tea.example', '*.pay.example'] },
);
beforeEach(() => {
  shop.clock.ahead_ms = 0;
  shop.pages = {
    '/shop': `<!doctype html><title>Shop</title><script defer src="/t.js" data-site="SITE_KEY"></script>
<a id="link" href="${at('eu.pay.example', '/checkout?cart=7#top')}">checkout</a>
<form method="post" action="${at('eu.pay.example', '/checkout')}"><button id="button">checkout</button></form>
<a id="elsewhere" href="${at('www.elsewhere.example')}">elsewhere</a>`,
  };
});

/** Opens the shop, follows what is there with this id, and waits for the page on the other side. */
async function follow(id: string, query = ''): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/e') && response.ok());
  await page.goto(at('www.tea.example', `/shop${query}`));
  await answer;
  await shop.recorded('page_viewed');
  await page.locator(`#${id}`).click();
  await shop.recorded('page_viewed', 2);
}
const visitors = async () =>
  (await shop.all()).filter(({ name }) => name === 'page_viewed').map(({ visitor_id }) => visitor_id);
const personOf = (visitor_id: string) => visitorsPerson(shop, visitor_id);

it.each(['link', 'button'])(
  'a visitor who goes from the shop to the checkout by a %s is one person',
  async (id) => {
    await follow(id);
    const [there, here] = await visitors();
    expect(here).not.toBe(there);
    expect(await personOf(here!)).toMatch(/^p_/);
    expect(await personOf(there!)).toBe(await personOf(here!));
    expect(JSON.stringify(await shop.all())).not.toContain('tlclid');
  },
);

it('a visit to the checkout came by the advertisement that had led to the shop', async () => {
  await follow('link', '?utm_source=google&utm_medium=cpc&utm_campaign=tet');
  await page.evaluate(() =>
    (window as never as { throughline(...call: unknown[]): void }).throughline('track', 'paid'),
  );
  await shop.recorded('paid');
  const came = (await shop.all()).map((event) => [event.channel, event.utm_source, event.utm_campaign]);
  expect(new Set(came.map(String))).toEqual(new Set(['paid_search,google,tet']));
});

it('who pays at the checkout is who looked around in the shop', async () => {
  await follow('link');
  await page.evaluate(() =>
    (window as never as { throughline(...call: unknown[]): void }).throughline('identify', 'customer-9'),
  );
  await shop.recorded('identify');
  const [there, here] = await visitors();
  const people = await shop.store.query<{ person_id: string }>({
    sql: `SELECT person_id FROM customers FINAL WHERE gone = 0 AND arrayExists(one -> one.value = 'customer-9', identifiers)`,
  });
  expect([await personOf(there!), await personOf(here!)]).toEqual([
    people[0]!.person_id,
    people[0]!.person_id,
  ]);
});

it('two customers who log in on the two hosts stay two', async () => {
  const logIn = (user_id: string) =>
    page.evaluate(
      (id) => (window as never as { throughline(...call: unknown[]): void }).throughline('identify', id),
      user_id,
    );
  const answer = page.waitForResponse((response) => response.url().endsWith('/e') && response.ok());
  await page.goto(at('www.tea.example', '/shop'));
  await answer;
  await logIn('customer-1');
  await shop.recorded('identify');
  await page.locator('#link').click();
  await shop.recorded('page_viewed', 2);
  await logIn('customer-2');
  await shop.recorded('identify', 2);
  const [there, here] = await visitors();
  const [one, two] = [await personOf(there!), await personOf(here!)];
  expect(one).toMatch(/^p_/);
  expect(two).toMatch(/^p_/);
  expect(two).not.toBe(one);
});

it('a link to somebody else’s host carries nothing', async () => {
  const answer = page.waitForResponse((response) => response.url().endsWith('/e') && response.ok());
  await page.goto(at('www.tea.example', '/shop'));
  await answer;
  await page.locator('#elsewhere').click();
  await page.waitForURL((url) => url.hostname === 'www.elsewhere.example');
  expect(page.url()).toBe(at('www.elsewhere.example'));
});

it('a crafted link identifies nobody, and its page counts', async () => {
  await page.goto(at('eu.pay.example', `/checkout?tlclid=mwxyzzzz.1111.${'a'.repeat(22)}`), {
    referer: at('www.tea.example', '/shop'),
  });
  await shop.recorded('page_viewed');
  expect(await personOf((await visitors())[0]!)).toBeUndefined();
});

it('a link that was copied to a friend names the friend nobody, from a chat or from the shop', async () => {
  await follow('link');
  const copied = page.url();
  expect(copied).toContain('tlclid=');
  const [there] = await visitors();
  for (const [referer, count] of [
    [undefined, 3],
    [at('www.tea.example', '/shop'), 4],
  ] as const) {
    const friend = await page.context().browser()!.newContext();
    await (await friend.newPage()).goto(copied, referer ? { referer } : {});
    await shop.recorded('page_viewed', count);
    const theirs = (await visitors()).at(-1)!;
    expect(theirs).not.toBe(there);
    expect(await personOf(theirs)).toBeUndefined();
    await friend.close();
  }
});

it('a link followed half an hour later joins nobody', async () => {
  const answer = page.waitForResponse((response) => response.url().endsWith('/e') && response.ok());
  await page.goto(at('www.tea.example', '/shop'));
  await answer;
  await shop.recorded('page_viewed');
  shop.clock.ahead_ms = HALF_AN_HOUR_MS + 1_000;
  await page.locator('#link').click();
  await shop.recorded('page_viewed', 2);
  for (const visitor of await visitors()) expect(await personOf(visitor)).toBeUndefined();
});
