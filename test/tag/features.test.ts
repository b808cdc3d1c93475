// What the complete tag sees besides carts and accounts, each in a real browser, as it reached the store.
import { createHash } from 'node:crypto';
import type { EventRow, Identifier } from '@throughline/contract';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type FreshPage, freshPages } from './fresh-page.ts';
import { example, type RecordedShop } from './recorded-shop.ts';
import { TAG, tagWith } from './stage.ts';

let shop: RecordedShop;
let page: Page;
let open: FreshPage['open'];
let leave: FreshPage['leave'];
let call: FreshPage['call'];

freshPages((fresh) => {
  ({ shop, page, open, leave, call } = fresh);
});

const linksOf = ({ event_id }: EventRow) =>
  shop.store.query<{ identifiers: Identifier[] }>({
    sql: 'SELECT identifiers, traits FROM links WHERE event_id = {id:String}',
    params: { id: event_id },
  });

const withTag = (body: string, tag = TAG) => `<!doctype html><title>Shop</title>${tag}<body>${body}`;

describe('what the shop tells Google', () => {
  it('is recorded from before and after the tag came, by dataLayer and by gtag', async () => {
    await open(example('google'));
    const [viewed] = await shop.recorded('product_viewed');
    await page.locator('#add').click();
    await page.locator('#buy').click();
    await page.locator('#join').click();
    const [added] = await shop.recorded('cart_added');
    const [order] = await shop.recorded('order_completed');
    await shop.recorded('signup_completed');
    expect(viewed).toMatchObject({
      reader: 'datalayer',
      'products.product_id': ['12'],
      'products.name': ['Green tea'],
    });
    expect(added).toMatchObject({ currency: 'VND', 'products.quantity': [2], 'products.price': [95000] });
    expect(order).toMatchObject({ order_id: 'T-1', total: 190000 });
    expect((await shop.all()).map(({ name }) => name).filter((name) => /gtm|config|js/.test(name))).toEqual(
      [],
    );
  });

  it('and what the form or the request of the same add tells is one event', async () => {
    await open(
      example('shopify')
        .replace(
          ".textContent = answer.status ? answer.description : 'added';",
          ".textContent = 'added'; dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'VND', value: 190000, items: [{ item_id: '8012345678901', item_name: 'Green tea', price: 95000, quantity: 2 }] } });",
        )
        .replace('<script>', '<script>window.dataLayer = [];'),
    );
    shop.answers['/cart/add'] = { body: { id: 1, product_id: 8012345678901 } };
    await page.locator('#ProductSubmitButton-main').click();
    const [added] = await shop.recorded('cart_added');
    await leave();
    await shop.recorded('page_viewed', 2);
    await shop.recorded('cart_added', 1);
    expect(added!.reader.split(',').sort()).toEqual(['cart', 'datalayer']);
    expect(added).toMatchObject({ currency: 'VND' });
  });

  it('of consent decides what is recorded: nothing before the update, and all that waited after it', async () => {
    await open(
      withTag(
        '',
        `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); } gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied' });</script>${TAG}`,
      ),
    );
    await call('track', 'early');
    expect(await page.evaluate(() => [document.cookie, Object.keys(localStorage)])).toEqual(['', []]);
    await page.evaluate(() =>
      (window as never as { gtag: (...call: unknown[]) => void }).gtag('consent', 'update', {
        analytics_storage: 'granted',
      }),
    );
    await shop.recorded('early');
    await shop.recorded('page_viewed');
    await page.evaluate(() =>
      (window as never as { gtag: (...call: unknown[]) => void }).gtag('consent', 'update', {
        analytics_storage: 'denied',
      }),
    );
    expect(await page.evaluate(() => [document.cookie, Object.keys(localStorage)])).toEqual([
      expect.stringMatching(/^tl_c=denied\.\d+$/),
      ['tl_c'],
    ]);
  });
});

it('records what the shop tells Segment', async () => {
  await open(example('segment'));
  await shop.recorded('page_viewed');
  await page.locator('#add').click();
  await page.locator('#in').click();
  const [added] = await shop.recorded('cart_added');
  expect(added).toMatchObject({ reader: 'segment', 'products.product_id': ['12'] });
  await shop.recorded('identify');
});

describe('identity', () => {
  it('hashes e-mail and phone before they leave the browser', async () => {
    await open(withTag('', tagWith('data-calling="+84"')));
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await call('identify', 'customer-7', {
      email: ' An.Nguyen@Mail.example ',
      phone: '0912 345 678',
      plan: 'gold',
    });
    const [event] = await shop.recorded('identify');
    const [link] = await linksOf(event!);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(link!.identifiers).toEqual([
      { kind: 'user_id', value: 'customer-7' },
      { kind: 'email', value: sha256('an.nguyen@mail.example') },
      { kind: 'phone', value: sha256('+84912345678') },
    ]);
    expect(sent.join()).not.toMatch(/mail\.example|912\D{0,3}345\D{0,3}678/i);
  });
});

it('keeps e-mail and phone readable where both the site and the page have opted in', async () => {
  await shop.forget({ plain_identifiers: true });
  await open(withTag('', tagWith('data-plain="send"')));
  await call('identify', 'customer-7', { email: 'An@Mail.example', phone: '+84 912 345 678' });
  const [event] = await shop.recorded('identify');
  const [link] = await linksOf(event!);
  expect(link!.identifiers).toEqual([
    { kind: 'user_id', value: 'customer-7' },
    { kind: 'email', value: 'an@mail.example' },
    { kind: 'phone', value: '+84912345678' },
  ]);
});

it('keeps the campaign of the first visit with the first visit, that of the current one with it, and that of a page with its view', async () => {
  shop.pages['*'] = withTag('');
  await page.goto(`${shop.origin}/one?utm_source=news&utm_campaign=tet&gclid=abc`);
  await shop.recorded('page_viewed');
  // As after half an hour of silence.
  await page.evaluate(() => localStorage.removeItem('tl_s'));
  await page.goto(`${shop.origin}/two?utm_source=ads&fbclid=def`);
  await shop.recorded('page_viewed', 2);
  // Within the visit, as from an advertisement beside the search that the visitor went back to.
  await page.goto(`${shop.origin}/three?utm_source=again`);
  await shop.recorded('page_viewed', 3);
  await call('track', 'later');
  await shop.recorded('later');
  const all = (await shop.all()).filter(({ name }) => name !== 'page_engaged');
  expect(all.map((event) => [event.utm_source, event.utm_campaign, event.click_id])).toEqual([
    ['news', 'tet', 'gclid'],
    ['ads', '', 'fbclid'],
    ['again', '', ''],
    ['ads', '', 'fbclid'],
  ]);
  expect(new Set(all.map(({ visitor_id }) => visitor_id)).size).toBe(1);
});

it('records what is taken out of the cart, as the shop tells Google', async () => {
  await open(withTag('<script>window.dataLayer = []</script>'));
  await page.evaluate(() =>
    (window as never as { dataLayer: object[] }).dataLayer.push({
      event: 'remove_from_cart',
      ecommerce: { currency: 'VND', value: 95000, items: [{ item_id: '12', price: 95000, quantity: 1 }] },
    }),
  );
  const [removed] = await shop.recorded('cart_removed');
  expect(removed).toMatchObject({
    'products.product_id': ['12'],
    'products.price': [95000],
    currency: 'VND',
  });
});

it('the core sends no e-mail and no phone', async () => {
  const sent: (string | null)[] = [];
  page.on('request', (request) => sent.push(request.postData()));
  await open(withTag('', TAG.replace('t.js', 'core.js')));
  await call('identify', 'customer-9', {
    email: 'an.nguyen@mail.example',
    phone: '0912345678',
    plan: 'gold',
  });
  await call('track', 'asked', { email: 'an.nguyen@mail.example', phone_number: '+84912345678' });
  await shop.recorded('identify');
  await shop.recorded('asked');
  expect(sent.join()).toContain('customer-9');
  expect(sent.join()).toContain('gold');
  expect(sent.join()).not.toMatch(/mail\.example|912345678/);
});

it('of what the core sends readable, where it is told to, nothing is kept readable', async () => {
  await open(withTag('', tagWith('data-plain="send"').replace('t.js', 'core.js')));
  await call('identify', 'customer-8', { email: 'an.nguyen@mail.example', phone: '+84912345678' });
  const [event] = await shop.recorded('identify');
  const links = await linksOf(event!);
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(links[0]!.identifiers).toContainEqual({ kind: 'email', value: sha256('an.nguyen@mail.example') });
  expect(links[0]!.identifiers).toContainEqual({ kind: 'phone', value: sha256('+84912345678') });
  expect(JSON.stringify([event, links])).not.toMatch(/mail\.example|912345678/);
});

describe('consent', () => {
  it('required: stores and sends nothing until it is granted, then what waited; denied again: forgets', async () => {
    await open(withTag('', tagWith('data-consent="required"')), '/page?utm_source=news');
    const visitors = () =>
      page.evaluate(() => {
        const told: string[] = [];
        (window as unknown as { throughline(...call: unknown[]): void }).throughline(
          'visitor',
          (id: string) => told.push(id),
        );
        return told;
      });
    expect(await visitors()).toEqual([]);
    expect(await page.evaluate(() => [document.cookie, Object.keys(localStorage)])).toEqual(['', []]);
    await call('consent', 'granted');
    const [viewed] = await shop.recorded('page_viewed');
    expect(viewed!.utm_source).toBe('news');
    expect(await visitors()).toEqual([viewed!.visitor_id]);
    await call('consent', 'denied');
    expect(await visitors()).toEqual([]);
    await call('track', 'no');
    await leave();
    expect(
      await page.evaluate(() => [document.cookie, localStorage['tl_c'], Object.keys(localStorage).length]),
    ).toEqual([expect.stringMatching(/^tl_c=denied\.\d+$/), expect.stringContaining('denied'), 1]);
    await shop.recorded('no', 0);
  });

  it('cookieless: counts pages with nothing kept, each page a visitor of its own', async () => {
    shop.pages['*'] = withTag('', tagWith('data-consent="cookieless"'));
    await page.goto(`${shop.origin}/one`);
    await shop.recorded('page_viewed');
    await page.goto(`${shop.origin}/two`);
    const viewed = await shop.recorded('page_viewed', 2);
    expect(new Set(viewed.map(({ visitor_id }) => visitor_id)).size).toBe(2);
    expect(await page.evaluate(() => [document.cookie, Object.keys(localStorage)])).toEqual(['', []]);
  });
});

describe('engagement and friction', () => {
  it('tells once how long a page was in sight and how far it was read', async () => {
    await open(withTag('<div style="height: 4000px">long</div>'));
    await shop.recorded('page_viewed');
    await page.evaluate(() => scrollTo(0, 1000));
    await page.waitForFunction(() => scrollY === 1000);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await leave();
    const [engaged] = await shop.recorded('page_engaged');
    expect(new URL(engaged!.url).pathname).toBe('/page');
    expect(Number(engaged!.properties['visible_ms'])).toBeGreaterThan(100);
    expect(Number(engaged!.properties['scroll_percent'])).toBeGreaterThan(30);
    expect(Number(engaged!.properties['lcp_ms'])).toBeGreaterThan(0);
  });

  it('tells nothing of a page that was opened behind another tab and never seen', async () => {
    // Hidden from the first moment to the last, with no change to tell of, as no window here is behind another.
    const behind = `<script>
Object.defineProperty(document, 'hidden', { get: () => true });
addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true);
</script>`;
    await open(withTag(behind), '/behind');
    await shop.recorded('page_viewed');
    await open(withTag(''), '/seen');
    await leave();
    await shop.recorded('page_viewed', 3);
    const [engaged] = await shop.recorded('page_engaged', 1);
    expect(new URL(engaged!.url).pathname).toBe('/seen');
  });

  it('calls a page slow whose parts jump', async () => {
    await open(withTag('<div id="a">a</div><p style="height: 600px; background: red">b</p>'));
    await shop.recorded('page_viewed');
    await page.evaluate(async () => {
      for (const height of [300, 0, 300, 0, 300]) {
        document.getElementById('a')!.style.height = `${height}px`;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }
    });
    await leave();
    const [slow] = await shop.recorded('page_slow');
    expect(Number(slow!.properties['cls'])).toBeGreaterThan(0.25);
  });

  it('sees links that lead out, files taken and rage', async () => {
    await open(
      withTag(
        '<a id="out" href="https://other.example/x?token=1">out</a><a id="file" href="/list.pdf">list</a><b id="dead">Buy</b> <b id="plus">+</b>',
      ),
    );
    await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
    await page.locator('#out').click();
    await page.locator('#file').click();
    await page.locator('#plus').click({ clickCount: 4 });
    await page.locator('#dead').click({ clickCount: 6 });
    const [link] = await shop.recorded('link_clicked');
    await shop.recorded('file_clicked');
    const [rage] = await shop.recorded('rage_click');
    expect(link!.properties['href']).toBe('https://other.example/x');
    expect(rage!.properties['element']).toBe('dead');
  });

  it('sees searches, script errors and pages that are not there', async () => {
    await open(withTag(''), '/page?q=tr%C3%A0+xanh');
    const [search] = await shop.recorded('search');
    await page.evaluate(() => {
      // As browsers tell of it: more often than errors are taken of a page, and without one.
      for (let times = 0; times < 6; times += 1)
        dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop limit exceeded' }));
      setTimeout(() => {
        throw new Error('broken cart');
      });
    });
    const [error] = await shop.recorded('error_seen');
    expect(search!.properties['query']).toBe('trà xanh');
    expect(error!.properties['message']).toContain('broken cart');
    await page.goto(`${shop.origin}/missing`);
    await page.goto(`${shop.origin}/page`);
    const [, missing] = await shop.recorded('error_seen', 2);
    expect(missing!.properties['status']).toBe('404');
  });

  it('tells of a form that is left with the shop itself, at once', async () => {
    await open(withTag('<form id="newsletter"><input name="mail"></form>'));
    await shop.recorded('page_viewed');
    await page.locator('input').fill('an');
    await shop.recorded('form_started');
    await page.goto('about:blank');
    await shop.recorded('page_engaged');
    await shop.recorded('form_abandoned');
  });

  it('sees forms begun and left, and forms sent, and reads no value', async () => {
    await open(
      withTag(
        '<form id="contact" action="/sent"><input name="name"><button>Send</button></form><form id="newsletter"><input name="mail"></form>',
      ),
    );
    await page.locator('#newsletter input').fill('an@mail.example');
    await page.locator('#contact input').fill('An');
    await page.locator('#contact button').click();
    const [abandoned] = await shop.recorded('form_abandoned');
    const [sent] = await shop.recorded('form_submitted');
    await shop.recorded('form_started', 2);
    expect([abandoned!.properties['form'], sent!.properties['form']]).toEqual(['newsletter', 'contact']);
    expect(JSON.stringify(await shop.all())).not.toContain('mail.example');
  });
});

it('runs under a content security policy without inline scripts and eval', async () => {
  shop.headers = { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'" };
  const violations: string[] = [];
  page.on('console', (message) => message.type() === 'error' && violations.push(message.text()));
  await open(withTag(''));
  await shop.recorded('page_viewed');
  expect(violations.filter((text) => /Content Security/.test(text))).toEqual([]);
});
