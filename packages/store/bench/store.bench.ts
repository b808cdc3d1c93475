// npx vitest bench --run --config test/vitest.config.ts packages/store

import type { EventRow } from '@throughline/contract';
import { afterAll, beforeAll, bench, describe } from 'vitest';
import {
  type Block,
  claimEvents,
  claimsBlock,
  eventsBlock,
  insertEvents,
  knownEvents,
  sipHex,
} from '../src/index.ts';
import { type TestStore, testStore } from '../src/testing.ts';

const ROWS = 10_000;
const CLAIMS = 1_000_000;
const once = { time: 0, warmupTime: 0, warmupIterations: 2 };

let store: TestStore;
let made = 0;
let blocks: Block[];
beforeAll(async () => {
  store = await testStore();
  blocks = Array.from({ length: 22 }, block);
  const sql = `
    SELECT 'shop', reinterpretAsUInt128(sipHash128(concat('claimed-', toString(number)))), toString(intDiv(number, 10000))
    FROM numbers({claims:UInt64})`;
  await store.insertSelect('event_ids', {
    sql: `(site, id_hash, segment) ${sql}`,
    params: { claims: CLAIMS },
  });
});
afterAll(() => store.close());

describe('embedded engine', () => {
  bench(
    `insert a block of ${ROWS} events`,
    () => insertEvents(store, blocks.pop() ?? block(), `segment-${blocks.length}`),
    {
      ...once,
      iterations: 20,
    },
  );

  bench(`claim ${ROWS} ids`, () => claimEvents(store, claims(), `claims-${made}`), {
    ...once,
    iterations: 10,
  });

  bench(
    `ask for ${ROWS} ids, half of them among ${CLAIMS} claims`,
    async () => {
      const event_ids = Array.from({ length: ROWS }, (_, i) => `claimed-${(i * 7919) % (2 * CLAIMS)}`);
      const known = await knownEvents(store, [{ site: 'shop', event_ids }]);
      if (known.size < ROWS / 3) throw new Error(`Only ${known.size} were known`);
    },
    { ...once, iterations: 10 },
  );

  bench('SELECT 1', async () => void (await store.query({ sql: 'SELECT 1' })), { ...once, iterations: 200 });
});

function claims(): Block {
  made += 1;
  const hashes = Array.from({ length: ROWS }, (_, i) => sipHex(`new-${made}-${i}`)).join('');
  return claimsBlock([{ site: 'shop', hashes: Buffer.from(hashes, 'hex') }], `s-${made}`);
}

/** Rows as the tag's pageviews are: some 900 bytes of JSON. */
function block(): Block {
  made += 1;
  const start = Date.UTC(2026, 10, 1) + made * 60_000;
  return eventsBlock(
    Array.from({ length: ROWS }, (_, i) => ({
      ...EVENT,
      event_id: `e-${made}-${i}`,
      visitor_id: `v-${i % 3000}`,
      time: new Date(start + i * 6).toISOString(),
      segment_seq: i,
    })),
  );
}

const EVENT: Omit<EventRow, 'event_id' | 'visitor_id' | 'time' | 'segment_seq'> = {
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_term: '',
  utm_content: '',
  click_id: '',
  order_id: '',
  cart_token: '',
  subtotal: null,
  discount: null,
  tax: null,
  shipping: null,
  'products.product_id': [],
  'products.variant_id': [],
  'products.sku': [],
  'products.name': [],
  'products.brand': [],
  'products.category': [],
  'products.price': [],
  'products.quantity': [],
  site: 'shop',
  session_id: 'm9x1abcd.k3j2h1',
  session_started_at: '2026-11-01T00:00:00.000Z',
  received_at: '2026-11-01T00:00:01.000Z',
  seq: 1,
  name: 'page_viewed',
  source: 'tag',
  reader: 'page',
  url: 'https://shop.example/collections/tulips?page=2',
  host: 'shop.example',
  path: '/collections/tulips',
  title: 'Tulips for spring, from our own fields',
  referrer: 'https://www.google.com/',
  referrer_host: 'www.google.com',
  channel: 'organic_search',
  device: 'mobile',
  browser: 'Chrome',
  os: 'Android',
  country: 'VN',
  is_bot: 0,
  currency: 'VND',
  total: null,
  properties: { collection: 'tulips', page: '2' },
  segment: 'segment',
};
