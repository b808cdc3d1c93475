import { createHmac } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { EventRow } from '@throughline/contract';
import { hashIdentifier } from '@throughline/identity';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from '../testing/start.ts';
import {
  HARAVAN_ORDER,
  SAPO_OMNI_ORDER,
  SAPO_ORDER,
  SHOPIFY_ORDER,
  SHOPIFY_REFUND,
  WOOCOMMERCE_ORDER,
} from '../webhooks/fixture.ts';
import { secretsFile, writeSecrets } from '../webhooks/secrets.ts';

const SECRET = 'shared-between-two';

let store: TestStore;
let started: Started;
let data_dir: string;
beforeAll(async () => {
  store = await testStore();
  await addSite(store);
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-webhook-'));
  const all = { shopify: SECRET, haravan: SECRET, sapo: SECRET, woocommerce: SECRET };
  await writeSecrets(secretsFile(data_dir), { [SHOP.site]: all });
  started = await startCollector(store, {
    data_dir,
    clock: () => new Date('2026-11-22T12:00:00Z'),
  });
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

const HEADERS = {
  shopify: ['x-shopify-hmac-sha256', 'x-shopify-topic'],
  haravan: ['x-haravan-hmacsha256', 'x-haravan-topic'],
  sapo: ['x-sapo-hmac-sha256', 'x-sapo-topic'],
  woocommerce: ['x-wc-webhook-signature', 'x-wc-webhook-topic'],
} as const;
type Name = keyof typeof HEADERS;

const signed = (body: string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('base64');

function deliver(platform: Name, topic: string, payload: object, more: Record<string, string> = {}) {
  const body = JSON.stringify(payload);
  const [signature, topicHeader] = HEADERS[platform];
  return started.post(`/webhooks/${platform}/${SHOP.site}`, body, {
    'content-type': 'application/json',
    [signature]: signed(body),
    [topicHeader]: topic,
    ...more,
  });
}

const ledger = () => started.collector.ledger(SHOP.site);
const answered = async (delivery: Promise<Response>) => {
  const answer = await delivery;
  return [answer.status, await answer.json()];
};

async function event(event_id: string): Promise<EventRow> {
  await started.collector.settled();
  const rows = await store.query<EventRow>({
    sql: 'SELECT * FROM events WHERE site = {site:String} AND event_id = {event_id:String}',
    params: { site: SHOP.site, event_id },
  });
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

async function identifiers(event_id: string): Promise<Record<string, string>> {
  const links = await store.query<{ kinds: string[]; values: string[] }>({
    sql: `SELECT arrayMap(i -> i.kind, identifiers) AS kinds, arrayMap(i -> i.value, identifiers) AS values
      FROM links WHERE site = {site:String} AND event_id = {event_id:String}`,
    params: { site: SHOP.site, event_id },
  });
  return Object.fromEntries(links[0]?.kinds.map((kind, at) => [kind, links[0]!.values[at]!]) ?? []);
}

describe('an order of Shopify', () => {
  it('becomes an order with its money, products, and who bought, and nothing else of them', async () => {
    expect(await answered(deliver('shopify', 'orders/create', SHOPIFY_ORDER))).toEqual([
      200,
      { accepted: 1 },
    ]);
    const row = await event('shopify:orders/create:820982911946154508');
    expect(row).toMatchObject({
      name: 'order_completed',
      source: 'webhook',
      reader: 'shopify',
      order_id: '820982911946154508',
      cart_token: '68778783ad298f1c80c3bafcddeea02f',
      currency: 'VND',
      device: 'mobile',
      session_id: '',
      channel: 'unassigned',
      'products.product_id': ['632910392', '632910393'],
      'products.variant_id': ['808950810', '808950811'],
      'products.sku': ['SEN-100', 'AM-1'],
      'products.name': ['Trà sen', 'Ấm gốm'],
      'products.brand': ['Tây Hồ', 'Bát Tràng'],
      'products.quantity': [2, 1],
      properties: {
        order_name: '#9999',
        coupon: 'TET',
        financial_status: 'pending',
        source_name: 'web',
      },
    });
    expect(row.time).toContain('10:04:05');
    expect([row.total, row.subtotal, row.discount, row.tax, row.shipping].map(Number)).toEqual([
      300_000, 290_000, 20_000, 20_000, 30_000,
    ]);
    expect(row.properties).not.toHaveProperty('note');
    for (const known of ['neighbour', '203.0.113.9', 'shop-visitor', 'Hang Bong', 'Tran', '0912'])
      expect(JSON.stringify(row)).not.toContain(known);
    expect(await identifiers(row.event_id)).toMatchObject({
      user_id: '115310627314723954',
      email: hashIdentifier('email', 'an@shop-visitor.example'),
      phone: hashIdentifier('phone', '+84901234567'),
      order_id: '820982911946154508',
      cart_token: '68778783ad298f1c80c3bafcddeea02f',
      checkout_token: 'bd5a8aa1ecd019dd3520ff791ee3a24c',
    });
  });

  it('delivered again counts once', async () => {
    const order = { ...SHOPIFY_ORDER, id: 1001, admin_graphql_api_id: 'gid://shopify/Order/1001' };
    const before = await ledger();
    await deliver('shopify', 'orders/create', order);
    await started.collector.settled();
    await deliver('shopify', 'orders/create', { ...order, updated_at: 'later' });
    await deliver('shopify', 'orders/create', order);
    await started.collector.settled();
    const after = await ledger();
    expect([after.stored - before.stored, after.duplicates - before.duplicates]).toEqual([1, 2]);
  });

  it('that is paid is another telling of the same order, by the same visitor', async () => {
    const order = { ...SHOPIFY_ORDER, id: 1002, admin_graphql_api_id: 'gid://shopify/Order/1002' };
    await deliver('shopify', 'orders/create', order);
    await deliver('shopify', 'orders/paid', { ...order, financial_status: 'paid' });
    const [made, paid] = [await event('shopify:orders/create:1002'), await event('shopify:orders/paid:1002')];
    expect([paid.order_id, paid.visitor_id]).toEqual([made.order_id, made.visitor_id]);
  });

  it('of a guest names nobody by a number', async () => {
    const order = {
      ...SHOPIFY_ORDER,
      id: 1003,
      admin_graphql_api_id: 'gid://shopify/Order/1003',
      customer: null,
      phone: null,
      billing_address: null,
    };
    await deliver('shopify', 'orders/create', order);
    await event('shopify:orders/create:1003');
    expect(Object.keys(await identifiers('shopify:orders/create:1003'))).toEqual(
      expect.not.arrayContaining(['user_id', 'phone']),
    );
  });

  it('given back is a refund of that order, with the money that went back, and not of the employee', async () => {
    expect(await answered(deliver('shopify', 'refunds/create', SHOPIFY_REFUND))).toEqual([
      200,
      { accepted: 1 },
    ]);
    const row = await event('shopify:refunds/create:890088186047892319');
    expect(row).toMatchObject({
      name: 'order_refunded',
      order_id: '5937297850678',
      currency: 'VND',
      'products.product_id': ['632910393'],
      'products.quantity': [1],
    });
    expect(Number(row.total)).toBe(100_000);
    expect(await identifiers(row.event_id)).toEqual({ order_id: '5937297850678' });
  });
});

describe('an order of the platforms that write like Shopify', () => {
  it.each([
    ['haravan', HARAVAN_ORDER, '1325869541', '1081530421'],
    ['sapo', SAPO_ORDER, '99887766', '1081530421'],
  ] as const)('%s is read', async (platform, payload, order_id, user_id) => {
    expect(await answered(deliver(platform, 'orders/create', payload))).toEqual([200, { accepted: 1 }]);
    const row = await event(`${platform}:orders/create:${order_id}`);
    expect(row).toMatchObject({
      reader: platform,
      order_id,
      'products.name': ['Trà sen'],
      'products.quantity': [2],
    });
    expect(row.time).toContain('10:04:05');
    expect([row.total, row.subtotal, row.shipping].map(Number)).toEqual([220_000, 190_000, 30_000]);
    expect(await identifiers(row.event_id)).toMatchObject({ user_id });
  });

  it('sapo’s other form is refused by the name of what is missing, and counted', async () => {
    const before = (await ledger()).refused['malformed'] ?? 0;
    const [status, body] = await answered(deliver('sapo', 'orders/create', SAPO_OMNI_ORDER));
    expect([status, body]).toMatchObject([400, { error: { code: 'malformed', at: 'line_items' } }]);
    expect((await ledger()).refused['malformed']).toBe(before + 1);
  });
});

describe('an order of WooCommerce', () => {
  it('becomes an order', async () => {
    expect(await answered(deliver('woocommerce', 'order.created', WOOCOMMERCE_ORDER))).toEqual([
      200,
      { accepted: 1 },
    ]);
    const row = await event('woocommerce:order.created:727:processing');
    expect(row).toMatchObject({
      name: 'order_completed',
      order_id: '727',
      currency: 'VND',
      device: 'desktop',
      'products.product_id': ['93'],
      'products.variant_id': [''],
      properties: { status: 'processing', payment_method: 'cod', coupon: 'tet' },
    });
    expect(row.time).toContain('10:04:05');
    expect([row.total, row.subtotal, row.discount, row.shipping].map(Number)).toEqual([
      200_000, 190_000, 20_000, 30_000,
    ]);
    expect(JSON.stringify(row)).not.toMatch(/neighbour|Hang Bong|203\.0\.113/);
    expect(await identifiers(row.event_id)).toMatchObject({
      user_id: '26',
      email: hashIdentifier('email', 'an@shop-visitor.example'),
      phone: hashIdentifier('phone', '+84901234567'),
      order_id: '727',
    });
  });

  it.each(['pending', 'failed', 'cancelled', 'checkout-draft'])(
    'that is %s is none yet, and the platform is told that all is well',
    async (status) => {
      expect(
        await answered(deliver('woocommerce', 'order.updated', { ...WOOCOMMERCE_ORDER, id: 728, status })),
      ).toEqual([200, { accepted: 0, ignored: 'topic_or_status' }]);
    },
  );

  it('with refunds tells each of them once, however often it is updated', async () => {
    const order = {
      ...WOOCOMMERCE_ORDER,
      id: 729,
      number: 'W-729',
      status: 'completed',
      refunds: [{ id: 801, reason: 'broken', total: '-50000' }],
    };
    await deliver('woocommerce', 'order.updated', order);
    await started.collector.settled();
    const more = [...order.refunds, { id: 802, reason: 'late', total: '-10000' }];
    const before = await ledger();
    await deliver('woocommerce', 'order.updated', { ...order, refunds: more });
    await started.collector.settled();
    const after = await ledger();
    expect([after.stored - before.stored, after.duplicates - before.duplicates]).toEqual([1, 2]);
    const [first, second] = [await event('woocommerce:refund:801'), await event('woocommerce:refund:802')];
    expect([first.order_id, Number(first.total), Number(second.total)]).toEqual(['W-729', 50_000, 10_000]);
    expect(first.name).toBe('order_refunded');
  });

  it('of a guest has no user', async () => {
    await deliver('woocommerce', 'order.created', { ...WOOCOMMERCE_ORDER, id: 730, customer_id: 0 });
    await event('woocommerce:order.created:730:processing');
    expect(await identifiers('woocommerce:order.created:730:processing')).not.toHaveProperty('user_id');
  });

  it('is preceded by an unsigned ping, without which WooCommerce switches the webhook off', async () => {
    const before = await ledger();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const ping = started.post(`/webhooks/woocommerce/${SHOP.site}`, 'webhook_id=12', headers);
    expect(await answered(ping)).toEqual([200, { ping: true }]);
    expect(await ledger()).toEqual(before);
  });
});

describe('a delivery that does not prove who sent it', () => {
  const body = JSON.stringify(SHOPIFY_ORDER);
  it.each<[string, Record<string, string>]>([
    ['no signature', {}],
    ['another secret', { 'x-shopify-hmac-sha256': signed(body, 'another-secret') }],
    ['the signature of another body', { 'x-shopify-hmac-sha256': signed(`${body} `) }],
    [
      'the signature in hex',
      { 'x-shopify-hmac-sha256': Buffer.from(signed(body), 'base64').toString('hex') },
    ],
    ['a shorter signature', { 'x-shopify-hmac-sha256': signed(body).slice(0, 20) }],
    ['an empty signature', { 'x-shopify-hmac-sha256': '' }],
    ['another platform’s header', { 'x-wc-webhook-signature': signed(body) }],
  ])('is refused and counted for %s', async (_what, headers) => {
    const before = (await ledger()).refused['wrong_signature'] ?? 0;
    const answer = started.post(`/webhooks/shopify/${SHOP.site}`, body, {
      'x-shopify-topic': 'orders/create',
      ...headers,
    });
    expect(await answered(answer)).toMatchObject([401, { error: { code: 'wrong_signature' } }]);
    expect((await ledger()).refused['wrong_signature']).toBe(before + 1);
  });

  it('is refused where no secret is kept, with what to do', async () => {
    await addSite(store, { ...SHOP, site: 'shop2' });
    const answer = started.post('/webhooks/shopify/shop2', body, { 'x-shopify-hmac-sha256': signed(body) });
    expect(await answered(answer)).toMatchObject([
      401,
      { error: { code: 'wrong_signature', message: expect.stringContaining('npx throughline webhook add') } },
    ]);
  });

  it('is refused for a site or platform that is not there', async () => {
    const headers = { 'x-shopify-hmac-sha256': signed(body) };
    expect(await answered(started.post('/webhooks/shopify/nowhere', body, headers))).toMatchObject([
      400,
      { error: { code: 'unknown_site' } },
    ]);
    for (const platform of ['magento', '__proto__', 'constructor'])
      expect(await answered(started.post(`/webhooks/${platform}/${SHOP.site}`, body, headers))).toMatchObject(
        [404, { error: { code: 'unknown_platform' } }],
      );
  });
});

describe('a delivery', () => {
  it('that is a test of the platform is answered and not counted', async () => {
    const before = await ledger();
    const answer = deliver('shopify', 'orders/create', SHOPIFY_ORDER, { 'x-shopify-test': 'true' });
    expect(await answered(answer)).toEqual([200, { accepted: 0, ignored: 'test' }]);
    expect(await ledger()).toEqual(before);
  });

  it('of another topic is answered and not counted', async () => {
    expect(await answered(deliver('shopify', 'products/update', { id: 1 }))).toEqual([
      200,
      { accepted: 0, ignored: 'topic_or_status' },
    ]);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['no JSON', '{"id":', {}, 400, 'malformed'],
    ['a list', '[]', {}, 400, 'malformed'],
    ['no order', '{}', {}, 400, 'malformed'],
    ['too much', `"${'x'.repeat(600_000)}"`, {}, 413, 'too_large'],
    ['100,000 levels', `{"id":1,"line_items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, {}, 200, ''],
  ])('that is %s is answered so', async (_what, body, headers, status, code) => {
    const answer = await started.post(`/webhooks/shopify/${SHOP.site}`, body, {
      'x-shopify-hmac-sha256': signed(body),
      'x-shopify-topic': 'orders/create',
      ...headers,
    });
    expect(answer.status).toBe(status);
    if (code !== '') expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it('is compared as it was before it was compressed on its way', async () => {
    const body = JSON.stringify({ ...SHOPIFY_ORDER, admin_graphql_api_id: 'gid://shopify/Order/1004' });
    const answer = started.post(`/webhooks/shopify/${SHOP.site}`, gzipSync(body), {
      'x-shopify-hmac-sha256': signed(body),
      'x-shopify-topic': 'orders/create',
      'content-encoding': 'gzip',
    });
    expect(await answered(answer)).toEqual([200, { accepted: 1 }]);
  });
});
