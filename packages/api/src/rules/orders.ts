import type { Site } from '@throughline/contract';
import { lists, type Store } from '@throughline/store';
import { ownerIn, type Spans } from './owner-in.ts';

/** A telling of an order. */
interface Telling {
  order: string;
  visitor_id: string;
  time: string;
  total: number;
}

/** An order and whose it is, by the one and the other resolution. */
export interface OwnedOrder {
  revenue: number;
  before: string;
  after: string;
}

/**
 * The orders of these visitors, each once by its id. Of several tellings a known person's counts before a stranger's, and the
 * largest total. Other currencies than the site's count 0.
 */
export async function ordersOf(
  store: Store,
  site: Site,
  visitors: readonly string[],
  { before, after }: { before: Spans; after: Spans },
): Promise<Map<string, OwnedOrder>> {
  const orders = new Map<string, OwnedOrder>();
  for (const ids of lists('ids', visitors)) {
    const sql = `
      SELECT if(order_id = '', concat('event ', event_id), order_id) AS order, visitor_id, time,
        if(currency IN ('', {currency:String}), ifNull(toFloat64(total), 0), 0) AS total
      FROM events
      WHERE site = {site:String} AND name = 'order_completed' AND is_bot = 0 AND visitor_id IN ${ids.sql}
      ORDER BY time, event_id`;
    const params = { site: site.site, currency: site.currency, ...ids.params };
    for (const telling of await store.query<Telling>({ sql, params }))
      add(orders, telling, { before, after });
  }
  return orders;
}

function add(
  orders: Map<string, OwnedOrder>,
  telling: Telling,
  spans: { before: Spans; after: Spans },
): void {
  const told = {
    revenue: telling.total,
    before: ownerIn(spans.before, telling),
    after: ownerIn(spans.after, telling),
  };
  const known = orders.get(telling.order);
  orders.set(
    telling.order,
    known === undefined
      ? told
      : {
          revenue: Math.max(known.revenue, told.revenue),
          before: better(known.before, told.before),
          after: better(known.after, told.after),
        },
  );
}

const better = (one: string, other: string) =>
  one.startsWith('p_') ? one : other.startsWith('p_') ? other : one;
