// npx vitest bench --run --config test/vitest.config.ts packages/store
import { afterAll, beforeAll, bench, describe } from 'vitest';
import { claimEvents, insertEvents, knownEvents } from '../src/index.ts';
import { type TestStore, testStore } from '../src/testing.ts';

const ROWS = 10_000;
const CLAIMS = 1_000_000;
const once = { time: 0, warmupTime: 0, warmupIterations: 2 };

let store: TestStore;
let made = 0;
let blocks: Uint8Array[];
beforeAll(async () => {
  store = await testStore();
  blocks = Array.from({ length: 22 }, block);
  const sql = `
    SELECT 'shop', '', reinterpretAsUInt128(sipHash128(concat('claimed-', toString(number)))), toString(intDiv(number, 10000))
    FROM numbers({claims:UInt64})`;
  await store.insertSelect('event_ids', { sql: sql.replace("'', ", ''), params: { claims: CLAIMS } });
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

function claims() {
  made += 1;
  return Array.from({ length: ROWS }, (_, i) => ({
    site: 'shop',
    event_id: `new-${made}-${i}`,
    segment: `s-${made}`,
  }));
}

/** Rows as the tag's pageviews are: some 900 bytes of JSON. */
function block(): Uint8Array {
  made += 1;
  const start = Date.UTC(2026, 10, 1) + made * 60_000;
  const lines: string[] = [];
  for (let i = 0; i < ROWS; i += 1) {
    const time = new Date(start + i * 6).toISOString();
    lines.push(
      JSON.stringify({
        ...EVENT,
        event_id: `e-${made}-${i}`,
        visitor_id: `v-${i % 3000}`,
        time,
        segment_seq: i,
      }),
    );
  }
  return Buffer.from(lines.join('\n'));
}

const EVENT = {
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
