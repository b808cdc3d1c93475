// What must not leave the browser, be stored or be taken for consent: a real browser, and every request that it made.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FreshPage, freshPages } from './fresh-page.ts';
import { example, type RecordedShop } from './recorded-shop.ts';
import { TAG } from './stage.ts';

let shop: RecordedShop;
let page: Page;
let open: FreshPage['open'];
let leave: FreshPage['leave'];
let call: FreshPage['call'];
let sent: string[];

freshPages((fresh) => {
  ({ shop, page, open, leave, call } = fresh);
});
beforeEach(() => {
  sent = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/e') sent.push(request.postData() ?? '');
  });
});

/** What is seen settles in idle time, or when the page says that it is left; a hash is made in a moment of its own. */
const settled = () =>
  page.evaluate(async () => {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1));
    dispatchEvent(new Event('pagehide'));
  });
const READABLE = /mail\.example/i;

describe('e-mail addresses leave the complete build as hashes or not at all', () => {
  it.each([
    [
      'pushes for Google',
      `<script>window.dataLayer = [{ event: 'sign_up', ecommerce: { user_data: { email: 'an@mail.example' } } }]</script>${TAG}`,
      'signup_completed',
    ],
    [
      'calls of Segment',
      `${example('segment')}<script>addEventListener('load', () => setTimeout(() => analytics.track('Signed Up', { contact: { email: 'an@mail.example' } }), 1000))</script>`,
      'signup_completed',
    ],
    [
      'attributes',
      `${TAG}<b data-tl-event="asked" data-tl-email="an@mail.example">Ask</b><script>addEventListener('load', () => document.querySelector('b').click())</script>`,
      'asked',
    ],
    [
      'errors of scripts',
      `${TAG}<script>addEventListener('load', () => { throw new Error('no account of an@mail.example') })</script>`,
      'error_seen',
    ],
    ['titles', `<title>Hello an@mail.example</title>${TAG}`, 'page_viewed'],
  ])('out of %s', async (_what, html, name) => {
    await open(html);
    await shop.recorded(name);
    expect(sent.join()).not.toMatch(READABLE);
    expect(sent.length).toBeGreaterThan(0);
  });

  it('out of an id that is an address, which names the customer by its hash', async () => {
    await open(TAG);
    await call('identify', 'An@mail.example');
    const [event] = await shop.recorded('identify');
    expect(sent.join()).not.toMatch(READABLE);
    const [link] = await shop.store.query<{ identifiers: { kind: string }[] }>({
      sql: 'SELECT identifiers FROM links WHERE event_id = {id:String}',
      params: { id: event!.event_id },
    });
    expect(link!.identifiers.map(({ kind }) => kind)).toEqual(['email']);
  });
});

describe('tokens', () => {
  it('of the canonical address’s query and of addresses within errors stay in the browser, and one in a path is not kept', async () => {
    await open(
      `<link rel="canonical" href="/reset/abc123longtoken?token=secret1">${TAG}<script>addEventListener('load', () => { throw new Error('no answer of https://shop.example/x?token=secret2 today') })</script>`,
      '/reset/abc123longtoken',
    );
    await shop.recorded('error_seen');
    await leave();
    await shop.recorded('page_viewed', 2);
    expect(sent.join()).not.toMatch(/secret/);
    expect(JSON.stringify(await shop.all())).not.toMatch(/abc123|secret/);
    expect((await shop.recorded('error_seen'))[0]!.properties['message']).toContain('today');
  });
});

describe('before consent', () => {
  it('a log-in leaves nothing in storage', async () => {
    await open(
      example('shopify').replaceAll('data-site=', 'data-consent="required" data-site='),
      '/account/login',
    );
    shop.answers['/account/login'] = { location: '/account' };
    await call('track', 'anything');
    await page.locator('#customer_login input[type=email]').fill('an@mail.example');
    await page.locator('#customer_login input[type=password]').fill('a-long-secret');
    await page.evaluate(() =>
      document
        .querySelector('#customer_login')!
        .addEventListener('submit', (event) => event.preventDefault()),
    );
    await page.locator('#customer_login button').click();
    await call('track', 'after');
    await settled();
    expect(await page.evaluate(() => [document.cookie, Object.keys(localStorage)])).toEqual(['', []]);
    expect(sent).toEqual([]);
  });

  const consent = (...commands: [string, object][]) =>
    `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments); } ${commands
      .map(([kind, state]) => `gtag('consent', '${kind}', ${JSON.stringify(state)});`)
      .join(' ')}</script>${TAG}`;
  const DENIED = { analytics_storage: 'denied' };
  const GRANTED = { analytics_storage: 'granted' };
  const IN_SPAIN = { ...DENIED, region: ['ES'] };

  it.each([
    ['nothing but a denial', [['default', DENIED]]],
    [
      'a denial for a region, wherever this is',
      [
        ['default', GRANTED],
        ['default', IN_SPAIN],
      ],
    ],
    [
      'a denial for a region, and a grant for all others after it',
      [
        ['default', IN_SPAIN],
        ['default', GRANTED],
      ],
    ],
    [
      'a denial, and a grant for everybody after it',
      [
        ['default', DENIED],
        ['default', GRANTED],
      ],
    ],
    [
      'a denial, and a grant for a region',
      [
        ['default', DENIED],
        ['default', { ...GRANTED, region: ['US'] }],
      ],
    ],
  ] as [string, [string, object][]][])(
    'records nothing by default of %s, and all by an update',
    async (_what, commands) => {
      await open(consent(...commands));
      await call('track', 'early');
      await settled();
      expect(await page.evaluate(() => [document.cookie, Object.keys(localStorage)])).toEqual(['', []]);
      await page.evaluate(() =>
        (window as never as { gtag: (...call: unknown[]) => void }).gtag('consent', 'update', {
          analytics_storage: 'granted',
        }),
      );
      await shop.recorded('early');
    },
  );

  const gtag = (kind: 'default' | 'update', state: object) =>
    page.evaluate(
      (given) => (window as never as { gtag: (...call: unknown[]) => void }).gtag('consent', ...given),
      [kind, state] as const,
    );

  it('forgets at a denial what waited, although a yes follows at once', async () => {
    await open(`${TAG}<b data-tl-event="cart_added" data-tl-product-id="12">Add</b>`);
    await page.locator('b').click();
    await call('track', 'before');
    await call('consent', 'denied');
    await call('consent', 'granted');
    await call('track', 'after');
    await shop.recorded('after');
    await settled();
    expect(sent.join()).not.toMatch(/before|cart_added/);
  });

  it('holds a yes of before for none on a page that denies by default, until its banner tells it again', async () => {
    await open(TAG);
    await call('consent', 'granted');
    await shop.recorded('page_viewed');
    await open(consent(['default', DENIED]), '/two');
    await call('track', 'early');
    await settled();
    expect(sent.join()).not.toMatch(/early|two/);
    await gtag('update', GRANTED);
    await shop.recorded('early');
    await shop.recorded('page_viewed', 2);
  });

  it('counts what it sees of such a page where the site counts before consent, and keeps nothing of it', async () => {
    await open(TAG);
    await call('consent', 'granted');
    const [before] = await shop.recorded('page_viewed');
    await open(
      consent(['default', DENIED]).replace('data-site', 'data-consent="cookieless" data-site'),
      '/two',
    );
    const [, counted] = await shop.recorded('page_viewed', 2);
    expect(counted!.visitor_id).not.toBe(before!.visitor_id);
  });

  it('holds a no of before, whatever the page tells by default', async () => {
    await open(TAG);
    await call('consent', 'denied');
    for (const state of [DENIED, GRANTED]) {
      await open(consent(['default', state]), '/two');
      await call('track', 'no');
      await settled();
    }
    expect(sent.join()).not.toMatch(/"no"/);
  });

  it.each([
    ['an update', () => gtag('update', GRANTED)],
    ['the page’s own call', () => call('consent', 'granted')],
  ])('is not taken back by a default that comes after %s', async (_what, grant) => {
    await open(consent(['default', DENIED]));
    await grant();
    await gtag('default', DENIED);
    await call('track', 'late');
    await shop.recorded('late');
  });
});
