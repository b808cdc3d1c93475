import type { EventRow } from '@throughline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sipHex } from '../sip-hash.ts';
import { type TestStore, testStore } from '../testing.ts';
import { claimEvents, claimedHashes, claimsBlock, eventKey, knownEvents } from './event-ids.ts';
import {
  EVENT_COLUMNS,
  EVENT_TYPES,
  eventsBlock,
  findEvents,
  insertEvents,
  storedCounts,
  storedSeqs,
} from './events.ts';

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
const claim = (site: string, segment: string, ...event_ids: string[]) =>
  claimEvents(
    store,
    claimsBlock([{ site, hashes: Buffer.from(event_ids.map(sipHex).join(''), 'hex') }], segment),
    segment,
  );

test('an event comes back as it went in', async () => {
  await insertEvents(store, eventsBlock([order]), 'seg-1');
  await claim('shop', 'seg-1', 'e1');
  expect(await findEvents(store, 'shop', ['e1', 'unknown'])).toEqual([order]);
  expect(await findEvents(store, 'another', ['e1'])).toEqual([]);
});

test('the columns of the table are the fields of the row', async () => {
  const sql =
    "SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = 'events' ORDER BY position";
  const columns = await store.query<{ name: string; type: string }>({ sql });
  expect(columns).toEqual(Object.entries(EVENT_TYPES).map(([name, type]) => ({ name, type })));
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
    for (let time = 0; time < 3; time += 1) await insertEvents(store, eventsBlock(rows), 'seg-2');
    expect(await storedCounts(store, ['seg-2', 'seg-unknown'])).toEqual(new Map([['seg-2', 500]]));
    expect(await storedSeqs(store, 'seg-2')).toEqual(new Set(rows.map((row) => row.segment_seq)));
  },
);

test('a claimed event is known under its site, with all who claimed it', async () => {
  await claim('shop', 'seg-b', "o'clock \\ 🕐");
  await claim('shop', 'seg-a', "o'clock \\ 🕐");
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
  await claim('big', 'seg-big', ...event_ids);
  await claim('big', 'seg-big', ...event_ids);
  const known = await knownEvents(store, [{ site: 'big', event_ids: [...event_ids, 'fresh'] }]);
  expect(known.size).toBe(20_000);
  expect(known.get(eventKey('big', event_ids[19_999] ?? ''))).toEqual(['seg-big']);
});

test('ids are hashed here as ClickHouse hashes them, whatever their length and letters', async () => {
  const texts = ['', 'a', '1234567', '12345678', '123456789', 'Trà xanh 🍵', 'x'.repeat(300), "\u0000\\'"];
  const sql = `SELECT arrayMap(text -> lower(hex(sipHash128(text))), {texts:Array(String)}) AS hashes`;
  const [row] = await store.query<{ hashes: string[] }>({ sql, params: { texts } });
  expect(texts.map(sipHex)).toEqual(row?.hashes);
});

test('every claimed hash is told, by its first half', async () => {
  await claim('hashes', 'seg-hashes', 'one', 'two');
  const parts: Buffer[] = [];
  for await (const part of claimedHashes(store)) parts.push(part);
  const halves = new Set(Buffer.concat(parts).toString('hex').match(/.{16}/g));
  expect([sipHex('one'), sipHex('two')].every((hash) => halves.has(hash.slice(0, 16)))).toBe(true);
});
