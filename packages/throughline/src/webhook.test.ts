import { createHmac } from 'node:crypto';
import type { SiteKeys } from '@throughline/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { type RunningThroughline, startServer } from './serve.ts';
import { removeFolder, runCommand, temporaryFolder } from './testing.ts';

let folder: string;
let server: RunningThroughline;
let keys: SiteKeys;
const tl = (...argv: string[]) => runCommand({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' }, ...argv);

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startServer(readConfig({ PORT: '0', DATA_DIR: folder }), {
    log: createLog({ level: 'error', pretty: false, clock: () => new Date(), write: () => {} }),
  });
  keys = JSON.parse((await tl('site', 'add', 'Shop', '--currency', 'VND', '--json')).out) as SiteKeys;
});
afterAll(async () => {
  await server?.close();
  await removeFolder(folder);
});

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL(path, server.url), { method: 'POST', body, headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const order = JSON.stringify({
  id: 5_937_297_850_678,
  created_at: new Date().toISOString(),
  currency: 'VND',
  total_price: '300000',
  customer: { id: 42 },
  cart_token: 'cart-1',
  line_items: [{ product_id: 1, title: 'Trà sen', price: '150000', quantity: 2 }],
});
const signature = (secret: string) => createHmac('sha256', secret).update(order).digest('base64');
const deliver = (secret: string) =>
  post(`/webhooks/shopify/${keys.site}`, order, {
    'x-shopify-topic': 'orders/create',
    'x-shopify-hmac-sha256': signature(secret),
  });

describe('webhook', () => {
  it('add, list and remove belong together, and a running server follows', async () => {
    const made = await tl('webhook', 'add', '--site', keys.site, '--platform', 'woocommerce', '--json');
    const path = `/webhooks/woocommerce/${keys.site}`;
    expect(JSON.parse(made.out)).toEqual({
      site: keys.site,
      platform: 'woocommerce',
      path,
      secret: expect.stringMatching(/^[\w-]{32}$/),
    });
    const listed = await tl('webhook', 'list', '--json');
    expect(JSON.parse(listed.out)).toEqual([{ site: keys.site, platform: 'woocommerce', path }]);
    expect((await tl('webhook', 'remove', '--site', keys.site, '--platform', 'woocommerce')).code).toBe(0);
    expect(JSON.parse((await tl('webhook', 'list', '--json')).out)).toEqual([]);
    expect((await tl('webhook', 'remove', '--site', keys.site, '--platform', 'woocommerce')).err).toContain(
      'No secret is kept',
    );
  });

  it.each([
    [['--platform', 'shopify'], 'copy it from the shop’s settings'],
    [['--platform', 'shopify', '--secret', 'short'], '8 to 200 printable characters'],
    [['--platform', 'magento'], 'Allowed choices'],
  ])('add refuses %j with what to do', async (options, sentence) => {
    const { code, err } = await tl('webhook', 'add', '--site', keys.site, ...options);
    expect([code, err]).toEqual([1, expect.stringContaining(sentence)]);
  });

  it('add refuses a site that is not there', async () => {
    expect((await tl('webhook', 'add', '--site', 'nowhere', '--platform', 'woocommerce')).err).toContain(
      'There is no site nowhere',
    );
  });

  it('makes one order of what the browser, the server and the platform tell of it', async () => {
    const secret = 'the-secret-of-the-shop';
    expect((await deliver(secret)).status).toBe(401);
    await tl('webhook', 'add', '--site', keys.site, '--platform', 'shopify', '--secret', secret);
    await expect.poll(async () => (await deliver(secret)).status, { timeout: 5_000 }).toBe(200);
    // The platform was not sure that it arrived.
    expect(await deliver(secret)).toEqual({ status: 200, body: { accepted: 1 } });

    const now = Date.now();
    const session = `${now.toString(36)}.s1`;
    const properties = { order_id: '5937297850678', total: 290_000, currency: 'VND' };
    const page = { url: 'https://shop.example/thanks', session };
    const seen = [
      { id: 'w1', name: 'page_viewed', at: now, seq: 1, ...page },
      { id: 'w2', name: 'order_completed', at: now, seq: 2, ...page, properties },
    ];
    const browser = { site: keys.site, visitor: 'browser-1', sent_at: now, events: seen };
    expect((await post('/e', JSON.stringify(browser))).status).toBe(200);
    const told = { userId: '42', event: 'Order Completed', messageId: 'w3', properties };
    const headers = { authorization: `Bearer ${keys.write_key}`, 'content-type': 'application/json' };
    expect((await post('/v1/track', JSON.stringify(told), headers)).status).toBe(200);
    await server.settled();

    const day_ms = 24 * 60 * 60 * 1000;
    const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    const range = { from: date(now - day_ms), to: date(now + 2 * day_ms) };
    const overview = await post(`/api/sites/${keys.site}/overview`, JSON.stringify(range), {
      authorization: `Bearer ${keys.secret_key}`,
      'content-type': 'application/json',
    });
    expect(overview.body).toMatchObject({ orders: 1, revenue: 300_000 });
    const ledger = await fetch(new URL(`/api/sites/${keys.site}/ledger`, server.url), {
      headers: { authorization: `Bearer ${keys.secret_key}` },
    });
    const { received, stored, duplicates, refused, waiting } = (await ledger.json()) as Record<
      string,
      number
    > & {
      refused: Record<string, number>;
    };
    expect({ stored, duplicates, waiting }).toEqual({ stored: 4, duplicates: 1, waiting: 0 });
    expect(received).toBe(5 + refused['wrong_signature']!);
  });
});
