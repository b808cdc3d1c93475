/**
 * One stored fact: a row of the `events` table. Names equal the table's columns.
 * Times are ISO 8601 UTC with milliseconds, `2026-11-22T03:04:05.678Z`. Unknown text is ''.
 */
export interface EventRow {
  site: string;
  event_id: string;
  visitor_id: string;
  /** '' when the sender knows no sessions; reports then take the visitor's day as one session. */
  session_id: string;
  /** Corrected like `time`; equals `time` when the sender knows no sessions. */
  session_started_at: string;
  time: string;
  received_at: string;
  /** Per visitor, orders events of one millisecond. 0 to 2^20 - 1. */
  seq: number;
  name: string;
  source: EventSource;
  reader: string;
  url: string;
  host: string;
  path: string;
  title: string;
  referrer: string;
  referrer_host: string;
  channel: string;
  utm_source: string;
  utm_medium: string;
  utm_campaign: string;
  utm_term: string;
  utm_content: string;
  /** `gclid`, `fbclid`, … when the session's entry carried one. */
  click_id: string;
  device: string;
  browser: string;
  os: string;
  country: string;
  is_bot: 0 | 1;
  order_id: string;
  cart_token: string;
  currency: string;
  /** Money in the event's currency; null when not sent. */
  total: number | null;
  subtotal: number | null;
  discount: number | null;
  tax: number | null;
  shipping: number | null;
  /** One entry a product, all arrays of one length. */
  'products.product_id': string[];
  'products.variant_id': string[];
  'products.sku': string[];
  'products.name': string[];
  'products.brand': string[];
  'products.category': string[];
  'products.price': number[];
  'products.quantity': number[];
  /** Every other property, flattened with dots, as text. */
  properties: Record<string, string>;
  /** The spool segment and the place in it: settles an ambiguous insert. */
  segment: string;
  segment_seq: number;
}

export type EventSource = 'tag' | 'pixel' | 'server' | 'import' | 'webhook';
