import type { EventRow } from '@throughline/contract';
import { lists } from '../lists.ts';
import { type Block, blockOf, CELLS, type ColumnType, columnFor } from '../native/block.ts';
import { CellWriter } from '../native/cell.ts';
import type { Store } from '../store.ts';
import { knownEvents } from './event-ids.ts';

/** The columns of `events`, one for each field of `EventRow`, with their types. */
export const EVENT_TYPES = {
  site: 'LowCardinality(String)',
  event_id: 'String',
  visitor_id: 'String',
  session_id: 'String',
  session_started_at: "DateTime64(3, 'UTC')",
  time: "DateTime64(3, 'UTC')",
  received_at: "DateTime64(3, 'UTC')",
  seq: 'UInt32',
  name: 'LowCardinality(String)',
  source: 'LowCardinality(String)',
  reader: 'LowCardinality(String)',
  url: 'String',
  host: 'LowCardinality(String)',
  path: 'String',
  title: 'String',
  referrer: 'String',
  referrer_host: 'LowCardinality(String)',
  channel: 'LowCardinality(String)',
  utm_source: 'LowCardinality(String)',
  utm_medium: 'LowCardinality(String)',
  utm_campaign: 'LowCardinality(String)',
  utm_term: 'String',
  utm_content: 'String',
  click_id: 'LowCardinality(String)',
  device: 'LowCardinality(String)',
  browser: 'LowCardinality(String)',
  os: 'LowCardinality(String)',
  country: 'LowCardinality(String)',
  is_bot: 'UInt8',
  order_id: 'String',
  cart_token: 'String',
  currency: 'LowCardinality(String)',
  total: 'Nullable(Decimal(18, 4))',
  subtotal: 'Nullable(Decimal(18, 4))',
  discount: 'Nullable(Decimal(18, 4))',
  tax: 'Nullable(Decimal(18, 4))',
  shipping: 'Nullable(Decimal(18, 4))',
  'products.product_id': 'Array(String)',
  'products.variant_id': 'Array(String)',
  'products.sku': 'Array(String)',
  'products.name': 'Array(String)',
  'products.brand': 'Array(LowCardinality(String))',
  'products.category': 'Array(LowCardinality(String))',
  'products.price': 'Array(Decimal(18, 4))',
  'products.quantity': 'Array(UInt32)',
  properties: 'Map(LowCardinality(String), String)',
  segment: 'LowCardinality(String)',
  segment_seq: 'UInt32',
} as const satisfies Record<keyof EventRow, ColumnType>;

export const EVENT_COLUMNS = Object.keys(EVENT_TYPES) as (keyof EventRow)[];

/** Rows as a block: for a few rows, such as those that are sent again. The loader makes its blocks of cells. */
export function eventsBlock(rows: readonly EventRow[]): Block {
  const cell = new CellWriter(4_096);
  const columns = EVENT_COLUMNS.map((name) => {
    const type = EVENT_TYPES[name];
    const column = columnFor(type);
    for (const row of rows) {
      const value = row[name];
      cell.end = 0;
      cell.put(CELLS[type], CELLS[type] === 'time' ? Date.parse(value as string) : value);
      column.repeat(cell.buffer, 0, 1);
    }
    return { name, type: column.type, parts: column.parts() };
  });
  return blockOf(rows.length, columns);
}

/** Inserts a block of whole rows. One segment's rows under one token, always the same. */
export async function insertEvents(store: Store, block: Block, token: string): Promise<void> {
  await store.insertBlock('events', block, { token });
}

/** How many rows of each of these segments are in the table; segments without any are left out. */
export async function storedCounts(store: Store, segments: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const ids of lists('segments', segments)) {
    const sql = `SELECT segment, count() AS rows FROM events WHERE segment IN ${ids.sql} GROUP BY segment`;
    const rows = await store.query<{ segment: string; rows: number }>({ sql, params: ids.params });
    for (const { segment, rows: count } of rows) found.set(segment, count);
  }
  return found;
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
