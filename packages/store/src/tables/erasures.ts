import type { Store } from '../store.ts';

/** Notes that somebody of the site was erased. `at`: milliseconds since 1970. */
export const noteErasure = (store: Store, site: string, at: number): Promise<void> =>
  store.insert('erasures', [{ site, erased_at: new Date(at).toISOString() }]);

/** When somebody was last erased, of whatever site, in milliseconds since 1970; 0 for never. */
export async function lastErasure(store: Store): Promise<number> {
  const [row] = await store.query<{ at: number }>({
    sql: 'SELECT toUnixTimestamp64Milli(max(erased_at)) AS at FROM erasures',
  });
  return row?.at ?? 0;
}
