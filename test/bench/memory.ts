// What each statement of the reports takes at most of the engine's memory, beside what it may take, in a shop whose every browser is
// somebody's, two a customer: the most people for the events.
// Usage: npm run bench -- memory [--events 10000000 --runs 3]; 10,000,000 events take a quarter of an hour and 1 GB of disk.
import { type Reader, runFunnel, runMap, runOverview, runPaths, runPeople } from '@throughline/journeys';
import { testStore } from '@throughline/store/testing';
import { argument } from './identity/argument.ts';
import { fillMonth, MONTH } from './month-of-size.ts';
import { type Watched, watchedReader } from './watched-reader.ts';

const events = argument('events', 1_000_000);
const visits = argument('visits', Math.round(events / 11));
const runs = argument('runs', 3);
const MIB = 1024 * 1024;

const store = await testStore();
await fillMonth(store, { events, visits });
const site = { site: 'bench', name: 'Bench', hosts: [], timezone: 'UTC', currency: 'VND', settings: {} };
const context = { site, now: new Date('2026-07-01T00:00:00Z') };
const steps = ['product_viewed', 'cart_added', 'checkout_started', 'order_completed'].map((event) => ({
  event,
}));
const of = { report: 'overview', request: MONTH };
const REPORTS: Record<string, (reader: Reader) => Promise<object>> = {
  overview: (reader) => runOverview(reader, context, MONTH),
  'list of all people': (reader) => runPeople(reader, context, { of: { ...of, what: 'people' } }),
  'list of buyers by e-mail': (reader) =>
    runPeople(reader, context, { of: { ...of, what: 'buyers', channel: 'email' } }),
  'list of buyers of a day': (reader) =>
    runPeople(reader, context, { of: { ...of, what: 'buyers', date: MONTH.from } }),
  'funnel of 4 steps': (reader) => runFunnel(reader, context, { ...MONTH, steps }),
  'paths, 5 columns': (reader) => runPaths(reader, context, MONTH),
  'journey map': (reader) => runMap(reader, context, MONTH),
};

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const rows = [];
for (const [report, run] of Object.entries(REPORTS)) {
  const rounds: Watched[][] = [];
  for (let round = 0; round < runs; round += 1) {
    const seen: Watched[] = [];
    await run(watchedReader(store, (watched) => seen.push(watched)));
    rounds.push(seen);
  }
  for (const nth of rounds[0]!.keys()) {
    const same = rounds.map((round) => round[nth]!);
    rows.push({
      report,
      statement: nth + 1,
      'peak of all runs, MiB': Math.round(Math.max(...same.map(({ peak_bytes }) => peak_bytes)) / MIB),
      'CPU, ms': Math.round(median(same.map(({ cpu_ms }) => cpu_ms))),
      'wall, ms': Math.round(median(same.map(({ wall_ms }) => wall_ms))),
    });
  }
}
console.log(
  `\n${events.toLocaleString('en')} events, ${visits.toLocaleString('en')} visits over 28 days; ${runs} runs`,
);
console.table(rows);
await store.close();
