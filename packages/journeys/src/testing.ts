import type { EventRow, OwnerSpan, Site } from '@throughline/contract';
import type { ReportContext } from './reader.ts';

/** A full row of `events` around what a test cares about. Times may be left to follow from `time`. */
export function eventRow(
  partial: Partial<EventRow> & Pick<EventRow, 'visitor_id' | 'time' | 'name'>,
): EventRow {
  made += 1;
  const id = `e${made}`;
  return {
    site: 'shop',
    event_id: id,
    session_id: '',
    session_started_at: partial.time,
    received_at: partial.time,
    seq: 0,
    source: 'tag',
    reader: '',
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
    'products.product_id': [],
    'products.variant_id': [],
    'products.sku': [],
    'products.name': [],
    'products.brand': [],
    'products.category': [],
    'products.price': [],
    'products.quantity': [],
    properties: {},
    segment: 'test',
    segment_seq: made,
    ...partial,
  };
}
let made = 0;

/** Products of an event by id, the other keys filled in. */
export function products(...ids: string[]): Partial<EventRow> {
  const empty = ids.map(() => '');
  return {
    'products.product_id': ids,
    'products.variant_id': empty,
    'products.sku': empty,
    'products.name': ids.map((id) => `Product ${id}`),
    'products.brand': empty,
    'products.category': empty,
    'products.price': ids.map(() => 10),
    'products.quantity': ids.map(() => 1),
  };
}

/** A row of `assignments`: who owns the visitor from when on; times ISO 8601. */
export function assignmentRow(
  visitor_id: string,
  spans: (Pick<OwnerSpan, 'from' | 'person_id'> & Partial<OwnerSpan>)[],
  site = 'shop',
): object {
  return {
    site,
    visitor_id,
    spans: spans.map((span) => ({
      rule: span.person_id ? 'identified_in_session' : 'nobody',
      evidence: '',
      ...span,
    })),
    version: 1,
  };
}

/** A row of `customers`. */
export function customerRow(
  person_id: string,
  traits: Record<string, string> = {},
  more: {
    site?: string;
    identifiers?: { kind: string; value: string }[];
    gone?: 0 | 1;
    successor?: string;
  } = {},
): object {
  return {
    site: 'shop',
    person_id,
    identifiers: [],
    traits,
    first_identified_at: '2026-01-01T00:00:00.000Z',
    last_identified_at: '2026-01-01T00:00:00.000Z',
    gone: 0,
    successor: '',
    version: 1,
    ...more,
  };
}

export function testContext(site: Partial<Site> = {}): ReportContext {
  return {
    now: new Date('2026-11-22T00:00:00Z'),
    site: { site: 'shop', name: 'Shop', hosts: [], timezone: 'UTC', currency: 'EUR', settings: {}, ...site },
  };
}

/** Numbers from 0 below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
