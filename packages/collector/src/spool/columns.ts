import { CELLS, type CellKind, EVENT_TYPES } from '@throughline/store';
import type { NewRow } from '../steps/draft.ts';

/**
 * The columns of a row in a segment file, by their place in this list. Only ever append to it: files that wait
 * were written with an earlier, shorter list.
 */
export const SPOOL_COLUMNS = [
  'site',
  'event_id',
  'visitor_id',
  'session_id',
  'session_started_at',
  'time',
  'received_at',
  'seq',
  'name',
  'source',
  'reader',
  'url',
  'host',
  'path',
  'title',
  'referrer',
  'referrer_host',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'click_id',
  'device',
  'browser',
  'os',
  'country',
  'is_bot',
  'order_id',
  'cart_token',
  'currency',
  'total',
  'subtotal',
  'discount',
  'tax',
  'shipping',
  'products.product_id',
  'products.variant_id',
  'products.sku',
  'products.name',
  'products.brand',
  'products.category',
  'products.price',
  'products.quantity',
  'properties',
] as const satisfies readonly (keyof NewRow)[];

/** A column of the row that the list lacks would never reach the store: then this does not compile. */
type Missing = Exclude<keyof NewRow, (typeof SPOOL_COLUMNS)[number]>;
export const COMPLETE: [Missing] extends [never] ? true : Missing = true;

/** How each column's cells are written, by its place. */
export const CELL_KINDS: readonly CellKind[] = SPOOL_COLUMNS.map((name) => CELLS[EVENT_TYPES[name]]);

export const EVENT_ID = SPOOL_COLUMNS.indexOf('event_id');

/** Whether the value is what the column holds where a row says nothing. */
export function isDefault(kind: CellKind, value: unknown): boolean {
  if (kind === 'text') return value === '';
  if (kind === 'money') return value === null;
  if (kind !== 'json') return value === 0;
  for (const _ in value as object) return false;
  return true;
}

/** What a column that a record does not hold says of its rows. */
export const defaultOf = (name: (typeof SPOOL_COLUMNS)[number], kind: CellKind): unknown =>
  kind === 'text' ? '' : kind === 'money' ? null : kind !== 'json' ? 0 : name === 'properties' ? {} : [];
