import type { RefusalReason } from '@throughline/contract';
import type { Store } from '../store.ts';

/** For so long it is known why an event was not stored. */
export const TURNED_AWAY_DAYS = 7;

/** Why an event was not stored; `duplicate`: one of its id counts already. */
export interface TurnedAway {
  site: string;
  event_id: string;
  reason: RefusalReason | 'duplicate';
  /** Place in what was sent; '' for the whole of it. */
  field: string;
  received_at: string;
}

/** The same row again changes nothing. */
export const putTurnedAway = (store: Store, rows: readonly TurnedAway[]): Promise<void> =>
  rows.length === 0 ? Promise.resolve() : store.insert('turned_away', rows);

const OF_ID_MAX = 20;

/** The latest of one event id, the latest last. */
export async function turnedAway(
  store: Store,
  site: string,
  event_id: string,
): Promise<Omit<TurnedAway, 'site' | 'event_id'>[]> {
  const sql = `
    SELECT reason, field, received_at FROM turned_away FINAL
    WHERE site = {site:String} AND event_id = {event_id:String}
    ORDER BY received_at DESC, reason LIMIT {most:UInt8}`;
  const rows = await store.query<Omit<TurnedAway, 'site' | 'event_id'>>({
    sql,
    params: { site, event_id, most: OF_ID_MAX },
  });
  return rows.reverse();
}
