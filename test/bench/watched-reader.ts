import { setTimeout as pause } from 'node:timers/promises';
import type { Reader } from '@throughline/journeys';
import type { Statement, Store } from '@throughline/store';

export interface Watched {
  /** The most memory that the statement had at any look. */
  peak_bytes: number;
  /** At the last look. */
  cpu_ms: number;
  wall_ms: number;
}

const LOOK_MS = 10;
/** A busy machine takes its time; what is measured must not be cut short. */
const TIMEOUT_S = 900;

/** A reader that runs one statement after another and tells `done` of each what it took. */
export function watchedReader(store: Store, done: (watched: Watched) => void): Reader {
  let last: Promise<unknown> = Promise.resolve();
  async function watch<Row>(statement: Statement<Row>): Promise<Row[]> {
    const from = performance.now();
    let running = true;
    const answer = store.query(statement, { timeout_s: TIMEOUT_S }).finally(() => {
      running = false;
    });
    let [peak_bytes, cpu_ms] = [0, 0];
    const looking = (async () => {
      while (running) {
        const [row] = await store.query<{ peak: number; cpu_us: number }>({
          sql: `SELECT peak_memory_usage AS peak, ProfileEvents['OSCPUVirtualTimeMicroseconds'] AS cpu_us
            FROM system.processes WHERE query NOT LIKE '%system.processes%' LIMIT 1`,
        });
        peak_bytes = Math.max(peak_bytes, row?.peak ?? 0);
        cpu_ms = Math.max(cpu_ms, (row?.cpu_us ?? 0) / 1000);
        await pause(LOOK_MS);
      }
    })();
    try {
      return await answer;
    } finally {
      const wall_ms = performance.now() - from;
      await looking;
      done({ peak_bytes, cpu_ms, wall_ms });
    }
  }
  return {
    query(statement) {
      const next = last.then(
        () => watch(statement),
        () => watch(statement),
      );
      last = next.catch(() => undefined);
      return next;
    },
  };
}
