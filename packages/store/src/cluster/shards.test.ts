/**
 * The cluster form on two shards of the embedded engine (testing/two-shards.ts). TEST_SHARDS=2 puts every test that
 * needs a store on the same ground.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sipHex } from '../sip-hash.ts';
import { claimEvents, claimsBlock, eventKey, knownEvents } from '../tables/event-ids.ts';
import { type TestStore, twoShardStore } from '../testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await twoShardStore();
  await store.insert(
    'events',
    Array.from({ length: 400 }, (_, n) => ({
      site: 'shop',
      event_id: `e${n}`,
      visitor_id: `v${n % 100}`,
      time: '2026-11-01T00:00:00.000Z',
      name: n % 2 === 0 ? 'page_viewed' : 'order_completed',
      segment: 's1',
      segment_seq: n,
    })),
  );
});
afterAll(() => store.close());

const count = async (sql: string) => (await store.query<{ n: number }>({ sql }))[0]?.n;

test('every event is on one shard, and all of a visitor’s on the same', async () => {
  const shards = await store.query({
    sql: 'SELECT shard, sum(events) AS events, count() AS visitors FROM (SELECT visitor_id, shardNum() AS shard, count() AS events FROM events GROUP BY visitor_id, shard) GROUP BY shard ORDER BY shard',
  });
  expect(shards).toEqual([
    { shard: 1, events: 192, visitors: 48 },
    { shard: 2, events: 208, visitors: 52 },
  ]);
});

test('a condition over other events of all shards is the same on each', async () => {
  const latest =
    "SELECT max(event_id) FROM (SELECT * FROM events WHERE name = 'order_completed') GROUP BY site";
  expect(await count(`SELECT count() AS n FROM events WHERE event_id IN (${latest})`)).toBe(1);
  expect(
    await count(
      'SELECT count() AS n FROM events AS a INNER JOIN (SELECT visitor_id FROM events LIMIT 1 BY visitor_id) AS b ON a.visitor_id = b.visitor_id',
    ),
  ).toBe(400);
});

test('an id is found again on whichever shard it is, whoever sends it', async () => {
  const event_ids = Array.from({ length: 50 }, (_, n) => `id-${n}`);
  await claimEvents(
    store,
    claimsBlock([{ site: 'shop', hashes: Buffer.from(event_ids.map(sipHex).join(''), 'hex') }], 's1'),
    's1-claims',
  );
  const known = await knownEvents(store, [{ site: 'shop', event_ids: [...event_ids, 'another'] }]);
  expect(known.size).toBe(50);
  expect(known.get(eventKey('shop', 'id-7'))).toEqual(['s1']);
});

test('rows are deleted from every shard', async () => {
  await store.run({
    sql: "ALTER TABLE events DELETE WHERE visitor_id IN ('v1', 'v2') SETTINGS mutations_sync = 2",
  });
  expect(await count('SELECT count() AS n FROM events')).toBe(392);
});
