import type { EventRow } from '@throughline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { claimEvents, eventKey, knownEvents } from './event-ids.ts';
import { EVENT_COLUMNS, findEvents, insertEvents, storedRows, storedSeqs } from './events.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const order: EventRow = {
  site: 'shop',
  event_id: 'e1',
  visitor_id: 'v1',
  session_id: 's1',
  session_started_at: '2026-11-22T03:00:00.000Z',
  time: '2026-11-22T03:04:05.678Z',
  received_at: '2026-11-22T03:04:06.000Z',
  seq: 7,
  name: 'order_completed',
  source: 'tag',
  reader: 'datalayer',
  url: 'https://shop.example/thanks?a=1',
  host: 'shop.example',
  path: '/thanks',
  title: 'Cảm ơn \\ "bạn" 🛒',
  referrer: 'https://shop.example/checkout',
  referrer_host: 'google.com',
  channel: 'organic_search',
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: "it's",
  utm_term: 'tulips',
  utm_content: 'banner',
  click_id: 'gclid',
  device: 'mobile',
  browser: 'Chrome',
  os: 'Android',
  country: 'VN',
  is_bot: 0,
  order_id: 'o1',
  cart_token: 'c1',
  currency: 'VND',
  total: 1234567.8901,
  subtotal: 1200000,
  discount: 0,
  tax: null,
  shipping: 34567.8901,
  'products.product_id': ['p1', 'p2'],
  'products.variant_id': ['', 'p2-red'],
  'products.sku': ['', ''],
  'products.name': ['Tulip', 'Rose'],
  'products.brand': ['', ''],
  'products.category': ['flowers', 'flowers'],
  'products.price': [10.5, 0.0001],
  'products.quantity': [1, 12],
  properties: { coupon: 'TET', 'nested.key': '1' },
  segment: 'seg-1',
  segment_seq: 0,
};
const lines = (rows: EventRow[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

test('an event comes back as it went in', async () => {
  await insertEvents(store, lines([order]), 'seg-1');
  await claimEvents(store, [{ site: 'shop', event_id: 'e1', segment: 'seg-1' }], 'seg-1');
  expect(await findEvents(store, 'shop', ['e1', 'unknown'])).toEqual([order]);
  expect(await findEvents(store, 'another', ['e1'])).toEqual([]);
});

test('the columns of the table are the fields of the row', async () => {
  const sql =
    "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'events' ORDER BY position";
  const columns = (await store.query<{ name: string }>({ sql })).map(({ name }) => name);
  expect(columns).toEqual(EVENT_COLUMNS);
  expect(Object.keys(order)).toEqual(EVENT_COLUMNS);
});

// The two shards of a test write into one table, so they go without tokens.
test.skipIf(process.env['TEST_SHARDS'])(
  'a segment inserted again under its token is stored once',
  async () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({
      ...order,
      event_id: `again-${i}`,
      time: new Date(Date.UTC(2026, i % 12, 1)).toISOString(),
      segment: 'seg-2',
      segment_seq: i,
    }));
    for (let time = 0; time < 3; time += 1) await insertEvents(store, lines(rows), 'seg-2');
    expect(await storedRows(store, 'seg-2')).toBe(500);
    expect(await storedSeqs(store, 'seg-2')).toEqual(new Set(rows.map((row) => row.segment_seq)));
    expect(await storedRows(store, 'seg-unknown')).toBe(0);
  },
);

test('a claimed event is known under its site, with all who claimed it', async () => {
  await claimEvents(store, [{ site: 'shop', event_id: "o'clock \\ 🕐", segment: 'seg-b' }], 'seg-b');
  await claimEvents(store, [{ site: 'shop', event_id: "o'clock \\ 🕐", segment: 'seg-a' }], 'seg-a');
  const asked = [
    { site: 'shop', event_ids: ["o'clock \\ 🕐", 'never'] },
    { site: 'another', event_ids: ["o'clock \\ 🕐"] },
  ];
  expect(await knownEvents(store, asked)).toEqual(
    new Map([[eventKey('shop', "o'clock \\ 🕐"), ['seg-a', 'seg-b']]]),
  );
  expect(await knownEvents(store, [])).toEqual(new Map());
});

test('20,000 ids of full length are claimed and found again', async () => {
  const event_ids = Array.from({ length: 20_000 }, (_, i) => `${i}-`.padEnd(128, 'x'));
  const claims = event_ids.map((event_id) => ({ site: 'big', event_id, segment: 'seg-big' }));
  await claimEvents(store, claims, 'seg-big');
  await claimEvents(store, claims, 'seg-big-again');
  const known = await knownEvents(store, [{ site: 'big', event_ids: [...event_ids, 'fresh'] }]);
  expect(known.size).toBe(20_000);
  expect(known.get(eventKey('big', event_ids[19_999] ?? ''))).toEqual(['seg-big']);
});
