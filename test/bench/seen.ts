// What Set-up asks again and again, "what has been seen?", of a shop with very many events.
// Usage: npm run bench -- seen [--per-day 10000000] [--days 4]
import { runSeen } from '@throughline/journeys';
import { testStore } from '@throughline/store/testing';

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const per_day = argument('per-day', 10_000_000);
const days = argument('days', 4);
const RUNS = 5;
const now = new Date('2026-11-22T00:00:00Z');

const store = await testStore();
for (let day = 1; day <= days; day += 1)
  await store.run({
    sql: `INSERT INTO events (site, event_id, visitor_id, session_id, session_started_at, time, received_at, seq, name, source, reader, host, path, channel, segment)
      SELECT 'bench', concat('e', toString(number)), concat('v', toString(intHash64(intDiv(number, 20)))), '', time,
        fromUnixTimestamp64Milli({start:Int64} + toInt64(number * 86400000 / {per_day:UInt64}), 'UTC') AS time, time, number % 20,
        ['page_viewed', 'page_viewed', 'page_viewed', 'product_viewed', 'product_viewed', 'cart_added', 'checkout_started', 'page_engaged', 'page_engaged', 'search', 'list_viewed'][1 + intHash32(number * 13) % 11] AS name, 'tag',
        multiIf(name = 'cart_added', ['cart,datalayer', 'cart', 'datalayer'][1 + intHash32(number * 17) % 3], name = 'product_viewed', 'datalayer', 'page'),
        'shop.example', concat('/products/', toString(number % 3000)), 'direct', 'bench'
      FROM numbers({per_day:UInt64})`,
    params: { per_day, start: now.getTime() - day * 86_400_000 },
  });
await store.run({ sql: 'OPTIMIZE TABLE events FINAL' });

const site = { site: 'bench', name: 'Bench', hosts: [], timezone: 'UTC', currency: 'VND', settings: {} };
const times: number[] = [];
let looked = 0;
for (let run = 0; run < RUNS; run += 1) {
  const from = performance.now();
  looked = (await runSeen(store, { site, now })).days;
  times.push(performance.now() - from);
}
times.sort((a, b) => a - b);
console.log(
  `\n${(per_day * days).toLocaleString('en')} events of ${days} days, asked back ${looked} days: median ${Math.round(times[RUNS >> 1]!)} ms of ${RUNS} runs`,
);
await store.close();
