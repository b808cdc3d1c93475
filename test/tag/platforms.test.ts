// Carts, sign-ups and log-ins without code: each platform's own mark-up and scripts on a page, a real browser, and what
// reached the store. The pages are those of examples/platforms.
import { createHash } from 'node:crypto';
import type { Identifier } from '@throughline/contract';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshPages } from './fresh-page.ts';
import { example, type RecordedShop } from './recorded-shop.ts';

const EMAIL_SHA256 = createHash('sha256').update('an.nguyen@mail.example').digest('hex');

let shop: RecordedShop;
let page: Page;

freshPages((fresh) => {
  ({ shop, page } = fresh);
});

/** Shows a platform's example under a path of the shop. */
async function open(name: string, path = '/product'): Promise<void> {
  shop.pages[path] = example(name);
  await page.goto(shop.origin + path);
  await shop.recorded('page_viewed');
}

const leave = () => page.goto(`${shop.origin}/elsewhere`);

/** By its scripts: the button pressed, the answer the shop gives to a good add, and the one to a bad one. */
const SCRIPTED = [
  {
    platform: 'shopify',
    button: '#ProductSubmitButton-main',
    path: '/cart/add',
    good: {
      body: {
        id: 44012345678901,
        product_id: 8012345678901,
        variant_id: 44012345678901,
        title: 'Green tea',
        quantity: 2,
      },
    },
    bad: {
      status: 422,
      body: { status: 422, message: 'Cart Error', description: 'All 5 Green tea are in your cart.' },
    },
    product: ['8012345678901', '44012345678901', 2],
  },
  {
    platform: 'woocommerce',
    button: '.ajax_add_to_cart',
    path: '/',
    good: { body: { fragments: { 'div.widget_shopping_cart_content': '<div></div>' }, cart_hash: 'c4rt' } },
    bad: { body: { error: true, product_url: '/product/green-tea/' } },
    product: ['12', '', 1],
  },
  {
    platform: 'woocommerce-blocks',
    button: '.wc-interactive button',
    path: '/wp-json/wc/store/v1/batch',
    good: {
      status: 207,
      body: {
        responses: [
          { status: 201, headers: {}, body: { items: [{ key: 'a', id: 12, quantity: 1 }], errors: [] } },
        ],
      },
    },
    bad: {
      status: 207,
      body: {
        responses: [
          {
            status: 400,
            headers: {},
            body: {
              code: 'woocommerce_rest_product_out_of_stock',
              message: 'Sold out',
              data: { status: 400 },
            },
          },
        ],
      },
    },
    product: ['12', '', 1],
  },
  {
    platform: 'magento',
    button: '#product-addtocart-button',
    path: '/checkout/cart/add/uenc/aHR0cHM6Ly9zaG9w/product/12/',
    good: { body: [] },
    bad: { body: { backUrl: '/green-tea.html' } },
    product: ['12', '', 2],
  },
  {
    platform: 'prestashop',
    button: '[data-button-action="add-to-cart"]',
    path: '/panier',
    good: {
      body: {
        success: true,
        id_product: 12,
        id_product_attribute: 0,
        quantity: 2,
        errors: [],
        hasError: false,
      },
    },
    bad: { body: { hasError: true, errors: ['There are not enough products in stock.'], quantity: 0 } },
    product: ['12', '', 2],
  },
  {
    platform: 'haravan',
    button: '#add-to-cart',
    path: '/cart/add.js',
    good: {
      body: {
        id: 1090123456,
        product_id: 1012345678,
        variant_id: 1090123456,
        quantity: 2,
        title: 'Trà xanh',
      },
    },
    bad: { status: 422, body: { status: 422, description: 'Hết hàng' } },
    product: ['1012345678', '1090123456', 2],
  },
  {
    platform: 'sapo',
    button: '.add_to_cart',
    path: '/cart/add.js',
    good: { body: { variant_id: 71234567, product_id: 31234567, quantity: 2, title: 'Trà xanh' } },
    bad: { status: 422, body: { status: 422, message: 'Hết hàng' } },
    product: ['31234567', '71234567', 2],
  },
] as const;

describe.each(SCRIPTED)(
  'on $platform, a cart filled by scripts',
  ({ platform, button, path, good, bad, product }) => {
    it('is recorded once, with the product and who saw it', async () => {
      shop.answers[path] = good;
      await open(platform);
      await page.locator(button).click();
      const [added] = await shop.recorded('cart_added');
      await leave();
      await shop.recorded('page_viewed', 2);
      await shop.recorded('cart_added', 1);
      expect(added!.reader).toMatch(/cart/);
      expect([
        added!['products.product_id'][0],
        added!['products.variant_id'][0],
        added!['products.quantity'][0],
      ]).toEqual(product);
    });

    it('is no add when the shop says no', async () => {
      shop.answers[path] = bad;
      await open(platform);
      const answered = page.waitForResponse(
        (response) => response.request().method() === 'POST' && new URL(response.url()).pathname === path,
      );
      await page.locator(button).click();
      await (await answered).finished();
      await leave();
      await shop.recorded('page_viewed', 2);
      await shop.recorded('cart_added', 0);
    });
  },
);

describe('a cart filled without scripts', () => {
  it.each([
    ['shopify', 'product-form form', ['', '44012345678901', 2]],
    ['magento', '#product_addtocart_form', ['12', '', 2]],
    ['haravan', '#add-item-form', ['', '1090123456', 2]],
    ['sapo', '#add-to-cart-form', ['', '71234567', 2]],
  ])('is recorded on %s when the form is sent by the browser', async (platform, form, product) => {
    shop.pages['/product'] = example(platform)
      .replaceAll(/<script>\s*\/\/ As[\s\S]*?<\/script>/g, '')
      .replace('type="button"', 'type="submit"');
    await page.goto(`${shop.origin}/product`);
    await shop.recorded('page_viewed');
    await page.locator(`${form} button`).click();
    const [added] = await shop.recorded('cart_added');
    expect([
      added!['products.product_id'][0],
      added!['products.variant_id'][0],
      added!['products.quantity'][0],
    ]).toEqual(product);
  });

  it('is recorded on WooCommerce: the product page’s form, and a link of the list', async () => {
    await open('woocommerce');
    await page.locator('.single_add_to_cart_button').click();
    const [first] = await shop.recorded('cart_added');
    expect([first!['products.product_id'][0], first!['products.quantity'][0]]).toEqual(['12', 3]);
    await open('woocommerce', '/list').catch(() => {});
    await page.locator('a[data-product_id="13"]').click();
    const [, second] = await shop.recorded('cart_added', 2);
    expect(second!['products.product_id'][0]).toBe('13');
  });
});

describe.each([
  ['shopify', '#create_customer', '#customer_login'],
  ['woocommerce', 'form.register', 'form.login'],
  ['magento', '#form-validate', '#login-form'],
  ['prestashop', '#customer-form', '#login-form'],
  ['haravan', '#create_customer', '#customer_login'],
  ['sapo', '#customer_register', '#customer_login'],
])('on %s', (platform, signUp, logIn) => {
  async function fill(form: string) {
    const email = page.locator(`${form} input[type=email]`);
    if (await email.count()) await email.fill('An.Nguyen@Mail.example');
    for (const password of await page.locator(`${form} input[type=password]`).all())
      await password.fill('a-long-secret');
    await page.locator(`${form} button`).click();
  }
  const action = () =>
    page
      .locator(signUp)
      .evaluate(
        (form) =>
          new URL((form as HTMLFormElement).getAttribute('action') || location.href, location.href).pathname,
      );

  it('a sign-up counts when another page shows that it went well, and names the customer by a hash', async () => {
    await open(platform, '/account/register');
    shop.answers[await action()] = { location: '/welcome' };
    await fill(signUp);
    const [done] = await shop.recorded('signup_completed');
    expect(done!.reader).toBe('form');
    const links = await shop.store.query<{ identifiers: Identifier[] }>({
      sql: 'SELECT identifiers FROM links WHERE event_id = {id:String}',
      params: { id: done!.event_id },
    });
    // WooCommerce's log-in takes a user name; a sign-up has an e-mail address everywhere.
    expect(links).toEqual([{ identifiers: [{ kind: 'email', value: EMAIL_SHA256 }] }]);
    expect(JSON.stringify(await shop.all())).not.toMatch(/secret|Mail\.example/i);
  });

  it('a log-in that brings the same page again is none', async () => {
    await open(platform, '/account/login');
    const path = await page
      .locator(logIn)
      .evaluate(
        (form) =>
          new URL((form as HTMLFormElement).getAttribute('action') || location.href, location.href).pathname,
      );
    shop.answers[path] = { location: '/account/login' };
    await fill(logIn);
    await shop.recorded('page_viewed', 2);
    await leave();
    await shop.recorded('page_viewed', 3);
    await shop.recorded('login', 0);
    await shop.recorded('form_submitted', 0);
  });
});

describe.each(['medusa', 'saleor'])('on %s, by attributes', (platform) => {
  it('records what the mark-up says of a click and of a form', async () => {
    await open(platform);
    await page.locator('[data-tl-event="cart_added"]').click();
    await page.locator('form button').click();
    const [added] = await shop.recorded('cart_added');
    await shop.recorded('signup_completed');
    expect(added).toMatchObject({
      reader: 'attribute',
      currency: 'VND',
      'products.name': ['Green tea'],
      'products.price': [95000],
    });
  });
});
