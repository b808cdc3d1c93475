import { expect, it } from 'vitest';
import { example } from '../recorded-shop.ts';
import { NO_LOCK, type Stage, TAG, tagWith } from '../stage.ts';

export function visits(stage: Stage): void {
  it('records a visit from an ad to the sign-up, as one visitor in one session', async () => {
    const { shop, browser, run, call } = stage;
    shop.pages['/product'] = example('shopify');
    shop.answers['/cart/add'] = { body: { id: 44012345678901, product_id: 8012345678901, quantity: 2 } };
    shop.answers['/account'] = { location: '/welcome', after_ms: 100 };

    await browser.open(`${shop.origin}/?utm_source=news&gclid=abc&token=secret`);
    await shop.recorded('page_viewed');
    await browser.open(`${shop.origin}/product`);
    await browser.click('#ProductSubmitButton-main');
    const [added] = await shop.recorded('cart_added');
    await run(`history.pushState({}, '', '/account/register')`);
    await browser.type('#RegisterForm-email', 'an@mail.example');
    await browser.type('#create_customer [type=password]', 'a-long-secret');
    await stage.settled();
    await browser.click('#create_customer button');
    await shop.recorded('signup_completed');
    await call('track', 'last words');
    await stage.leave();
    await shop.recorded('last words');

    const all = await shop.all();
    expect(added).toMatchObject({ reader: 'cart', 'products.product_id': ['8012345678901'] });
    expect(new Set(all.map(({ visitor_id }) => visitor_id)).size).toBe(1);
    expect(new Set(all.map(({ session_id }) => session_id)).size).toBe(1);
    expect(new Set(all.map(({ utm_source }) => utm_source))).toEqual(new Set(['news']));
    expect(all[0]!.click_id).toBe('gclid');
    expect(JSON.stringify(all)).not.toMatch(/secret|an@mail/);
  });

  it('counts moves within a page, hashes where the site wants them, and a page that comes back whole', async () => {
    const { shop, open, run, until } = stage;
    await open(tagWith('data-hash="page"'));
    await run(`history.pushState({}, '', '/cart')`);
    await run(`location.hash = 'reviews'`);
    await run(`window.kept = true`);
    await shop.recorded('page_viewed', 3);
    await until(NO_LOCK);
    await open(TAG, '/next');
    await run(`setTimeout(() => history.back())`);
    // Not loaded anew: from the back/forward cache.
    await until(`location.pathname === '/cart' && window.kept`);
    const viewed = await shop.recorded('page_viewed', 5);
    expect(viewed.map(({ url }) => url.replace(shop.origin, ''))).toEqual([
      '/page',
      '/cart',
      '/cart#reviews',
      '/next',
      '/cart#reviews',
    ]);
  });

  it('knows the visitor as long as the cookie or the storage is left, and mends the other', async () => {
    const { shop, open, run, until } = stage;
    const begun = `localStorage.tl_s && localStorage.tl_v && document.cookie.includes('tl_v=')`;
    await open(TAG, '/one');
    await until(begun);
    await stage.leave();
    // WebKit had it on `0.0.1`, as if that were a domain.
    await run(
      `location.hostname.split('.').map((_, i, parts) => { document.cookie = 'tl_v=; max-age=0; path=/; domain=' + parts.slice(i).join('.'); })`,
    );
    await run(`localStorage.removeItem('tl_s')`);
    expect(await run('document.cookie')).toBe('');
    await open(TAG, '/two');
    await until(begun);
    await stage.leave();
    await run(`['tl_v', 'tl_s'].map((key) => localStorage.removeItem(key))`);
    await open(TAG, '/three');
    await until(begun);
    const viewed = await shop.recorded('page_viewed', 3);
    expect(new Set(viewed.map(({ visitor_id }) => visitor_id)).size).toBe(1);
    expect(new Set(viewed.map(({ session_id }) => session_id)).size).toBe(3);
  });

  it('has one session over two tabs, in which every event has its place', async () => {
    const { shop, browser, open, call } = stage;
    await open(TAG);
    await stage.until('localStorage.tl_s');
    await browser.openTab(`${shop.origin}/other`);
    await call('track', 'there');
    // Firefox ends the process of a tab before what it has just stored is written.
    await shop.recorded('there');
    await browser.closeTab();
    await call('track', 'here');
    await shop.recorded('here');
    await shop.recorded('page_viewed', 2);
    const all = await shop.all();
    expect(new Set(all.map(({ session_id }) => session_id)).size).toBe(1);
    // A tab that is closed writes its last words at once, before what the other has seen a moment earlier.
    const places = all.map(({ seq }) => Number(seq)).sort((a, b) => a - b);
    expect(places.length).toBeGreaterThanOrEqual(4);
    expect(places).toEqual(places.map((_, i) => i + 1));
  });
}
