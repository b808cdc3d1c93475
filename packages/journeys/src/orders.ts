import type { Bindings } from './bindings.ts';
import { ORDER_KEY, resolvedSql, type Scope } from './resolved.ts';
import { VISIT_COLUMN } from './visit.ts';

/** What an order is worth: `total` in the site's currency; other currencies are not converted and count 0. */
const worth = (currency: string) => `if(currency IN ('', ${currency}), ifNull(toFloat64(total), 0), 0)`;

/**
 * Each order of the scope once, however often it was told: `order_event`, the id of the event that stands for it, and
 * what `more` (fixed fragments) makes of all tellings. Of a known person's tellings before a stranger's, one that belongs
 * to a visit stands before what a server tells on its own, so that the order is the browser's that bought; of
 * those the earliest. Orders without an id are one each.
 */
function standingSql(
  scope: Scope,
  bindings: Bindings,
  { columns = [], more = [] }: { columns?: string[]; more?: string[] } = {},
): string {
  const events = resolvedSql(scope, bindings, {
    columns: ['event_id', 'order_id', `${ORDER_KEY} AS key`, VISIT_COLUMN, ...columns],
    where: `name = 'order_completed'`,
  });
  const stands = `argMin(event_id, (NOT startsWith(person_id, 'p_'), NOT visit, key, event_id)) AS order_event`;
  return `SELECT ${[stands, ...more].join(', ')} FROM (${events}) GROUP BY order_id, if(order_id = '', event_id, '')`;
}

/** Each order of the scope once, see above, with its `revenue`, the largest that any telling carries, and `other_currency`. */
function ordersSql(scope: Scope, bindings: Bindings, currency: string): string {
  return standingSql(scope, bindings, {
    columns: [
      `${worth(bindings.text(currency))} AS worth`,
      `currency NOT IN ('', ${bindings.text(currency)}) AS other`,
    ],
    more: ['max(worth) AS revenue', 'min(other) AS other_currency'],
  });
}

/** Condition over `events`: the event stands for an order of the scope. */
export function isOrderSql(scope: Scope, bindings: Bindings): string {
  return `(name = 'order_completed' AND event_id IN (${standingSql(scope, bindings)}))`;
}

/** Condition over `events`: it is not another telling of an order that another event stands for. */
export function toldOnceSql(scope: Scope, bindings: Bindings): string {
  return `(name != 'order_completed' OR event_id IN (${standingSql(scope, bindings)}))`;
}

/**
 * The resolved events (see resolved.ts) with `is_order`, 1 on the event that stands for an order, its `revenue`,
 * `other_currency`, 1 when every telling of it is in another currency than the site's, and `retold`, 1 on every other telling of an order.
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
      event.order_event != '' AND ordered.order_event = '' AS retold, ordered.revenue AS revenue,
      ordered.other_currency AS other_currency
    FROM (${events}) AS event
    LEFT JOIN (${ordersSql(scope, bindings, currency)}) AS ordered ON event.order_event = ordered.order_event`;
}
