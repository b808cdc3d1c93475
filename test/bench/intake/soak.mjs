// Memory over a long load: it must not grow.
import { load, startOurs } from './processes.mjs';

const EVENTS_PER_S = 5_000;
const STEPS = 10;

export async function soak(seconds) {
  const server = await startOurs();
  const options = {
    url: server.url,
    path: '/e',
    connections: 50,
    events_per_request: 10,
    site: server.site,
    events_per_s: EVENTS_PER_S,
  };
  const rows = [];
  let acknowledged = 0;
  for (let step = 1; step <= STEPS; step += 1) {
    const result = await load({ ...options, seconds: seconds / STEPS });
    acknowledged += result.acknowledged_events;
    rows.push({
      'after s': Math.round((seconds / STEPS) * step),
      'events/s': Math.round(result.events_per_s),
      'p99 ms': result.p99_ms.toFixed(1),
      'server RSS MB': await server.memory_mb(),
      'engine RSS MB': await server.engine_memory_mb(),
    });
  }
  const books = await server.drained();
  await server.stop();
  console.table(rows);
  console.log(`Stored ${books.stored} of ${acknowledged} acknowledged.`);
  if (books.stored !== acknowledged) process.exitCode = 1;
}
