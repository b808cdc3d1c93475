// The tag as a module that a shop bundles itself, on a page.
import path from 'node:path';
import type { Page } from 'playwright-core';
import { rollup } from 'rollup';
import { expect, it } from 'vitest';
import { freshPages } from './fresh-page.ts';
import type { RecordedShop } from './recorded-shop.ts';

let shop: RecordedShop;
let page: Page;
freshPages((fresh) => {
  ({ shop, page } = fresh);
});

/** A page whose own script is this entry, bundled. */
async function open(entry: string): Promise<void> {
  const input = '\0entry';
  const bundle = await rollup({
    input,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) =>
          id === '@throughline/tag'
            ? path.resolve('packages/tag/dist/module/index.js')
            : id === input
              ? id
              : null,
        load: (id) => (id === input ? entry : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  shop.pages['/'] = `<!doctype html><title>Shop</title><button id="wish">Wish</button>
<script type="module">${output[0].code.replaceAll('</script', '<\\/script')}</script>`;
  await page.goto(shop.origin);
}

it('records what its features see, what it is told, and what a feature of the shop sees', async () => {
  await open(`import { pages, start } from '@throughline/tag';
const wishes = (see) =>
  document.querySelector('#wish').addEventListener('click', () => see('shop', 'wishlist_added', { product_id: '42' }));
const tag = start({ site: 'SITE_KEY', endpoint: location.origin + '/e' }, [pages, wishes]);
tag.track('cart_added', { product_id: '7', quantity: 2 });`);
  await page.locator('#wish').click();
  const [viewed] = await shop.recorded('page_viewed');
  const [added] = await shop.recorded('cart_added');
  const [wished] = await shop.recorded('wishlist_added');
  expect([viewed!.reader, added!.reader, wished!.reader]).toEqual(['page', 'api', 'shop']);
  expect(new Set([viewed, added, wished].map((event) => event!.session_id)).size).toBe(1);
  expect((await shop.all()).map(({ name }) => name).sort()).toEqual([
    'cart_added',
    'page_viewed',
    'wishlist_added',
  ]);
});
