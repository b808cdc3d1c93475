import { lists } from '../lists.ts';
import type { Store } from '../store.ts';

/** When these visitors did something, an entry an event. */
export async function eventTimes(
  store: Store,
  site: string,
  visitors: readonly string[],
): Promise<{ visitor_id: string; time: string }[]> {
  const found: { visitor_id: string; time: string }[] = [];
  for (const ids of lists('ids', visitors)) {
    const sql = `SELECT visitor_id, time FROM events WHERE site = {site:String} AND visitor_id IN ${ids.sql}`;
    found.push(...(await store.query<(typeof found)[number]>({ sql, params: { site, ...ids.params } })));
  }
  return found;
}
