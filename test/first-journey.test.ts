// The main job, whole: a real Chromium on the demo storefront, a real collector and engine, and the dashboard as the
// marketer sees it. Server and browser share one clock that the test moves, so days pass without waiting.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '@throughline/tag/testing';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type RunningThroughline, realEffects } from 'throughline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runServer } from './run-server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Headless Chromium calls itself a robot, and robots are left out of reports. */
const LAPTOP =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const PHONE =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';
const EMAIL = 'linh.tran@shop-visitor.example';

/** Milliseconds that the world's clock is behind now. */
let behind_ms = 6 * DAY_MS;
let server: RunningThroughline;
let browser: Browser;
let data_dir: string;

/** A device: its pages see the moved clock. */
async function device(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    userAgent: LAPTOP,
    ...options,
  });
  await context.addInitScript((shift: number) => {
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...args: [] | [number]) {
        if (args.length === 0) super(RealDate.now() - shift);
        else super(...args);
      }
      static override now() {
        return RealDate.now() - shift;
      }
    } as DateConstructor;
  }, behind_ms);
  return context;
}

/** Ends a visit as people do: the page is hidden and the last batch leaves by beacon. Keeps what the browser stored. */
async function leave(context: BrowserContext): Promise<BrowserContextOptions['storageState']> {
  for (const page of context.pages()) await page.close({ runBeforeUnload: true });
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Waits until an event of this name has reached the store. */
async function recorded(event: string, count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await server.settled();
        const { events } = await api<{ events: { name: string; events: number }[] }>('GET', 'names');
        return events.find(({ name }) => name === event)?.events ?? 0;
      },
      { timeout: 20_000, interval: 200 },
    )
    .toBe(count);
}

async function api<Answer>(method: string, report: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api/sites/${server.site}/${report}`, {
    method,
    headers: {
      authorization: `Bearer ${server.admin_token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status, `${report}`).toBe(200);
  return (await response.json()) as Answer;
}

const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const range = () => ({ from: dateOf(Date.now() - 8 * DAY_MS), to: dateOf(Date.now() + 2 * DAY_MS) });

async function fillIn(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
}

beforeAll(async () => {
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-journey-'));
  server = await runServer(data_dir, {
    effects: { ...realEffects, clock: () => new Date(Date.now() - behind_ms) },
    first_site: { name: 'Demo shop', timezone: 'UTC', currency: 'VND' },
  });
  // A beacon that outlives its page carries the browser's own name, not the context's.
  browser = await launchChromium({ flags: [`--user-agent=${LAPTOP}`] });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(data_dir, { recursive: true, force: true });
}, 60_000);

describe('the first whole journey', () => {
  let laptop: BrowserContextOptions['storageState'];

  it('records an anonymous visit from an ad', async () => {
    const context = await device();
    const page = await context.newPage();
    await page.goto(`${server.url}/demo/?utm_source=google&utm_medium=cpc&utm_campaign=autumn&gclid=abc123`);
    await page.locator('[data-test="product-link"]').first().click();
    await page.locator('[data-test="add-to-cart"]').waitFor();
    await recorded('product_viewed', 1);
    laptop = await leave(context);
  });

  it('records the same browser days later: cart, sign-up and order', async () => {
    behind_ms = 2 * DAY_MS;
    const context = await device({ storageState: laptop });
    const page = await context.newPage();
    await page.goto(`${server.url}/demo/`);
    await page.locator('[data-test="product-link"]').nth(1).click();
    await page.locator('[data-test="add-to-cart"]').click();
    await page.goto(`${server.url}/demo/sign-up.html`);
    await fillIn(page, { name: 'Linh Trần', email: EMAIL, password: 'a-long-secret' });
    await page.locator('[data-test="signup"]').click();
    await page.waitForURL((url) => !url.pathname.includes('sign-up'));
    await recorded('signup_completed', 1);
    await page.goto(`${server.url}/demo/cart.html`);
    await page.locator('[data-test="checkout"]').click();
    await fillIn(page, { phone: '0912345678', address: '12 Hàng Bạc, Hà Nội' });
    await page.locator('[data-test="place-order"]').click();
    await page.locator('#order-id').waitFor();
    await recorded('order_completed', 1);
    laptop = await leave(context);
  });

  it('records the second device, which logs in', async () => {
    behind_ms = 0;
    const context = await device({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      userAgent: PHONE,
      hasTouch: true,
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/demo/`);
    await page.locator('[data-test="product-link"]').first().click();
    await page.locator('[data-test="add-to-cart"]').waitFor();
    await page.goto(`${server.url}/demo/log-in.html`);
    await fillIn(page, { email: EMAIL.toUpperCase(), password: 'a-long-secret' });
    await page.locator('[data-test="login"]').click();
    await page.waitForURL((url) => !url.pathname.includes('log-in'));
    await recorded('login', 1);
    await leave(context);
  });

  it('adds up to the event', async () => {
    await server.settled();
    const ledger = await api<{
      received: number;
      stored: number;
      duplicates: number;
      waiting: number;
      refused: Record<string, number>;
    }>('GET', 'ledger');
    expect(ledger.waiting).toBe(0);
    expect(ledger.refused).toEqual({});
    expect(ledger.received).toBe(ledger.stored + ledger.duplicates);
    expect(ledger.stored).toBeGreaterThan(8);
  });

  it('shows the site owner what was seen and by whom, and a crawler apart', async () => {
    const crawler = await device({
      userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    });
    await (await crawler.newPage()).goto(`${server.url}/demo/`);
    await expect
      .poll(
        async () => {
          const { seen } = await api<{ seen: { name: string; robot: boolean }[] }>('GET', 'seen');
          return seen.filter(({ robot }) => robot).map(({ name }) => name);
        },
        { timeout: 20_000, interval: 200 },
      )
      .toContain('page_viewed');
    await crawler.close();

    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(await server.signInLink());
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.getByRole('link', { name: 'Set-up' }).click();
    const line = (name: string) =>
      page.locator('.seen-line').filter({ has: page.getByText(name, { exact: true }) });
    await line('Added to cart').getByText('a call', { exact: true }).waitFor();
    await line('Order placed').getByText('× 1', { exact: true }).waitFor();
    await line('Searched').getByText('Not in 28 days', { exact: true }).waitFor();
    await page.getByText(/^Besides, \d+ events? of robots/).waitFor();
    await context.close();
  });

  it('shows the marketer one person on the map, in the funnel and on the timeline, with the reasons', async () => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') violations.push(message.text());
    });
    page.on('pageerror', (error) => violations.push(String(error)));
    await page.goto(await server.signInLink());
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).not.toContain('#');

    await page.goto(`${server.url}/map`);
    const stage = (name: string) =>
      page.locator('li.stage').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) });
    for (const name of ['Aware', 'Explore', 'Consider', 'Cart', 'Checkout', 'Purchase'])
      await expect
        .poll(() => stage(name).locator('.stage-people').textContent(), { timeout: 15_000 })
        .toBe('1');
    expect(await stage('Aware').textContent()).toContain('Paid search');

    await page.goto(`${server.url}/funnel`);
    await page.getByRole('button', { name: 'Product to order' }).click();
    await expect
      .poll(() => page.locator('.result-people').allInnerTexts(), { timeout: 15_000 })
      .toEqual(['1', '1', '1', '1']);

    await page.locator('.result-people button').last().click();
    const drawer = page.getByRole('dialog');
    const person = drawer.getByRole('link').first();
    await person.waitFor();
    expect(await drawer.getByRole('link').count()).toBe(1);
    await person.click();
    await page.locator('.visit').first().waitFor();
    const visits = await page.locator('.visit').allInnerTexts();
    expect(visits).toHaveLength(3);
    expect(visits[0]).toContain('Signed in during this visit');
    expect(visits[1]).toContain('Signed in during this visit');
    expect(visits[2]).toContain('Signed in later on this browser');
    expect(visits[2]).toContain('autumn');
    expect(violations).toEqual([]);
    await context.close();
  });

  it('finds exactly one person through the API, and the same without stitching is two', async () => {
    const everyone = await api<{ total: number; people: { visitors: number; orders: number }[] }>(
      'POST',
      'people',
      {
        of: { report: 'everyone', request: range() },
      },
    );
    expect(everyone.total).toBe(1);
    expect(everyone.people[0]).toMatchObject({ visitors: 2, orders: 1 });
    const map = await api<{
      people: number;
      stitched_share: number;
      without_stitching: { people: number; buyers: number };
    }>('POST', 'map', range());
    expect(map).toMatchObject({ people: 1, stitched_share: 1, without_stitching: { people: 2, buyers: 1 } });
  });
});
