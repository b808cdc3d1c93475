import type { EventRow } from '@throughline/contract';
import { lists } from '../lists.ts';
import type { Store } from '../store.ts';
import { knownEvents } from './event-ids.ts';

/** The columns of `events`, one for each field of `EventRow`. */
export const EVENT_COLUMNS = Object.keys({
  site: 1,
  event_id: 1,
  visitor_id: 1,
  session_id: 1,
  session_started_at: 1,
  time: 1,
  received_at: 1,
  seq: 1,
  name: 1,
  source: 1,
  reader: 1,
  url: 1,
  host: 1,
  path: 1,
  title: 1,
  referrer: 1,
  referrer_host: 1,
  channel: 1,
  utm_source: 1,
  utm_medium: 1,
  utm_campaign: 1,
  utm_term: 1,
  utm_content: 1,
  click_id: 1,
  device: 1,
  browser: 1,
  os: 1,
  country: 1,
  is_bot: 1,
  order_id: 1,
  cart_token: 1,
  currency: 1,
  total: 1,
  subtotal: 1,
  discount: 1,
  tax: 1,
  shipping: 1,
  'products.product_id': 1,
  'products.variant_id': 1,
  'products.sku': 1,
  'products.name': 1,
  'products.brand': 1,
  'products.category': 1,
  'products.price': 1,
  'products.quantity': 1,
  properties: 1,
  segment: 1,
  segment_seq: 1,
} satisfies Record<keyof EventRow, 1>) as (keyof EventRow)[];

/** Inserts rows of `EventRow` as JSON lines, in one block. One segment's rows under one token, always the same. */
export async function insertEvents(store: Store, lines: Uint8Array, token: string): Promise<void> {
  await store.insertLines('events', lines, { token });
}

/** How many rows of a segment are in the table: settles an insert whose outcome is unknown. */
export async function storedRows(store: Store, segment: string): Promise<number> {
  const sql = 'SELECT count() AS rows FROM events WHERE segment = {segment:String}';
  const [row] = await store.query<{ rows: number }>({ sql, params: { segment } });
  return row?.rows ?? 0;
}

/**
 * Which rows of a segment are in the table, by their place in it. A block that spans months is written month by
 * month, so a crash can leave some of them.
 */
export async function storedSeqs(store: Store, segment: string): Promise<Set<number>> {
  const sql = 'SELECT segment_seq FROM events WHERE segment = {segment:String}';
  const rows = await store.query<{ segment_seq: number }>({ sql, params: { segment } });
  return new Set(rows.map((row) => row.segment_seq));
}

const COLUMNS = EVENT_COLUMNS.map((name) => `\`${name}\``).join(', ');

/** The events of these ids that count, in order of time. Unknown ids are left out. */
export async function findEvents(
  store: Store,
  site: string,
  event_ids: readonly string[],
): Promise<EventRow[]> {
  const owners = await knownEvents(store, [{ site, event_ids }]);
  // The id is in no key of events; its segment is in an index.
  const segments = [...new Set([...owners.values()].map((names) => names[0] ?? ''))];
  const found: EventRow[] = [];
  for (const ids of lists('ids', event_ids)) {
    const sql = `
      SELECT ${COLUMNS} FROM events
      WHERE site = {site:String} AND segment IN {segments:Array(String)} AND event_id IN ${ids.sql}
      ORDER BY time, seq LIMIT 1 BY event_id`;
    found.push(...(await store.query<EventRow>({ sql, params: { site, segments, ...ids.params } })));
  }
  return found;
}
