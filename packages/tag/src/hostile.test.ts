import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from './testing/chromium.ts';
import { openShop, type Shop } from './testing/shop.ts';

type Tag = { throughline: (...call: unknown[]) => void };

describe.each(['core', 'complete'] as const)('the %s build on a hostile page', (build) => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let shop: Shop;
  let errors: Error[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    shop = await openShop(build);
    context = await browser.newContext();
    page = await context.newPage();
    errors = [];
    page.on('pageerror', (error) => errors.push(error));
  });
  afterEach(async () => {
    await context.close();
    await shop.close();
    expect(errors).toEqual([]);
  });

  const names = () => shop.events().map(({ name }) => name);
  const track = (name: string) =>
    page.evaluate((given) => (window as unknown as Tag).throughline('track', given), name);

  /** Playwright's tabs are always in sight. */
  const turn = (tab: Page, to: DocumentVisibilityState) =>
    tab.evaluate((state) => {
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, to);

  it('goes on without cookies, storage, sendBeacon, locks and idle time', async () => {
    shop.head = `<script>
for (const [owner, name] of [[window, 'localStorage'], [Document.prototype, 'cookie']])
  Object.defineProperty(owner, name, { get() { throw new DOMException('denied', 'SecurityError'); }, set() { throw new Error('denied'); } });
delete Navigator.prototype.sendBeacon;
Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
window.requestIdleCallback = undefined;
</script>`;
    await page.goto(shop.origin);
    await shop.until(() => names().includes('page_viewed'));
    await track('later');
    await shop.until(() => names().includes('later'));
    expect(new Set(shop.events().map(({ visitor }) => visitor)).size).toBe(1);
  });

  it('goes on where there is no storage at all, as in some apps’ frames', async () => {
    shop.head = `<script>Object.defineProperty(window, 'localStorage', { value: null });</script>`;
    await page.goto(shop.origin);
    await shop.until(() => names().includes('page_viewed'));
    await track('later');
    await shop.until(() => names().includes('later'));
    expect(new Set(shop.events().map(({ visitor }) => visitor)).size).toBe(1);
  });

  it('loses nothing of two tabs that cannot agree which of them sends', async () => {
    shop.head = `<script>Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });</script>`;
    const other = await context.newPage();
    await page.goto(`${shop.origin}/one`);
    await other.goto(`${shop.origin}/two`);
    await Promise.all(
      [page, other].map((tab, n) =>
        tab.evaluate((given) => {
          for (let i = 0; i < 50; i++) (window as unknown as Tag).throughline('track', `tab ${given} ${i}`);
        }, n),
      ),
    );
    await shop.until(() => new Set(names().filter((name) => name.startsWith('tab'))).size === 100);
  });

  it('sends once what two tabs see in the same moment, although a browser tells one late what the other has removed', async () => {
    const tabs = [page, await context.newPage()];
    await Promise.all(tabs.map((tab, n) => tab.goto(`${shop.origin}/${n}`)));
    for (let round = 1; round <= 10; round++) {
      await Promise.all(
        tabs.map((tab, n) =>
          tab.evaluate((name) => (window as unknown as Tag).throughline('track', name), `tab ${n} ${round}`),
        ),
      );
      await shop.until(() => tabs.every((_tab, n) => names().includes(`tab ${n} ${round}`)));
    }
    const ids = shop.events().map(({ id }) => id);
    expect(ids.length - new Set(ids).size).toBe(0);
  });

  it('sends once what waits while the visitor changes from one tab to another', async () => {
    const other = await context.newPage();
    await page.goto(`${shop.origin}/one`);
    await other.goto(`${shop.origin}/two`);
    await shop.until(({ events }) => events().length === 2);
    let release = () => {};
    shop.answers = [{ status: 200, when: new Promise((resolve) => (release = resolve)) }];
    await track('before');
    const sent = page.waitForRequest('**/e');
    await turn(page, 'hidden');
    await sent;
    await turn(other, 'visible');
    release();
    await shop.until(() => names().includes('before'));
    await other.evaluate(() => (window as unknown as Tag).throughline('track', 'after'));
    await shop.until(() => names().includes('after'));
    // Besides how long the page was in sight, of the complete build.
    expect(names().filter((name) => !/page|scroll/.test(name))).toEqual(['before', 'after']);
  });

  it('sends what a page has that is left while another tab has its turn', async () => {
    const other = await context.newPage();
    await page.goto(`${shop.origin}/one`);
    await shop.until(() => names().includes('page_viewed'));
    await other.goto(`${shop.origin}/two`);
    await shop.until(({ events }) => events().length === 2);
    await other.evaluate(
      () =>
        new Promise<void>((resolve) => {
          navigator.locks.request('tl', () => {
            resolve();
            return new Promise(() => {});
          });
        }),
    );
    await track('last words');
    await page.goto('about:blank');
    await shop.until(() => names().includes('last words'));
  });

  it('sends what a page has that is left while it waits for an answer', async () => {
    shop.answers = [{ status: 200, when: new Promise(() => {}) }];
    const sent = page.waitForRequest('**/e');
    await page.goto(`${shop.origin}/one`);
    await sent;
    await track('last words');
    await page.goto('about:blank');
    await shop.until(() => names().includes('last words'));
    expect(names()).toContain('page_viewed');
  });

  it('keeps what a tab has seen offline, however other tabs are hidden and closed meanwhile', async () => {
    const other = await context.newPage();
    await page.goto(`${shop.origin}/one`);
    await other.goto(`${shop.origin}/two`);
    await shop.until(({ events }) => events().filter(({ name }) => name === 'page_viewed').length === 2);
    const waiting = () =>
      page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tl_q.')).length);
    await expect.poll(waiting).toBe(0);
    await context.setOffline(true);
    for (const name of ['first', 'second']) await track(name);
    await expect.poll(waiting).toBeGreaterThanOrEqual(2);
    await turn(other, 'hidden');
    await other.close();
    await turn(page, 'hidden');
    expect(await waiting()).toBeGreaterThanOrEqual(2);
    await context.setOffline(false);
    await shop.until(() => names().includes('first') && names().includes('second'));
  });

  it('keeps what it has while the page’s fetch is broken, and sends it from the next page', async () => {
    shop.head = `<script>window.fetch = () => { throw new TypeError('blocked'); };</script>`;
    await page.goto(`${shop.origin}/one`);
    await expect
      .poll(() =>
        page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tl_q.')).length),
      )
      .toBeGreaterThan(0);
    expect(shop.batches).toEqual([]);
    shop.head = '';
    await page.goto(`${shop.origin}/two`);
    await shop.until(({ events }) => events().filter(({ name }) => name === 'page_viewed').length === 2);
  });

  it('counts pages although the page has its own history methods', async () => {
    shop.head = `<script>const push = history.pushState; history.pushState = function () { return push.apply(history, arguments); };</script>`;
    await page.goto(shop.origin);
    await page.evaluate(() => history.pushState({}, '', '/cart'));
    await shop.until(({ events }) => events().some(({ url }) => url!.endsWith('/cart')));
  });

  it('fills no storage: of 10,000 events offline the newest are kept, and how many were lost is told', async () => {
    await page.goto(shop.origin);
    await shop.until(() => names().includes('page_viewed'));
    await context.setOffline(true);
    await page.evaluate(() => {
      for (let n = 0; n < 10_000; n++) (window as unknown as Tag).throughline('track', `event ${n}`, { n });
    });
    const kept = () =>
      page.evaluate(() =>
        Object.entries(localStorage).reduce(
          (sum, [key, text]) => sum + (key.startsWith('tl_q.') ? text.length : 0),
          0,
        ),
      );
    await expect.poll(kept, { timeout: 15_000 }).toBeLessThanOrEqual(200_000);
    await context.setOffline(false);
    await shop.until(() => names().includes('event 9999'));
    await expect.poll(kept, { timeout: 15_000 }).toBe(0);
    const arrived = new Set(names().filter((name) => name.startsWith('event '))).size;
    const lost = shop.batches.reduce((sum, batch) => sum + (batch.lost ?? 0), 0);
    expect(arrived + lost).toBe(10_000);
    expect(arrived).toBeGreaterThan(200);
  });

  it('leaves a full storage to the shop, and sends all the same', async () => {
    shop.head = `<script>for (let size = 1 << 20; size > 1; size >>= 1) try { for (;;) localStorage.setItem('shop' + Math.random(), 'x'.repeat(size)); } catch {}</script>`;
    await page.goto(shop.origin);
    await shop.until(() => names().includes('page_viewed'));
    await track('later');
    await shop.until(() => names().includes('later'));
    expect(await page.evaluate(() => Object.keys(localStorage).every((key) => key.startsWith('shop')))).toBe(
      true,
    );
  });

  it('begins a session anew when the clock jumps, forwards and back', async () => {
    await page.goto(shop.origin);
    await shop.until(() => names().includes('page_viewed'));
    for (const [name, shift] of [
      ['ahead', 365 * 86_400_000],
      ['back', 0],
    ] as const) {
      await page.evaluate((given) => {
        // biome-ignore lint/complexity/useDateNow: it is what is replaced here.
        Date.now = () => new Date().getTime() + given;
      }, shift);
      await track(name);
      await shop.until(() => names().includes(name));
    }
    const sessions = ['page_viewed', 'ahead', 'back'].map(
      (name) => shop.events().find((event) => event.name === name)!.session,
    );
    expect(new Set(sessions).size).toBe(3);
  });

  it('takes nothing of what throws when it is looked at, and throws nothing itself', async () => {
    await page.goto(shop.origin);
    await page.evaluate(() => {
      const { throughline } = window as unknown as Tag;
      const hostile = () => {
        throw new Error('hostile');
      };
      for (const given of [
        Object.defineProperty({}, 'email', { enumerable: true, get: hostile }),
        new Proxy({}, { ownKeys: hostile }),
        { deep: Object.defineProperty({}, 'x', { enumerable: true, get: hostile }) },
      ]) {
        throughline('track', 'hostile', given);
        throughline('identify', 'c-1', given);
      }
      throughline('track', 'after', { plan: 'gold' });
    });
    await shop.until(() => names().includes('after'));
    expect(names().filter((name) => /hostile|identify|error/.test(name))).toEqual([]);
  });

  it('leaves nothing on the page but its one name', async () => {
    await page.goto(shop.origin);
    await shop.until(() => names().includes('page_viewed'));
    const added = await page.evaluate(() => {
      const empty = document.body.appendChild(document.createElement('iframe'));
      const before = new Set(Object.getOwnPropertyNames(empty.contentWindow));
      return Object.getOwnPropertyNames(window).filter(
        (name) => !before.has(name) && Number.isNaN(Number(name)),
      );
    });
    expect(added).toEqual(['throughline']);
  });
});
