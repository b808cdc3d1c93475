// Which forms are sign-ups and log-ins, and which are neither, as they reached the store.
import type { Identifier } from '@throughline/contract';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { freshPages } from './fresh-page.ts';
import type { RecordedShop } from './recorded-shop.ts';
import { TAG } from './stage.ts';

let shop: RecordedShop;
let page: Page;

freshPages((fresh) => {
  ({ shop, page } = fresh);
});

const SECRET = 'value="a-long-secret"';

/** Shows a form and sends it; the shop answers with another page. */
async function send(form: string): Promise<void> {
  shop.pages['/form'] = `<!doctype html><title>Form</title>${TAG}${form}`;
  shop.answers['/sent'] = { location: '/done' };
  await page.goto(`${shop.origin}/form`);
  await shop.recorded('page_viewed');
  await page.locator('button').click();
  await shop.recorded('page_viewed', 2);
}

it.each([
  [
    'PrestaShop’s guest checkout',
    '<form action="/sent" id="customer-form" class="js-customer-form" method="post"><input name="email" type="email" value="an@mail.example"><input name="password" type="password" autocomplete="new-password"><button>Continue</button></form>',
    'customer-form',
  ],
  [
    'WooCommerce’s new password',
    `<form method="post" action="/sent" class="woocommerce-ResetPassword lost_reset_password"><input type="password" name="password_1" autocomplete="new-password" ${SECRET}><input type="password" name="password_2" autocomplete="new-password" ${SECRET}><button value="Save">Save</button></form>`,
    'woocommerce-ResetPassword lost_reset_password',
  ],
  [
    'WooCommerce’s changed account',
    `<form class="woocommerce-EditAccountForm edit-account" action="/sent" method="post"><input type="email" name="account_email" value="an@mail.example"><input type="password" name="password_current" ${SECRET}><input type="password" name="password_1"><input type="password" name="password_2"><button>Save</button></form>`,
    'woocommerce-EditAccountForm edit-account',
  ],
  [
    'PrestaShop’s changed account',
    `<form action="/sent" id="customer-form" class="js-customer-form" method="post"><input name="email" type="email" value="an@mail.example"><input name="password" type="password" autocomplete="current-password" ${SECRET}><input name="new_password" type="password" autocomplete="new-password"><button>Save</button></form>`,
    'customer-form',
  ],
  [
    'a form with an input called id',
    '<form id="contact" action="/sent" method="post"><input name="id" value="7"><input name="action" value="contact"><button>Send</button></form>',
    'contact',
  ],
])('%s is a form sent, and names nobody', async (_what, form, id) => {
  await send(form);
  const [sent] = await shop.recorded('form_submitted');
  expect(sent!.properties['form'] ?? '').toBe(id);
  await shop.recorded('login', 0);
  await shop.recorded('signup_completed', 0);
  const links = await shop.store.query({
    sql: 'SELECT event_id FROM links WHERE event_id = {id:String}',
    params: { id: sent!.event_id },
  });
  expect(links).toEqual([]);
  expect(JSON.stringify(await shop.all())).not.toMatch(/secret|mail\.example/);
});

it('a sign-up within WooCommerce’s checkout is one', async () => {
  await send(
    `<form name="checkout" method="post" action="/sent" class="checkout woocommerce-checkout"><input type="email" name="billing_email" value="an@mail.example"><input type="checkbox" name="createaccount" value="1" checked><input type="password" name="account_password" autocomplete="new-password" ${SECRET}><button>Place order</button></form>`,
  );
  await shop.recorded('signup_completed');
});

it('a sign-up told by the form and by the dataLayer of the next page is one, with the hash of the address', async () => {
  shop.pages['/done'] = `<script>window.dataLayer = [{ event: 'sign_up' }]</script>${TAG}`;
  await send(
    `<form method="post" action="/sent" id="create_customer"><input type="email" name="customer[email]" value="an@mail.example"><input type="password" name="customer[password]" ${SECRET}><button>Create</button></form>`,
  );
  const [done] = await shop.recorded('signup_completed');
  await page.goto(`${shop.origin}/elsewhere`);
  await shop.recorded('page_viewed', 3);
  await shop.recorded('signup_completed', 1);
  // The page tells of it before the form's success is known, and who it was follows.
  const [named] = await shop.recorded('identify');
  expect([done, named].map((event) => [event!.reader, event!.visitor_id])).toEqual([
    ['datalayer,form', done!.visitor_id],
    ['form', done!.visitor_id],
  ]);
  const links = await shop.store.query<{ identifiers: Identifier[] }>({
    sql: 'SELECT identifiers FROM links WHERE event_id = {id:String}',
    params: { id: named!.event_id },
  });
  expect(links.map(({ identifiers }) => identifiers.map(({ kind }) => kind))).toEqual([['email']]);
});

it('a log-in that fails is none, wherever the shop says so', async () => {
  const form = `<form id="f" class="login" method="post" action="/sent"><input type="email" value="an@mail.example"><input type="password" ${SECRET}><button>In</button></form>`;
  const asked = `<script>document.forms.f.onsubmit = (event) => { event.preventDefault(); fetch('/sent', { method: 'POST' }); }</script>`;
  // By a request of the page's script, after which the visitor goes on.
  shop.answers['/sent'] = { status: 401, body: {} };
  shop.pages['/form'] = `<!doctype html>${TAG}${form}${asked}<a href="/elsewhere">Tea</a>`;
  shop.pages['/elsewhere'] = `<!doctype html>${TAG}`;
  await page.goto(`${shop.origin}/form`);
  await shop.recorded('page_viewed');
  await page.locator('button').click();
  await page.locator('a').click();
  await shop.recorded('page_viewed', 2);
  // Sent on to another address, with the form on it.
  shop.answers['/sent'] = { location: '/refused' };
  shop.pages['/form'] = `<!doctype html>${TAG}${form}`;
  shop.pages['/refused'] = `<!doctype html>${TAG}<p>Incorrect</p>${form}`;
  await page.goto(`${shop.origin}/form`);
  await shop.recorded('page_viewed', 3);
  await page.locator('button').click();
  await shop.recorded('page_viewed', 4);
  await page.goto(`${shop.origin}/elsewhere`);
  await shop.recorded('page_viewed', 5);
  await shop.recorded('login', 0);
  const links = await shop.store.query({
    sql: 'SELECT event_id FROM links WHERE site = {site:String} AND notEmpty(identifiers)',
    params: { site: shop.site },
  });
  expect(links).toEqual([]);
});

it('a view that the page tells of itself, by whatever name, is no log-in', async () => {
  await page.goto(`${shop.origin}/elsewhere`);
  await shop.recorded('page_viewed');
  for (const name of ['page_viewed', 'after'])
    await page.evaluate(
      (told) => (window as never as { throughline(...call: string[]): void }).throughline('track', told),
      name,
    );
  await shop.recorded('page_viewed', 2);
  await shop.recorded('after');
  await page.goto(`${shop.origin}/elsewhere`);
  await shop.recorded('page_viewed', 3);
  await shop.recorded('login', 0);
});
