// An act waits most of a second for what other readers have to say of it, and for the shop's answer while a request is on its way: a
// real browser, and what reached the store.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type FreshPage, freshPages } from './fresh-page.ts';
import type { RecordedShop, ShopAnswer } from './recorded-shop.ts';
import { TAG } from './stage.ts';

let shop: RecordedShop;
let page: Page;
let open: FreshPage['open'];
let call: FreshPage['call'];

freshPages((fresh) => {
  ({ shop, page, open, call } = fresh);
});

const PATH = '/cart/add.js';
/** Slower than most shops, and than what the tag waits for by itself. */
const SLOW_MS = 1500;
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

/** Something that goes on, as a theme shows it: after a click on a page that draws nothing Chromium knows no idle moment. */
const SPINNER = `<output></output><script>setInterval(() => {
  document.querySelector('output').textContent = Date.now();
}, 200)</script>`;

/** A button that tells of the add at once, as many themes and Tag Manager plugins do, and then asks the shop. */
async function press(teller: keyof typeof TELLERS, way: keyof typeof ASK): Promise<void> {
  const attributes = teller === 'its attributes' ? 'data-tl-event="cart_added" data-tl-product-id="T44"' : '';
  await open(
    `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); }</script>${TAG}
<button ${attributes} onclick="${`${TELLERS[teller]} ${ASK[way]}`.replaceAll('"', '&quot;')}">Add</button>${SPINNER}`,
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

it.each([
  ['a call', 'fetch'],
  ['its attributes', 'XMLHttpRequest'],
] as const)(
  'an add that %s told is told in the end where the shop never answers, by %s',
  async (teller, way) => {
    shop.answers[PATH] = { ...taken, after_ms: 60_000 };
    await press(teller, way);
    const [added] = await shop.recorded('cart_added');
    expect(added!.reader).not.toMatch(/cart/);
  },
);

it('an add is told while the page stays, though requests that are none come again and again', async () => {
  shop.answers['/poll'] = { after_ms: 100 };
  await open(`${TAG}<script>setInterval(() => {
  const poll = new XMLHttpRequest(); poll.open('POST', '/poll'); poll.send();
}, 150)</script><button data-tl-event="cart_added" data-tl-product-id="T44">Add</button>`);
  await shop.recorded('page_viewed');
  await page.locator('button').click();
  const [added] = await shop.recorded('cart_added');
  expect(added!.reader).toBe('attribute');
});

it('an add has the price that the shop tells Google some time after its own request', async () => {
  shop.answers[PATH] = { ...taken, after_ms: 0 };
  await open(
    `<script>window.dataLayer = []</script>${TAG}
<button onclick="fetch('${PATH}', { method: 'POST', body: 'id=44' }).then(() => setTimeout(() =>
  dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'VND', items: [{ item_id: '12', price: 95000 }] } }), 600))">Add</button>`,
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

it('an add that its button tells waits also where the page asks for the visitor’s id first', async () => {
  shop.answers[PATH] = refused;
  await open(`${TAG}<button data-tl-event="cart_added" data-tl-product-id="T44"
  onclick="throughline('visitor', () => ${ASK.fetch})">Add</button>`);
  await shop.recorded('page_viewed');
  await page.locator('button').click();
  await shop.recorded('cart_refused');
  await shop.recorded('cart_added', 0);
});

it('a button that a script fills a field for before it sends the form is one act with its request', async () => {
  shop.answers[PATH] = refused;
  await open(`${TAG}<form onsubmit="event.preventDefault(); ${ASK.fetch}"><input name="quantity">
<button data-tl-event="cart_added" data-tl-product-id="T44" onclick="this.form.quantity.value = 2;
  this.form.quantity.dispatchEvent(new Event('input', { bubbles: true }))">Add</button></form>`);
  await shop.recorded('page_viewed');
  await page.locator('button').click();
  await shop.recorded('cart_refused');
  await shop.recorded('cart_added', 0);
});

it('an act of before a log-out is not the next customer’s', async () => {
  await open(`<script>window.dataLayer = []</script>${TAG}`);
  await call('track', 'cart_added', { product_id: 'T44' });
  await call('reset');
  await call('identify', 'bob');
  await page.evaluate(TELLERS['the dataLayer']);
  const [before, after] = await shop.recorded('cart_added', 2);
  expect(before!.visitor_id).not.toBe(after!.visitor_id);
});
