// An act waits some seconds for what other readers have to say of it: a real browser, and what reached the store.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type FreshPage, freshPages } from './fresh-page.ts';
import type { RecordedShop, ShopAnswer } from './recorded-shop.ts';
import { TAG } from './stage.ts';

let shop: RecordedShop;
let page: Page;
let open: FreshPage['open'];

freshPages((fresh) => {
  ({ shop, page, open } = fresh);
});

const PATH = '/cart/add.js';
/** Slower than most shops, and than what the tag waits for by itself, a quarter of a second. */
const SLOW_MS = 1_500;
const refused: ShopAnswer = { status: 422, body: { message: 'Sold out' }, after_ms: SLOW_MS };
const taken: ShopAnswer = { body: { id: 44, quantity: 1 }, after_ms: SLOW_MS };

const ASK = {
  fetch: `fetch('${PATH}', { method: 'POST', body: 'id=44' })`,
  XMLHttpRequest: `const request = new XMLHttpRequest(); request.open('POST', '${PATH}'); request.send('id=44');`,
};
const TELLERS = {
  'its attributes': '',
  'a call': `throughline('track', 'cart_added', { product_id: 'T44' });`,
  'the dataLayer': `dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'T44' }] } });`,
  gtag: `gtag('event', 'add_to_cart', { items: [{ item_id: 'T44' }] });`,
};

/** A button that tells of the add at once, as many themes and Tag Manager plugins do, and then asks the shop. */
async function press(teller: keyof typeof TELLERS, way: keyof typeof ASK): Promise<void> {
  const attributes = teller === 'its attributes' ? 'data-tl-event="cart_added" data-tl-product-id="T44"' : '';
  await open(
    `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); }</script>${TAG}
<button ${attributes} onclick="${`${TELLERS[teller]} ${ASK[way]}`.replaceAll('"', '&quot;')}">Add</button>`,
  );
  await shop.recorded('page_viewed');
  await page.locator('button').click();
}

it.each([
  ['its attributes', 'fetch'],
  ['its attributes', 'XMLHttpRequest'],
  ['a call', 'fetch'],
  ['the dataLayer', 'XMLHttpRequest'],
  ['gtag', 'XMLHttpRequest'],
] as const)('an add that %s told at once is none that the shop refuses later, by %s', async (teller, way) => {
  shop.answers[PATH] = refused;
  await press(teller, way);
  const [event] = await shop.recorded('cart_refused');
  await shop.recorded('cart_added', 0);
  expect(event!.reader).toMatch(/,cart$/);
});

it('an add that its attributes told at once is one with what the shop answers later', async () => {
  shop.answers[PATH] = taken;
  await press('its attributes', 'fetch');
  const [added] = await shop.recorded('cart_added');
  expect(added).toMatchObject({ reader: 'attribute,cart', 'products.product_id': ['T44'] });
});

it('an add has the price that the shop tells Google some time after its own request', async () => {
  shop.answers[PATH] = { ...taken, after_ms: 0 };
  await open(
    `<script>window.dataLayer = []</script>${TAG}
<button onclick="fetch('${PATH}', { method: 'POST', body: 'id=44' }).then(() => setTimeout(() =>
  dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'VND', items: [{ item_id: '12', price: 95000 }] } }), 1000))">Add</button>`,
  );
  await shop.recorded('page_viewed');
  await page.locator('button').click();
  const [added] = await shop.recorded('cart_added');
  expect(added).toMatchObject({ reader: 'cart,datalayer', currency: 'VND', 'products.price': [95000] });
});

it('an add of a page that is left meanwhile is told all the same, once', async () => {
  shop.answers[PATH] = taken;
  await press('its attributes', 'fetch');
  await page.goto(`${shop.origin}/elsewhere`);
  await shop.recorded('page_viewed', 2);
  await shop.recorded('cart_added');
});
