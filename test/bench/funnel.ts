// The funnel as reports run it (person joined at read time, medians, stitched share, the result without stitching)
// beside the plainest alternative: one windowFunnel over a column that already holds the person.
// Usage: npm run bench -- funnel [--events 1000000] [--retold 1], which tells nearly every order twice under one id
import { runFunnel } from '@throughline/journeys';
import { testStore } from '@throughline/store/testing';

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const events = argument('events', 1_000_000);
const retold = argument('retold', 0) === 1;
const visitors = Math.round(events / 20);
const RUNS = 7;
const STEPS = ['page_viewed', 'cart_added', 'checkout_started', 'order_completed'];
const WINDOW_S = 30 * 24 * 3600;

const store = await testStore();

// 90 days, 20 events a visitor, one visitor in four identified, two visitors to each of those customers.
await store.run({
  sql: `INSERT INTO events (site, event_id, visitor_id, session_id, session_started_at, time, received_at, seq, name, channel, order_id, segment)
    SELECT 'bench', toString(number), concat('v', toString(intHash64(number) % {visitors:UInt64})), '', time, time,
      toDateTime64('2026-06-01', 3, 'UTC') + intDiv(number * 90 * 86400, {events:UInt64}) + (intHash64(number * 7) % 3600) AS time, number % 100000,
      ['page_viewed', 'page_viewed', 'page_viewed', 'product_viewed', 'product_viewed', 'cart_added', 'checkout_started', 'order_completed', 'search', 'login'][1 + intHash32(number * 13) % 10] AS name,
      'direct', if({retold:UInt8} AND name = 'order_completed', toString(intDiv(number, 20)), ''), 'bench'
    FROM numbers({events:UInt64})`,
  params: { visitors, events, retold: Number(retold) },
});
await store.run({
  sql: `INSERT INTO assignments SELECT 'bench', concat('v', toString(number)),
      [(toDateTime64('2026-01-01', 3, 'UTC'), concat('p_', lpad(toString(intDiv(number, 2)), 24, '0')), 'identified_later', 'e')], 1
    FROM numbers({identified:UInt64})`,
  params: { identified: Math.round(visitors / 4) },
});
await store.run({
  sql: `CREATE TABLE resolved ENGINE = MergeTree ORDER BY (site, toDate(time), person, time) AS
    SELECT e.site AS site, e.time AS time, e.seq AS seq, e.name AS name,
      if(a.person_id = '', e.visitor_id, a.person_id) AS person
    FROM events AS e LEFT ANY JOIN (SELECT visitor_id, spans[1].person_id AS person_id FROM assignments WHERE site = 'bench') AS a
      ON e.visitor_id = a.visitor_id`,
});
await store.run({ sql: 'OPTIMIZE TABLE events FINAL' });
await store.run({ sql: 'OPTIMIZE TABLE resolved FINAL' });

async function plain(): Promise<number[]> {
  const rows = await store.query<{ level: number; people: number }>({
    sql: `SELECT level, count() AS people FROM (
        SELECT person, windowFunnel({window:UInt64}, 'strict_once')(toUInt64(toUnixTimestamp64Milli(time)) * 1048576 + seq % 1048576,
          name = 'page_viewed', name = 'cart_added', name = 'checkout_started', name = 'order_completed') AS level
        FROM resolved WHERE site = 'bench' AND time >= '2026-06-01' AND time < '2026-09-01'
          AND name IN ('page_viewed', 'cart_added', 'checkout_started', 'order_completed') GROUP BY person)
      GROUP BY level`,
    params: { window: (BigInt(WINDOW_S) * 1000n * 1048576n + 1048575n).toString() },
  });
  return STEPS.map((_, index) =>
    rows.filter(({ level }) => level > index).reduce((sum, { people }) => sum + people, 0),
  );
}

const site = { site: 'bench', name: 'Bench', hosts: [], timezone: 'UTC', currency: 'VND', settings: {} };
async function ours(): Promise<number[]> {
  const view = await runFunnel(
    store,
    { site, now: new Date('2026-10-01T00:00:00Z') },
    {
      from: '2026-06-01',
      to: '2026-09-01',
      steps: STEPS.map((event) => ({ event })),
      window_s: WINDOW_S,
    },
  );
  return view.steps.map(({ people }) => people);
}

async function timed(run: () => Promise<number[]>): Promise<{ median_ms: number; people: number[] }> {
  const times: number[] = [];
  let people = await run();
  for (let index = 0; index < RUNS; index += 1) {
    const from = performance.now();
    people = await run();
    times.push(performance.now() - from);
  }
  return { median_ms: times.sort((a, b) => a - b)[RUNS >> 1]!, people };
}

const base = await timed(plain);
const full = await timed(ours);
console.log(
  `\nFunnel of 4 steps over ${events.toLocaleString('en')} events, ${visitors.toLocaleString('en')} visitors, 25 % identified; median of ${RUNS} runs`,
);
console.table([
  {
    what: 'plain windowFunnel, person already in a column, counts only',
    ms: Math.round(base.median_ms),
    '× plain': '1.00',
    people: base.people.join(' → '),
  },
  {
    what: 'ours: person joined, medians, stitched share, without stitching',
    ms: Math.round(full.median_ms),
    '× plain': (full.median_ms / base.median_ms).toFixed(2),
    people: full.people.join(' → '),
  },
]);
await store.close();
if (!retold && base.people.join() !== full.people.join()) {
  console.error('The two do not agree.');
  process.exitCode = 1;
}
