import type { EventRow } from '@throughline/contract';
import { expect, it } from 'vitest';
import { FORM_ADDS, type Product, SCRIPTED_ADDS, withoutScripts } from '../platform-acts.ts';
import { example } from '../recorded-shop.ts';
import type { Stage } from '../stage.ts';

/** By the page, what was added. */
export const added = (events: EventRow[]) =>
  Object.fromEntries(
    events.map((event): [string, Product] => [
      new URL(event.url).pathname.slice(1),
      [event['products.product_id'][0]!, event['products.variant_id'][0]!, event['products.quantity'][0]!],
    ]),
  );
/** The same as the acts say it. */
export const expected = (adds: readonly { platform: string; product: Product }[]) =>
  Object.fromEntries(adds.map(({ platform, product }) => [platform, product]));

/** Shows a platform's page as on a day without other adds, which within seconds would be one with this. */
export async function showAlone(stage: Stage, platform: string, html = example(platform)): Promise<void> {
  await stage.open(html, `/${platform}`);
  await stage.run(`localStorage.removeItem('tl_p')`);
}

/** True once an add was seen, on whichever page. */
export const SEEN = `localStorage['tl_p']`;

export function carts(stage: Stage): void {
  it('records every platform’s add by its scripts, with the product', async () => {
    const { shop, browser, until } = stage;
    for (const { platform, button, path, good } of SCRIPTED_ADDS) {
      shop.answers = { [path]: good };
      await showAlone(stage, platform);
      await browser.click(button);
      await until(SEEN);
    }
    const events = await shop.recorded('cart_added', SCRIPTED_ADDS.length);
    expect(added(events)).toEqual(expected(SCRIPTED_ADDS));
    expect(events.filter(({ reader }) => !reader.includes('cart'))).toEqual([]);
  });

  it('records no add that a platform refuses', async () => {
    const { shop, browser, until } = stage;
    for (const { platform, button, path, bad } of SCRIPTED_ADDS) {
      shop.answers = { [path]: bad };
      await showAlone(stage, platform);
      await browser.click(button);
      await until(SEEN);
    }
    const refused = await shop.recorded('cart_refused', SCRIPTED_ADDS.length);
    const named = ({ 'products.product_id': product, 'products.variant_id': variant }: EventRow) =>
      product[0] || variant[0];
    expect(refused.filter((event) => !named(event))).toEqual([]);
    await shop.recorded('cart_added', 0);
  });

  it('records every platform’s form that leaves the page, and a link that adds', async () => {
    const { shop, browser, until } = stage;
    for (const { platform, button } of FORM_ADDS) {
      await showAlone(stage, platform, withoutScripts(platform));
      await browser.click(button);
      await until(`location.pathname !== '/${platform}'`);
    }
    for (const [name, button] of [
      ['woocommerce-variable', '.single_add_to_cart_button'],
      ['woocommerce', 'a[data-product_id="13"]'],
    ] as const) {
      await showAlone(stage, name);
      await browser.click(button);
      await until(`location.pathname !== '/${name}' || location.search`);
    }
    const events = await shop.recorded('cart_added', FORM_ADDS.length + 2);
    expect(added(events)).toEqual({
      ...expected(FORM_ADDS),
      'woocommerce-variable': ['12', '34', 2],
      woocommerce: ['13', '', 1],
    });
  });

  it('records what attributes say of a click and of a form', async () => {
    const { shop, browser } = stage;
    for (const platform of ['medusa', 'saleor']) {
      await showAlone(stage, platform);
      await browser.click('[data-tl-event="cart_added"]');
      await browser.click('form button');
    }
    await shop.recorded('signup_completed', 2);
    const events = await shop.recorded('cart_added', 2);
    expect(events.map((event) => [event.reader, event['products.variant_id'], event.currency])).toEqual([
      ['attribute', ['variant_01HXTEA100'], 'VND'],
      ['attribute', ['UHJvZHVjdFZhcmlhbnQ6MzQ='], 'VND'],
    ]);
  });
}
