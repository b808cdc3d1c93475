// What it costs that the person is found at read time: each report beside the very same report on a column of events that
// holds the person already.
// Usage: npm run bench -- identity speed [--events 10000000 --runs 3]; 10,000,000 events take a quarter of an hour.
import { type Reader, runFunnel, runMap, runOverview, runPaths } from '@throughline/journeys';
import { testStore } from '@throughline/store/testing';
import { argument } from './argument.ts';
import { childrenCpu } from './children-cpu.ts';
import { fillShop, RANGE } from './shop-of-size.ts';

const events = argument('events', 1_000_000);
const runs = argument('runs', 5);
const visitors = Math.round(events / 20);
const GOAL = 1.25;

const store = await testStore();
await fillShop(store, { events, visitors, identified: 0.25 });

const site = { site: 'bench', name: 'Bench', hosts: [], timezone: 'UTC', currency: 'VND', settings: {} };
const now = new Date('2026-10-01T00:00:00Z');
/** A busy machine takes its time; what is measured must not be cut short. */
const TIMEOUT_S = 900;
const reader: Reader = { query: (statement) => store.query(statement, { timeout_s: TIMEOUT_S }) };
const WAYS = {
  joined: { site, now },
  column: { site, now, person_column: 'person_id' as const },
};
type Way = keyof typeof WAYS;
const steps = ['product_viewed', 'cart_added', 'checkout_started', 'order_completed'].map((event) => ({
  event,
}));
const REPORTS: Record<string, (way: Way) => Promise<object>> = {
  'funnel of 4 steps': (way) => runFunnel(reader, WAYS[way], { ...RANGE, steps }),
  'journey map': (way) => runMap(reader, WAYS[way], RANGE),
  overview: (way) => runOverview(reader, WAYS[way], RANGE),
  'paths, 5 columns': (way) => runPaths(reader, WAYS[way], RANGE),
};

interface Spent {
  wall: number[];
  cpu: number[];
}

/** By turns, so that what else the machine does falls on both. */
async function compared(run: (way: Way) => Promise<object>): Promise<Record<Way, Spent>> {
  const spent: Record<Way, Spent> = { joined: { wall: [], cpu: [] }, column: { wall: [], cpu: [] } };
  const answers: Partial<Record<Way, string>> = {};
  for (let round = 0; round <= runs; round += 1) {
    for (const way of ['joined', 'column'] as const) {
      const [from, cpu] = [performance.now(), childrenCpu()];
      answers[way] = JSON.stringify(await run(way));
      // The first round warms up.
      if (round === 0) continue;
      spent[way].wall.push(performance.now() - from);
      if (cpu !== undefined) spent[way].cpu.push(childrenCpu()! - cpu);
    }
    if (answers.joined !== answers.column) throw new Error('The two ways do not agree.');
  }
  return spent;
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

console.log(
  `\n${events.toLocaleString('en')} events, ${visitors.toLocaleString('en')} visitors, 25 % identified, two visitors a customer; median of ${runs} runs by turns, ms`,
);
let failed = false;
const rows = [];
for (const [report, run] of Object.entries(REPORTS)) {
  const { joined, column } = await compared(run);
  const ratio = median(joined.cpu) / median(column.cpu);
  failed ||= ratio > GOAL;
  rows.push({
    report,
    'person joined': Math.round(median(joined.wall)),
    'person in a column': Math.round(median(column.wall)),
    '×': (median(joined.wall) / median(column.wall)).toFixed(2),
    'joined, CPU': median(joined.cpu),
    'column, CPU': median(column.cpu),
    '× CPU': ratio.toFixed(2),
  });
}
console.table(rows);
await store.close();
if (failed) {
  console.error(`Above the goal of ${GOAL} ×.`);
  process.exitCode = 1;
}
