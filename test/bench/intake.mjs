// Intake against a bare Hono route, in one run: server on core 0 (engine child included), load on core 1.
// Usage: npm run bench:intake [-- --seconds 10 --connections 50 --rounds 3 --soak 600]
import { load, startBare, startOurs } from './intake/processes.mjs';
import { soak } from './intake/soak.mjs';
import { visibility } from './intake/visible.mjs';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const seconds = argument('seconds', 8);
const connections = argument('connections', 50);
const rounds = argument('rounds', 3);
const soak_s = argument('soak', 0);
const WARM_S = 2;

async function bare() {
  const server = await startBare();
  const options = { url: server.url, path: '/e', connections, events_per_request: 1, site: 'bench' };
  await load({ ...options, seconds: WARM_S });
  const result = await load({ ...options, seconds });
  const memory_mb = await server.memory_mb();
  await server.stop();
  return { what: 'bare Hono, body read, nothing kept', ...result, memory_mb };
}

async function ours(events_per_request, events_per_s) {
  const server = await startOurs();
  const options = { url: server.url, path: '/e', connections, events_per_request, site: server.site };
  const warm = await load({ ...options, seconds: WARM_S });
  const begun = await server.drained();
  const result = await load({ ...options, seconds, events_per_s });
  const memory_mb = await server.memory_mb();
  const engine_mb = await server.engine_memory_mb();
  const books = await server.drained();
  await server.stop();
  const events = events_per_request === 1 ? 'one event a request' : `batches of ${events_per_request}`;
  return {
    what: `ours, ${events}, fsynced${events_per_s ? ', half of that rate' : ''}`,
    ...result,
    memory_mb,
    engine_mb,
    stored_per_s: (books.stored - begun.stored) / (result.elapsed_s + books.drain_s),
    exact:
      books.stored === warm.acknowledged_events + result.acknowledged_events &&
      books.waiting === 0 &&
      books.received === books.stored,
  };
}

/** By requests a second, the middle one: neighbours on the machine make the others better or worse. */
const median = (rows) => rows.toSorted((a, b) => a.requests_per_s - b.requests_per_s)[rows.length >> 1];

const found = { bare: [], one: [], batch: [] };
// In turns, so that a busy minute of the machine falls on all of them.
for (let round = 0; round < rounds; round += 1) {
  found.bare.push(await bare());
  found.one.push(await ours(1));
  found.batch.push(await ours(50));
}
const rows = [median(found.bare), median(found.one), median(found.batch)];
rows.push(await ours(50, rows[2].events_per_s / 2));
const all = [...found.one, ...found.batch, rows[3]];

console.table(
  rows.map((row) => ({
    what: row.what,
    'requests/s': Math.round(row.requests_per_s),
    'durable events/s': Math.round(row.events_per_s),
    'stored events/s': row.stored_per_s === undefined ? '' : Math.round(row.stored_per_s),
    '× bare': (row.requests_per_s / rows[0].requests_per_s).toFixed(2),
    'p50 ms': row.p50_ms.toFixed(1),
    'p99 ms': row.p99_ms.toFixed(1),
    'RSS MB': row.engine_mb === undefined ? row.memory_mb : `${row.memory_mb} + ${row.engine_mb}`,
    refused: row.refused,
    'stored = acknowledged': row.exact === undefined ? '' : row.exact ? 'yes' : 'NO',
  })),
);
console.log(
  `Medians of ${rounds} rounds of ${seconds} s; × bare in each round: ` +
    found.one
      .map((row, round) => (row.requests_per_s / found.bare[round].requests_per_s).toFixed(2))
      .join(', '),
);
await visibility();
if (soak_s > 0) await soak(soak_s);
if (all.some((row) => row.exact === false)) process.exitCode = 1;
