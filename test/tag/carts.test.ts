// What is an add and what is none, whichever way a shop does it: a real browser, and what reached the store.
import type { EventRow } from '@throughline/contract';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ADDS, NONE, REFUSALS, type Way } from './cart-requests.ts';
import { freshPages } from './fresh-page.ts';
import { example, type RecordedShop } from './recorded-shop.ts';
import { TAG } from './stage.ts';

let shop: RecordedShop;
let page: Page;

freshPages((fresh) => {
  ({ shop, page } = fresh);
});

/** Timers that never run: nothing that waits for one happens before the page is left. */
const NO_TIMERS = '<script>window.setTimeout = () => 0;</script>';
const FORM = '<form action="/cart/add" method="post"><input name="id" value="44"><button>Add</button></form>';

async function open(html: string, path = '/product'): Promise<void> {
  shop.pages[path] = html;
  await page.goto(shop.origin + path);
}
const leave = () => page.goto(`${shop.origin}/elsewhere`);
const push = (entry: object) =>
  page.evaluate((given) => (window as never as { dataLayer: object[] }).dataLayer.push(given), entry);
const ADD_TO_CART = {
  event: 'add_to_cart',
  ecommerce: { currency: 'VND', items: [{ item_id: '12', price: 95000 }] },
};
const products = (added: EventRow | undefined) => [
  added!['products.product_id'],
  added!['products.variant_id'],
  added!['products.quantity'],
];

describe('a form that leaves the page', () => {
  it.each([
    ['a product of WooCommerce', 'woocommerce', '.single_add_to_cart_button', [['12'], [''], [3]]],
    [
      'a variation of WooCommerce',
      'woocommerce-variable',
      '.single_add_to_cart_button',
      [['12'], ['34'], [2]],
    ],
    [
      'grouped products of WooCommerce',
      'woocommerce-grouped',
      '.single_add_to_cart_button',
      [
        ['13', '15'],
        ['', ''],
        [2, 1],
      ],
    ],
  ])('is recorded however soon the page goes: %s', async (_what, name, button, expected) => {
    await open(example(name).replace('<head>', `<head>${NO_TIMERS}`));
    await page.locator(button).click();
    const [added] = await shop.recorded('cart_added');
    expect(products(added)).toEqual(expected);
    await shop.recorded('form_submitted', 0);
    await shop.recorded('form_abandoned', 0);
  });

  it('and the push of the page that comes next are one add', async () => {
    shop.answers['/cart/add'] = { location: '/cart' };
    shop.pages['/cart'] = `<script>window.dataLayer = [${JSON.stringify(ADD_TO_CART)}]</script>${TAG}`;
    await open(TAG + FORM);
    await shop.recorded('page_viewed');
    await page.locator('button').click();
    await shop.recorded('page_viewed', 2);
    await leave();
    await shop.recorded('page_viewed', 3);
    await shop.recorded('cart_added', 1);
  });

  it('and a button with attributes elsewhere, clicked one right after the other, are two adds', async () => {
    const button =
      '<b id="other" data-tl-event="cart_added" data-tl-product-id="77" data-tl-quantity="1">Add</b>';
    await open(`${TAG}${button}${FORM}`);
    await shop.recorded('page_viewed');
    await page.locator('#other').click();
    await page.locator('button').click();
    const added = await shop.recorded('cart_added', 2);
    expect(added.map((one) => one['products.product_id'])).toEqual(expect.arrayContaining([['77'], ['']]));
  });

  it('and its own button with attributes are one add', async () => {
    await open(
      `${TAG}${FORM.replace('<button', '<button data-tl-event="cart_added" data-tl-product-id="SKU-1"')}`,
    );
    await shop.recorded('page_viewed');
    await page.locator('button').click();
    await shop.recorded('page_viewed', 2);
    const [added] = await shop.recorded('cart_added', 1);
    expect(added!.reader).toBe('attribute,cart');
  });

  it('is no add when the page’s own script stops it, or when somebody clicks beside its button', async () => {
    await open(
      `${TAG}${FORM}<script>document.forms[0].style.padding = '50px'; document.forms[0].onsubmit = () => false</script>`,
    );
    await page.locator('button').click();
    await page.locator('form').click({ position: { x: 5, y: 5 } });
    await leave();
    await shop.recorded('page_viewed', 2);
    await shop.recorded('cart_added', 0);
  });
});

describe('a request of the shop’s scripts', () => {
  /** Sends it and waits for its answer. */
  const send = (how: Way, address: string, body: string) =>
    page.evaluate(
      ([way, to, text]) =>
        way === 'fetch' || way === 'manual'
          ? fetch(to!, {
              method: 'POST',
              body: text!,
              redirect: way === 'manual' ? 'manual' : 'follow',
            }).then((answer) => answer.text())
          : new Promise<unknown>((resolve) => {
              const request = new XMLHttpRequest();
              request.open('POST', to!);
              request.responseType = way as 'json' | 'text';
              request.onload = () => resolve(request.response);
              request.send(text!);
            }),
      [how, address, body],
    );

  /** Each on a page of its own, one after the other; then all pages are left. */
  async function inTurn<Act>(acts: readonly Act[], act: (one: Act) => Promise<unknown>): Promise<void> {
    for (const [i, one] of acts.entries()) {
      await open(`<script>window.dataLayer = []</script>${TAG}`, `/${i}`);
      await act(one);
    }
    await leave();
    await shop.recorded('page_viewed', acts.length + 1);
  }
  const whichOf = <What>(acts: readonly (readonly [what: What, ...rest: unknown[]])[], events: EventRow[]) =>
    events.map(({ url }) => acts[Number(new URL(url).pathname.slice(1))]![0]);

  it('is an add, however it is asked for and answered', async () => {
    await inTurn(ADDS, async ([, how, address, body, answer]) => {
      if (how !== 'fetch') await page.mouse.click(1, 1);
      shop.answers[address.split('?')[0]!] = answer;
      await send(how, address, body);
    });
    const added = await shop.recorded('cart_added', ADDS.length);
    expect(whichOf(ADDS, added)).toEqual(ADDS.map(([what]) => what));
  });

  it('is no add where it only tells of one, or adds something else', async () => {
    await inTurn(NONE, async ([, address, body]) => {
      await page.mouse.click(1, 1);
      for (const how of ['fetch', 'text'] as const) await send(how, address, body);
    });
    const seen = (await shop.all()).filter(({ name }) => name.startsWith('cart_'));
    expect(whichOf(NONE, seen)).toEqual([]);
  });

  it('that the shop refused leaves the next push to the add that comes after it', async () => {
    await open(`<script>window.dataLayer = []</script>${TAG}`);
    await shop.recorded('page_viewed');
    shop.answers['/cart/add.js'] = { status: 422, body: { message: 'Choose a size' } };
    await page.mouse.click(1, 1);
    await send('fetch', '/cart/add.js', 'id=44');
    await page.mouse.click(2, 2);
    shop.answers['/cart/add.js'] = { body: { id: 45 } };
    await send('fetch', '/cart/add.js', 'id=45');
    await push(ADD_TO_CART);
    const [added] = await shop.recorded('cart_added');
    const [refused] = await shop.recorded('cart_refused');
    expect([added!.reader, refused!.reader]).toEqual(['cart,datalayer', 'cart']);
  });

  it.each([['fetch'], ['json']] as const)(
    'by %s that the shop answers when the visitor has gone on clicking is one with its button’s attributes',
    async (how) => {
      const held: (() => Promise<void>)[] = [];
      await page.route(
        '**/cart/add.js',
        (route) => void held.push(() => route.fulfill({ json: { id: 44 } })),
      );
      await open(`${TAG}<b data-tl-event="cart_added" data-tl-product-id="44">Add</b><i>Details</i>`);
      await shop.recorded('page_viewed');
      await page.locator('b').click();
      const sent = send(how, '/cart/add.js', 'id=44');
      await expect.poll(() => held.length).toBe(1);
      for (let i = 0; i < 3; i++) await page.locator('i').click();
      await held[0]!();
      await sent;
      await leave();
      await shop.recorded('page_viewed', 2);
      const [added] = await shop.recorded('cart_added');
      expect(added!['products.product_id']).toEqual(['44']);
    },
  );

  it('of a page with jQuery is an add before anybody has touched the page', async () => {
    shop.answers['/cart/add.js'] = { body: { id: 44 } };
    await open(`<script src="/jquery.js"></script>${TAG}`);
    await shop.recorded('page_viewed');
    await page.evaluate(() =>
      (window as never as { jQuery: { post(to: string, data: object): void } }).jQuery.post('/cart/add.js', {
        id: 44,
      }),
    );
    await shop.recorded('cart_added');
  });

  it('is refused, and no add, when the shop says so, whatever a theme tells that does not look at the answer', async () => {
    await inTurn(REFUSALS, async ([answer, how]) => {
      if (how === 'json') await page.mouse.click(1, 1);
      shop.answers['/cart/add.js'] = answer;
      await send(how, '/cart/add.js', 'id=44');
      await push(ADD_TO_CART);
    });
    const refused = await shop.recorded('cart_refused', REFUSALS.length);
    await shop.recorded('cart_added', 0);
    expect(whichOf(REFUSALS, refused)).toEqual(REFUSALS.map(([answer]) => answer));
    expect(refused.map((event) => [event.reader, event['products.product_id']])).toEqual(
      REFUSALS.map(() => ['cart,datalayer', ['12']]),
    );
  });
});

it('an add that a button’s attributes tell and one that the page tells by a call after another click are two, one told by both is one', async () => {
  await open(
    `${TAG}<b data-tl-event="cart_added" data-tl-product-id="77" onclick="throughline('track', 'cart_added', { price: 5 })">Add</b>
<i onclick="setTimeout(() => throughline('track', 'cart_added', { product_id: '99' }), 100)">Add</i>`,
  );
  await shop.recorded('page_viewed');
  await page.locator('b').click();
  await page.locator('i').click();
  const added = await shop.recorded('cart_added', 2);
  expect(added.map((one) => [one.reader, one['products.product_id'], one['products.price']])).toEqual([
    ['attribute,api', ['77'], [5]],
    ['api', ['99'], [0]],
  ]);
});

describe('adds in the dataLayer', () => {
  it('are one with what the cart saw five seconds before', async () => {
    await open(`<script>window.dataLayer = []</script>${TAG}`);
    await page.clock.install();
    shop.answers['/cart/add.js'] = { body: { id: 44 } };
    await page.evaluate(() =>
      fetch('/cart/add.js', { method: 'POST', body: 'id=44' }).then((answer) => answer.text()),
    );
    await page.clock.runFor(5_000);
    await push(ADD_TO_CART);
    await page.clock.runFor(5_000);
    await leave();
    await shop.recorded('page_viewed', 2);
    await shop.recorded('cart_added', 1);
  });

  it('that plugins tell Google of, each for an account of its own, are one', async () => {
    await open(
      `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); }</script>${TAG}`,
    );
    await shop.recorded('page_viewed');
    shop.answers['/cart/add.js'] = { body: { id: 44 } };
    const add = () =>
      page.evaluate(async () => {
        const { gtag } = window as never as { gtag(...call: unknown[]): void };
        await fetch('/cart/add.js', { method: 'POST', body: 'id=44' });
        for (const send_to of [undefined, 'GLA', ['G-1', 'AW-2']])
          gtag('event', 'add_to_cart', { send_to, currency: 'VND', items: [{ item_id: '12' }] });
      });
    await add();
    await add();
    await leave();
    await shop.recorded('page_viewed', 2);
    const added = await shop.recorded('cart_added', 2);
    expect(added.map(({ reader }) => reader.split(',').sort().join())).toEqual(
      Array(2).fill('cart,datalayer'),
    );
  });

  it('are read among entries that are nothing, or throw when they are looked at', async () => {
    await open(`<script>
window.dataLayer = [null, { get event() { throw new Error('hostile'); } }, 7, ${JSON.stringify(ADD_TO_CART)}];
</script>${TAG}`);
    await shop.recorded('cart_added');
    await push({ event: 'purchase', ecommerce: { transaction_id: 'T-1', items: [{ item_id: '12' }] } });
    await shop.recorded('order_completed');
  });
});
