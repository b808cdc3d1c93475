import type { EventRow, Link, OwnerSpan, Site } from '@throughline/contract';
import type { Store } from '@throughline/store';
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

export function pickFrom(random: () => number) {
  return <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
}

/** The day of every random event. */
export const RANDOM_DAY_MS = Date.UTC(2026, 10, 1);

/**
 * A few visitors with a few events crowded into few moments, so that ties, re-entry and exact windows occur; some
 * visitors belong to one person, some change hands. `owner` is the person of an event.
 */
export function randomShop(
  site: string,
  random: () => number,
  names: readonly string[] = ['a', 'b', 'c', 'x'],
) {
  const pick = pickFrom(random);
  const visitors = ['v1', 'v2', 'v3', 'v4', 'v5'];
  const spread = pick([4, 12, 60]);
  const at = (offset_ms: number) => new Date(RANDOM_DAY_MS + offset_ms).toISOString();
  const events = Array.from({ length: 8 + Math.floor(random() * 22) }, () =>
    eventRow({
      site,
      visitor_id: pick(visitors),
      session_id: pick(['s1', 's2']),
      time: at(Math.floor(random() * spread) * 1000),
      seq: random() < 0.7 ? 0 : Math.floor(random() * 3),
      name: pick(names),
      path: pick(['/1', '/2']),
      channel: pick(['', 'email', 'direct']),
    }),
  );
  const spans = new Map(
    visitors.slice(0, 4).map((visitor) => [
      visitor,
      random() < 0.3
        ? [
            { from: at(5000), person_id: 'p_1' },
            { from: at(15_000), person_id: pick(['', 'p_2']) },
          ]
        : [{ from: at(-1000), person_id: pick(['p_1', 'p_2']) }],
    ]),
  );
  const owner = ({ visitor_id, time }: EventRow) =>
    spans.get(visitor_id)?.findLast(({ from }) => from <= time)?.person_id || visitor_id;
  return {
    site,
    events,
    owner,
    assignments: [...spans].map(([visitor, list]) => assignmentRow(visitor, list, site)),
  };
}

/** Puts what random shops have recorded, and whose it was found to be, into the store. */
export async function insertShops(
  store: Pick<Store, 'insert'>,
  shops: readonly Pick<ReturnType<typeof randomShop>, 'events' | 'assignments'>[],
): Promise<void> {
  await store.insert(
    'events',
    shops.flatMap(({ events }) => events),
  );
  await store.insert(
    'assignments',
    shops.flatMap(({ assignments }) => assignments),
  );
}

export function groupBy<Item>(items: Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** Seconds; the mean of the two in the middle of an even number; null of none. */
export function median(times_ms: number[]): number | null {
  const sorted = times_ms.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return sorted.length === 0 ? null : (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2000;
}

/** A row of `links`. */
export function linkRow(partial: Partial<Link> & Pick<Link, 'event_id' | 'visitor_id' | 'time'>): object {
  return {
    site: 'shop',
    kind: 'identify',
    session_id: '',
    session_started_at: partial.time,
    seq: 0,
    identifiers: [],
    traits: {},
    source: 'tag',
    author: '',
    reason: '',
    target: '',
    segment: 'test',
    ...partial,
    proven: 1,
  };
}
