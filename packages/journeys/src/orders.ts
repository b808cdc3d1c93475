import type { Bindings } from './bindings.ts';
import { ORDER_KEY, resolvedSql, type Scope } from './resolved.ts';

/** What an order is worth: `total` in the site's currency; other currencies are not converted and count 0. */
const worth = (currency: string) => `if(currency IN ('', ${currency}), ifNull(toFloat64(total), 0), 0)`;

/**
 * Each order of the scope once, however often it was told: `event_id` of the event that stands for it and its
 * `revenue`, the largest that any of them carries. It stands for a known person rather than a stranger, and is the
 * earliest. Orders without an id are one each.
 */
export function ordersSql(scope: Scope, bindings: Bindings, currency: string): string {
  const events = resolvedSql(scope, bindings, {
    columns: ['event_id', 'order_id', `${ORDER_KEY} AS key`, `${worth(bindings.text(currency))} AS worth`],
    where: `name = 'order_completed'`,
  });
  return `SELECT argMin(event_id, (NOT startsWith(person_id, 'p_'), key, event_id)) AS order_event, max(worth) AS revenue
    FROM (${events}) GROUP BY order_id, if(order_id = '', event_id, '')`;
}

/**
 * The resolved events (see resolved.ts) with `is_order`, 1 on the event that stands for an order, its `revenue`, and
 * `retold`, 1 on every other telling of an order.
 */
export function orderedEventsSql(
  scope: Scope,
  bindings: Bindings,
  currency: string,
  { columns = [], where = '1', people = '1' }: { columns?: string[]; where?: string; people?: string },
): string {
  const events = resolvedSql(scope, bindings, {
    columns: [...columns, `if(name = 'order_completed', event_id, '') AS order_event`],
    where,
    people,
  });
  return `SELECT event.*, ordered.order_event != '' AS is_order,
      event.order_event != '' AND ordered.order_event = '' AS retold, ordered.revenue AS revenue
    FROM (${events}) AS event
    LEFT JOIN (${ordersSql(scope, bindings, currency)}) AS ordered ON event.order_event = ordered.order_event`;
}
