// Carts, sign-ups and log-ins without code: each platform's own mark-up and scripts on a page, a real browser, and what
// reached the store. The pages are those of examples/platforms.
import { createHash } from 'node:crypto';
import type { Identifier } from '@throughline/contract';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { freshPages } from './fresh-page.ts';
import { ACCOUNTS, FORM_ADDS, SCRIPTED_ADDS, SHORTCUTS, withoutScripts } from './platform-acts.ts';
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
}

const leave = () => page.goto(`${shop.origin}/elsewhere`);

describe.each(SCRIPTED_ADDS)(
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
      await page.locator(button).click();
      const [refused] = await shop.recorded('cart_refused');
      await shop.recorded('cart_added', 0);
      expect(refused!['products.product_id'][0] || refused!['products.variant_id'][0]).toBeTruthy();
    });
  },
);

it.each(SHORTCUTS)('an add by $way is recorded once', async ({ platform, buttons, path, good, product }) => {
  shop.answers[path] = good;
  await open(platform);
  for (const button of buttons) await page.locator(button).first().click();
  const [added] = await shop.recorded('cart_added');
  await leave();
  await expect.poll(async () => (await shop.all()).at(-1)?.url).toBe(`${shop.origin}/elsewhere`);
  await shop.recorded('cart_added', 1);
  expect([
    added!['products.product_id'][0],
    added!['products.variant_id'][0],
    added!['products.quantity'][0],
  ]).toEqual(product);
});

describe('a cart filled without scripts', () => {
  it.each(FORM_ADDS)('is recorded on $platform when the form is sent by the browser', async (add) => {
    const { platform, button, product } = add;
    shop.pages['/product'] = withoutScripts(platform);
    await page.goto(`${shop.origin}/product`);
    await page.locator(button).click();
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

describe.each(ACCOUNTS)('on $platform', ({ platform, sign_up: signUp, log_in: logIn }) => {
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
    await shop.recorded('page_viewed');
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
    await shop.recorded('page_viewed');
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
