import type { Store } from './store.ts';

/** Microseconds since 1970 by the database's clock, the one that all collectors share. */
export async function storeClock(store: Store): Promise<number> {
  const [row] = await store.query<{ now: number }>({ sql: 'SELECT toUnixTimestamp64Micro(now64(6)) AS now' });
  return row!.now;
}

/** Milliseconds since the ClickHouse that answers was started, to the second. */
export async function uptime(store: Store): Promise<number> {
  const [row] = await store.query<{ s: number }>({ sql: 'SELECT uptime() AS s' });
  return row!.s * 1000;
}
