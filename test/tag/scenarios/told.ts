import { expect, it } from 'vitest';
import { example } from '../recorded-shop.ts';
import { type Stage, TAG } from '../stage.ts';

export function told(stage: Stage): void {
  it('records what the shop tells Google, from before and after the tag came', async () => {
    const { shop, browser, open } = stage;
    await open(example('google'));
    const [viewed] = await shop.recorded('product_viewed');
    for (const id of ['add', 'buy', 'join']) await browser.click(`#${id}`);
    await shop.recorded('signup_completed');
    const [added] = await shop.recorded('cart_added');
    const [order] = await shop.recorded('order_completed');
    expect(viewed).toMatchObject({ reader: 'datalayer', 'products.name': ['Green tea'] });
    expect(added).toMatchObject({ currency: 'VND', 'products.quantity': [2], 'products.price': [95000] });
    expect(order).toMatchObject({ order_id: 'T-1', total: 190000 });
  });

  it('records what the shop tells Segment', async () => {
    const { shop, browser, open } = stage;
    await open(example('segment'));
    await browser.click('#add');
    await browser.click('#in');
    await shop.recorded('identify');
    const [added] = await shop.recorded('cart_added');
    expect(added).toMatchObject({ reader: 'segment', 'products.product_id': ['12'] });
  });

  it('records Shopify’s customer events, and WooCommerce’s by jQuery until it is stopped', async () => {
    const { shop, open, run, call } = stage;
    await open(example('shopify'), '/shopify');
    const merchandise = { id: '44', product: { id: '8' }, price: { amount: 95000, currencyCode: 'VND' } };
    const cartLine = JSON.stringify({ cartLine: { merchandise, quantity: 2 } });
    // Joined once the page has been loaded.
    await stage.settled();
    await run(`Shopify.analytics.publish('page_viewed', {})`);
    await run(`Shopify.analytics.publish('product_added_to_cart', ${cartLine})`);
    await open(`<script src="/jquery.js"></script>${TAG}<i data-product_id="12" data-quantity="3"></i>`);
    await run(`localStorage.removeItem('tl_p')`);
    const trigger = `jQuery(document.body).trigger('added_to_cart', [{}, '', jQuery('i')]) && 1`;
    await run(trigger);
    const [published, triggered] = await shop.recorded('cart_added', 2);
    await call('stop');
    await run(trigger);
    await open(TAG, '/next');
    await shop.recorded('page_viewed', 3);
    await shop.recorded('cart_added', 2);
    expect(published).toMatchObject({ reader: 'shopify', 'products.variant_id': ['44'] });
    expect(triggered).toMatchObject({ reader: 'woocommerce', 'products.product_id': ['12'] });
  });

  it('makes one of an add that the cart’s request, a form’s next page and the dataLayer tell', async () => {
    const { shop, browser, open, run, until } = stage;
    const push = JSON.stringify({
      event: 'add_to_cart',
      ecommerce: { currency: 'VND', items: [{ item_id: '12', price: 95000 }] },
    });
    shop.answers['/cart/add.js'] = { body: { id: 44 } };
    await open(`<script>window.dataLayer = []</script>${TAG}`, '/request');
    await run(`fetch('/cart/add.js', { method: 'POST', body: 'id=44' }).then((answer) => answer.text())`);
    await run(`dataLayer.push(${push})`);
    const [requested] = await shop.recorded('cart_added');
    await stage.leave();
    await run(`localStorage.removeItem('tl_p')`);
    shop.answers['/cart/add'] = { location: '/cart' };
    shop.pages['/cart'] = `<script>window.dataLayer = [${push}]</script>${TAG}`;
    await open(
      `${TAG}<form action="/cart/add" method="post"><input name="id" value="44"><button>Add</button></form>`,
      '/form',
    );
    await browser.click('button');
    await until(`location.pathname === '/cart' && window.throughline`);
    await open(TAG, '/next');
    await shop.recorded('page_viewed', 4);
    await shop.recorded('cart_added', 2);
    expect(requested!.reader.split(',').sort()).toEqual(['cart', 'datalayer']);
  });
}
