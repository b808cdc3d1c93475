import type { NewRow } from './draft.ts';
import type { Arrival, Incoming } from './incoming.ts';

/** Shared by all rows that have none; a step that has some puts lists of its own in. */
const NONE: never[] = [];
const NO_PROPERTIES = {};

/** Every column, unknown: one shape for all rows keeps them quick to read. */
export function newRow(arrival: Arrival, incoming: Incoming): NewRow {
  return {
    site: arrival.site.site,
    event_id: '',
    visitor_id: '',
    session_id: '',
    session_started_at: 0,
    time: 0,
    received_at: arrival.received_ms,
    seq: 0,
    name: '',
    source: incoming.source,
    reader: incoming.reader,
    url: '',
    host: '',
    path: '',
    title: '',
    referrer: '',
    referrer_host: '',
    channel: '',
    utm_source: '',
    utm_medium: '',
    utm_campaign: '',
    utm_term: '',
    utm_content: '',
    click_id: '',
    device: '',
    browser: '',
    os: '',
    country: '',
    is_bot: 0,
    order_id: '',
    cart_token: '',
    currency: '',
    total: null,
    subtotal: null,
    discount: null,
    tax: null,
    shipping: null,
    'products.product_id': NONE,
    'products.variant_id': NONE,
    'products.sku': NONE,
    'products.name': NONE,
    'products.brand': NONE,
    'products.category': NONE,
    'products.price': NONE,
    'products.quantity': NONE,
    properties: NO_PROPERTIES,
  };
}
