// The whole flow in the browsers that are not Chromium, against the real collector and store.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirefox, launchFirefox } from './firefox.ts';
import type { OtherBrowser } from './other-browser.ts';
import { example, openRecordedShop, type RecordedShop } from './recorded-shop.ts';
import { findWebKit, launchWebKit } from './webkit.ts';

const BROWSERS = [
  { name: 'Firefox', file: findFirefox(), launch: launchFirefox },
  { name: 'WebKit', file: findWebKit(), launch: launchWebKit },
];

for (const { name, file, launch } of BROWSERS) {
  describe.skipIf(!file)(`${name}${file ? '' : ' (not installed here)'}`, () => {
    let shop: RecordedShop;
    let browser: OtherBrowser;

    beforeAll(async () => {
      shop = await openRecordedShop();
      browser = await launch(file!);
    }, 90_000);
    afterAll(async () => {
      await browser?.close();
      await shop?.close();
    });

    it('records a visit from an ad to the sign-up, as one visitor in one session', async () => {
      shop.pages['/product'] = example('shopify');
      shop.answers['/cart/add'] = { body: { id: 44012345678901, product_id: 8012345678901, quantity: 2 } };
      shop.answers['/account'] = { location: '/welcome' };

      await browser.open(`${shop.origin}/?utm_source=news&gclid=abc&token=secret`);
      await shop.recorded('page_viewed');
      await browser.open(`${shop.origin}/product`);
      await shop.recorded('page_viewed', 2);
      await browser.evaluate(`document.querySelector('#ProductSubmitButton-main').click()`);
      const [added] = await shop.recorded('cart_added');
      await browser.evaluate(`history.pushState({}, '', '/account/register')`);
      await shop.recorded('page_viewed', 3);
      await browser.evaluate(
        `document.querySelector('#RegisterForm-email').value = 'an@mail.example', document.querySelector('#create_customer [type=password]').value = 'a-long-secret', document.querySelector('#create_customer button').click()`,
      );
      await shop.recorded('signup_completed');
      await browser.evaluate(`throughline('track', 'last words'), location.assign('/next'), 1`);
      await shop.recorded('last words');

      const all = await shop.all();
      expect(added).toMatchObject({ reader: 'cart', 'products.product_id': ['8012345678901'] });
      expect(new Set(all.map(({ visitor_id }) => visitor_id)).size).toBe(1);
      expect(new Set(all.map(({ session_id }) => session_id)).size).toBe(1);
      expect(new Set(all.map(({ utm_source }) => utm_source))).toEqual(new Set(['news']));
      expect(all[0]!.click_id).toBe('gclid');
      expect(JSON.stringify(all)).not.toMatch(/secret|an@mail/);
    });

    it('reads the dataLayer, attributes, clicks and errors, a form that leaves the page, and how long the page was looked at', async () => {
      await shop.forget();
      shop.pages['/all'] = example('woocommerce-variable').replace(
        '<body',
        `<script>window.dataLayer = [{ event: 'view_item', ecommerce: { items: [{ item_id: '12' }] } }]</script><b id="asked" data-tl-event="asked" data-tl-product-id="12">?</b><a href="https://other.example/">out</a><body`,
      );
      await browser.open(`${shop.origin}/all?q=tea`);
      await shop.recorded('product_viewed');
      await shop.recorded('search');
      await browser.evaluate(`document.querySelector('#asked').click(), 1`);
      await browser.evaluate(
        `document.querySelector('#asked').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 4 })), 1`,
      );
      await browser.evaluate(
        `addEventListener('click', (event) => event.target.matches('a') && event.preventDefault()), document.querySelector('a').click(), 1`,
      );
      await browser.evaluate(`setTimeout(() => { throw new Error('broken cart') }), 1`);
      await shop.recorded('asked', 2);
      await shop.recorded('rage_click');
      await shop.recorded('link_clicked');
      await shop.recorded('error_seen');
      await browser.evaluate(`document.querySelector('.single_add_to_cart_button').click(), 1`);
      const [added] = await shop.recorded('cart_added');
      expect(added!['products.variant_id']).toEqual(['34']);
      const [engaged] = (await shop.all()).filter(({ name }) => /^page_(engaged|slow)$/.test(name));
      expect(Number(engaged!.properties['visible_ms'])).toBeGreaterThan(0);
    });

    it('stores nothing before consent', async () => {
      shop.pages['/consent'] =
        '<!doctype html><title>Consent</title><script defer src="/t.js" data-site="SITE_KEY" data-consent="required"></script>';
      await browser.evaluate(`throughline('consent', 'denied')`);
      await browser.open(`${shop.origin}/consent`);
      await browser.evaluate(`localStorage.removeItem('tl_c')`);
      await browser.open(`${shop.origin}/consent`);
      expect(await browser.evaluate(`document.cookie + Object.keys(localStorage)`)).toBe('');
    });
  });
}
