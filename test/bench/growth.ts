// What growth is reckoned with: bytes an event on the disk, inserts a second, lookups of ids, parts, memory.
// Usage: npm run bench -- growth [--events 1000000] [--claims 20000000]
import { randomBytes } from 'node:crypto';
import type { EventRow } from '@throughline/contract';
import {
  CELLS,
  claimEvents,
  claimsBlock,
  EVENT_TYPES,
  eventsBlock,
  insertEvents,
  knownEvents,
  sipHex,
} from '@throughline/store';
import { testStore } from '@throughline/store/testing';

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const events = argument('events', 1_000_000);
/** Ids claimed besides, before the last lookup: enough that each id that is asked for lies in a granule of its own. */
const claims = argument('claims', 20_000_000);
const BLOCK = 10_000;
const DAYS = 30;
const PRODUCTS = 2_000;
const store = await testStore();
const { pid } = store.engine!;

const id = (bytes: number) => randomBytes(bytes).toString('base64url');
const any = (below: number) => Math.floor(Math.random() * below);
const pick = <Item>(items: readonly Item[]): Item => items[any(items.length)]!;
/** Few are asked for often, most seldom, as with pages and products of a shop. */
const skewed = (below: number) => Math.floor(below * Math.random() ** 3);

const NAMES = [
  'page_viewed',
  'page_viewed',
  'page_viewed',
  'page_engaged',
  'product_viewed',
  'list_viewed',
  'cart_added',
  'search',
];
const SOURCES = [
  ['https://www.google.com/', 'www.google.com', 'organic_search', '', ''],
  ['', '', 'direct', '', ''],
  ['https://www.facebook.com/', 'www.facebook.com', 'paid_social', 'facebook', 'cpc'],
  ['https://shop.example/mail', 'shop.example', 'email', 'newsletter', 'email'],
] as const;
const CLIENTS = [
  ['mobile', 'Chrome Mobile', 'Android', 'VN'],
  ['mobile', 'Mobile Safari', 'iOS', 'VN'],
  ['desktop', 'Chrome', 'Windows', 'US'],
  ['desktop', 'Safari', 'macOS', 'DE'],
] as const;

/** A visit of about eight events, in the order of arrival, as the tag and the collector make them. */
function* visits(): Generator<object> {
  let made = 0;
  const begin = Date.UTC(2026, 9, 1);
  while (made < events) {
    const visitor_id = id(15);
    for (let visit = 0; visit < 1 + any(3) && made < events; visit += 1) {
      const [referrer, referrer_host, channel, utm_source, utm_medium] = pick(SOURCES);
      const [device, browser, os, country] = pick(CLIENTS);
      const start = begin + (made / events) * DAYS * 86_400_000 + any(60_000);
      const session_id = id(9);
      for (let nth = 0; nth < 2 + any(13) && made < events; nth += 1) {
        made += 1;
        const name = pick(NAMES);
        const product = skewed(PRODUCTS);
        const path = name === 'search' ? '/search' : `/products/handmade-teapot-${product}`;
        const time = start + nth * (5_000 + any(40_000));
        yield {
          site: 'shop',
          event_id: id(15),
          visitor_id,
          session_id,
          session_started_at: new Date(start).toISOString(),
          time: new Date(time).toISOString(),
          received_at: new Date(time + 300 + any(4_000)).toISOString(),
          seq: nth,
          name,
          source: 'tag',
          reader: name === 'page_viewed' ? 'pages' : 'datalayer',
          url: `https://shop.example${path}`,
          host: 'shop.example',
          path,
          title: `Handmade teapot ${product} – Shop`,
          referrer: nth === 0 ? referrer : 'https://shop.example/',
          referrer_host,
          channel,
          utm_source,
          utm_medium,
          utm_campaign: utm_medium === '' ? '' : `autumn-${any(12)}`,
          device,
          browser,
          os,
          country,
          currency: 'VND',
          total: null,
          ...(name.startsWith('product') || name.startsWith('cart')
            ? {
                'products.product_id': [`${product}`],
                'products.variant_id': [''],
                'products.sku': [`TP-${product}`],
                'products.name': [`Handmade teapot ${product}`],
                'products.brand': [`Brand ${product % 40}`],
                'products.category': [`Category ${product % 25}`],
                'products.price': [(product % 90) * 10_000],
                'products.quantity': [1],
              }
            : {}),
          properties:
            name === 'page_engaged' ? { engaged_ms: String(any(90_000)), scroll: String(any(100)) } : {},
        };
      }
    }
  }
}

interface Size {
  table: string;
  parts: number;
  rows: number;
  bytes: number;
  index_bytes: number;
}
const sizes = () =>
  store.query<Size>({
    sql: `SELECT table::String AS table, count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes,
        sum(primary_key_bytes_in_memory) AS index_bytes
      FROM system.parts WHERE database = currentDatabase() AND active AND table IN ('events', 'event_ids')
      GROUP BY table ORDER BY table DESC`,
  });

const spent = { ask: 0, insert: 0, claim: 0 };
const bytes = { block: 0 };
async function timed<T>(what: keyof typeof spent, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await work();
  spent[what] += performance.now() - from;
  return result;
}
const lastIds: string[] = [];
let segment = 0;
/** What a row holds that says nothing. */
const NOTHING = Object.fromEntries(
  Object.entries(EVENT_TYPES).map(([name, type]) => {
    const kind = CELLS[type];
    const list = name === 'properties' ? {} : [];
    return [name, kind === 'text' ? '' : kind === 'money' ? null : kind === 'json' ? list : 0];
  }),
);
async function load(rows: Record<string, unknown>[]): Promise<void> {
  const name = `s${segment++}`;
  const ids = rows.map((row) => row['event_id'] as string);
  const made = rows.map((row, n) => ({ ...NOTHING, ...row, segment: name, segment_seq: n }));
  const block = eventsBlock(made as unknown as EventRow[]);
  bytes.block += block.bytes.length;
  await timed('ask', () => knownEvents(store, [{ site: 'shop', event_ids: ids }]));
  await timed('insert', () => insertEvents(store, block, name));
  await timed('claim', () => {
    const hashes = Buffer.from(ids.map(sipHex).join(''), 'hex');
    return claimEvents(store, claimsBlock([{ site: 'shop', hashes }], name), `${name}-claims`);
  });
  lastIds.splice(0, lastIds.length, ...ids);
}

let block: Record<string, unknown>[] = [];
for (const row of visits()) {
  block.push(row as Record<string, unknown>);
  if (block.length < BLOCK) continue;
  await load(block);
  block = [];
}
if (block.length > 0) await load(block);

const before = await sizes();
await store.run({ sql: 'OPTIMIZE TABLE events FINAL' });
await store.run({ sql: 'OPTIMIZE TABLE event_ids FINAL' });
const after = await sizes();
async function lookup(): Promise<number> {
  const from = performance.now();
  await knownEvents(store, [{ site: 'shop', event_ids: lastIds }]);
  return performance.now() - from;
}
const ask_ms = await lookup();
await store.insertSelect('event_ids', {
  sql: "SELECT 'shop', reinterpretAsUInt128(sipHash128(toString(number))), toString(intDiv(number, 10000)) FROM numbers({claims:UInt64})",
  params: { claims },
});
await store.run({ sql: 'OPTIMIZE TABLE event_ids FINAL' });
const asks = [await lookup(), await lookup(), await lookup()].sort((a, b) => a - b);

const of = (list: Size[], table: string) => list.find((one) => one.table === table)!;
const rate = (ms: number) => Math.round((events / ms) * 1000).toLocaleString('en');
const whole = spent.ask + spent.insert + spent.claim;
console.log(
  `\n${events.toLocaleString('en')} events over ${DAYS} days in blocks of ${BLOCK}, engine ${pid ? 'embedded' : 'server'}`,
);
console.table([
  { what: 'an event in a block on its way to ClickHouse, bytes', value: Math.round(bytes.block / events) },
  {
    what: 'events on the disk after merges, bytes an event',
    value: (of(after, 'events').bytes / events).toFixed(1),
  },
  { what: 'events before merges, bytes an event', value: (of(before, 'events').bytes / events).toFixed(1) },
  {
    what: 'event_ids on the disk after merges, bytes an event',
    value: (of(after, 'event_ids').bytes / events).toFixed(1),
  },
  {
    what: 'primary index of event_ids in memory, bytes an event',
    value: (of(after, 'event_ids').index_bytes / events).toFixed(3),
  },
  {
    what: 'primary index of events in memory, bytes an event',
    value: (of(after, 'events').index_bytes / events).toFixed(3),
  },
  { what: 'active parts of events after the load', value: of(before, 'events').parts },
  { what: 'active parts of event_ids after the load', value: of(before, 'event_ids').parts },
  { what: 'ask for ids, events/s', value: rate(spent.ask) },
  { what: 'insert events, events/s', value: rate(spent.insert) },
  { what: 'claim ids, events/s', value: rate(spent.claim) },
  { what: 'all three, one after the other, events/s', value: rate(whole) },
  {
    what: `ask for ${BLOCK} ids among ${events.toLocaleString('en')}, one part, ms`,
    value: Math.round(ask_ms),
  },
  {
    what: `ask for ${BLOCK} ids among ${(events + claims).toLocaleString('en')}, one part, ms`,
    value: Math.round(asks[1]!),
  },
]);
await store.close();
