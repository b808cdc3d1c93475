// Adds that a shop tells its other tools of: a real browser, and what reached the store.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type FreshPage, freshPages } from './fresh-page.ts';
import { example, type RecordedShop } from './recorded-shop.ts';
import { TAG } from './stage.ts';

let shop: RecordedShop;
let page: Page;
let open: FreshPage['open'];
let leave: FreshPage['leave'];

freshPages((fresh) => {
  ({ shop, page, open, leave } = fresh);
});

describe('what the shop tells others', () => {
  it('is recorded of Shopify’s customer events, but for their views of pages', async () => {
    await open(example('shopify'));
    await shop.recorded('page_viewed');
    await page.evaluate(() => {
      const { analytics } = (
        window as never as { Shopify: { analytics: { publish(name: string, data: object): void } } }
      ).Shopify;
      analytics.publish('page_viewed', {});
      analytics.publish('product_added_to_cart', {
        cartLine: {
          merchandise: {
            id: '44',
            product: { id: '8', title: 'Green tea' },
            price: { amount: 95000, currencyCode: 'VND' },
          },
          quantity: 2,
        },
      });
    });
    const [added] = await shop.recorded('cart_added');
    expect([
      added!.reader,
      added!['products.product_id'],
      added!['products.variant_id'],
      added!['products.quantity'],
    ]).toEqual(['shopify', ['8'], ['44'], [2]]);
    await shop.recorded('page_viewed', 1);
  });

  it.each([
    ['its snippet alone', ''],
    [
      'its library in the snippet’s place',
      "addEventListener('DOMContentLoaded', () => { Shopify.analytics.publish = () => true; });",
    ],
  ])('is recorded once of Shopify with %s', async (_what, script) => {
    await open(`<script>window.Shopify = { analytics: { publish: () => true } };${script}</script>${TAG}`);
    await shop.recorded('page_viewed');
    await page.evaluate(() =>
      (
        window as never as { Shopify: { analytics: { publish(name: string, data: object): void } } }
      ).Shopify.analytics.publish('product_added_to_cart', {
        cartLine: { merchandise: { id: '44' }, quantity: 1 },
      }),
    );
    await leave();
    await shop.recorded('page_viewed', 2);
    await shop.recorded('cart_added', 1);
  });

  it('of WooCommerce is recorded without a button as well, and not after stop', async () => {
    await open(`<script src="/jquery.js"></script>${TAG}`);
    await shop.recorded('page_viewed');
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const trigger = () =>
      page.evaluate(() => {
        const { jQuery, throughline } = window as never as {
          jQuery: (of: Element) => { trigger(name: string): void };
          throughline: unknown;
        };
        jQuery(document.body).trigger('added_to_cart');
        return (
          Object.keys(
            (jQuery as never as { _data(of: Element, what: string): object })._data(
              document.body,
              'events',
            ) ?? {},
          ).length + (throughline ? 0 : 9)
        );
      });
    expect(await trigger()).toBe(1);
    await shop.recorded('cart_added');
    await page.evaluate(() =>
      (window as never as { throughline: (command: string) => void }).throughline('stop'),
    );
    expect(await trigger()).toBe(0);
    expect(errors).toEqual([]);
  });
});
