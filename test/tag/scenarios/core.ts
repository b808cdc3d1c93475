import { expect, it } from 'vitest';
import { type Stage, tagWith } from '../stage.ts';

export function core(stage: Stage): void {
  it('records pages, attributes, and what it is told by the core build as well, once it may', async () => {
    const { shop, browser, open, run, call } = stage;
    await open(
      `${tagWith('data-consent="required"').replace('t.js', 'core.js')}<b data-tl-event="asked" data-tl-product-id="12">?</b>`,
      '/page?utm_source=news&token=secret',
    );
    await browser.click('b');
    await call('identify', 'customer-7', { email: 'an@mail.example' });
    expect(await run('[document.cookie, ...Object.keys(localStorage)]')).toEqual(['']);
    await call('consent', 'granted');
    await run(`history.pushState({}, '', '/cart')`);
    const viewed = await shop.recorded('page_viewed', 2);
    const [asked] = await shop.recorded('asked');
    const [named] = await shop.recorded('identify');
    expect(viewed.map(({ url }) => new URL(url).pathname)).toEqual(['/page', '/cart']);
    expect(asked).toMatchObject({ reader: 'attribute', 'products.product_id': ['12'], utm_source: 'news' });
    expect(new Set([...viewed, asked!, named!].map(({ session_id }) => session_id)).size).toBe(1);
    expect(JSON.stringify(await shop.all())).not.toMatch(/secret|mail\.example/);
  });
}
