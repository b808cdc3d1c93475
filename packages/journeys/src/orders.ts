import type { Bindings } from './bindings.ts';
import { inScope, ORDER_KEY, type ResolvedOptions, resolvedSql, type Scope } from './resolved.ts';
import { settledColumns, TELLING_COLUMNS } from './telling.ts';
import { VISIT_COLUMN } from './visit.ts';

/*
 * One order counts once, whatever told it and how often: the shop's page, its server, a webhook. Tellings are the
 * scope's `order_completed` events of one `order_id`; events without an id are an order each.
 *
 * - One telling stands for the order in a journey: a known person's before a stranger's; of those one that belongs
 *   to a visit before what a server tells on its own, so that the order is the browser's that bought; of those the
 *   earliest. The others are no events of any report.
 * - What the order says of money, products and properties is put together of all tellings: see telling.ts.
 *
 * Nearly every order of many shops is told once. Those need none of this, so only the others are settled.
 */

/** The ids of the orders that were told more than once. */
function retoldOrdersSql(scope: Scope, bindings: Bindings): string {
  return `SELECT order_id FROM events
    WHERE ${inScope(scope, bindings)} AND name = 'order_completed' AND order_id != ''
    GROUP BY order_id HAVING count() > 1`;
}

/**
 * One row an order that was told more than once: `order_event`, the id of the event that stands for it, `told`, the
 * ids of all, and of the order as a whole those of the `columns` of `events`.
 */
function settledSql(scope: Scope, bindings: Bindings, columns: readonly string[] = []): string {
  const settled = settledColumns(columns);
  const tellings = resolvedSql(scope, bindings, {
    columns: ['event_id', 'order_id', `${ORDER_KEY} AS key`, VISIT_COLUMN, ...TELLING_COLUMNS, ...settled.of],
    where: `name = 'order_completed' AND order_id IN (${retoldOrdersSql(scope, bindings)})`,
    visitors: `visitor_id IN (SELECT visitor_id FROM events WHERE ${inScope(scope, bindings)} AND name = 'order_completed')`,
  });
  const gathered = `SELECT order_id, groupArray(event_id) AS told, argMin(event_id, stands) AS order_event${settled.gather}
    FROM (SELECT *, (NOT startsWith(person_id, 'p_'), NOT visit, key, event_id) AS stands FROM (${tellings}))
    GROUP BY order_id`;
  return settled.finish(gathered);
}

/** Condition over `events`: it is not another telling of an order that another event stands for. */
export function toldOnceSql(scope: Scope, bindings: Bindings): string {
  return `(name != 'order_completed' OR event_id NOT IN (
    SELECT arrayJoin(arrayFilter(id -> id != order_event, told)) FROM (${settledSql(scope, bindings)})))`;
}

/** Condition over `events`: the event stands for an order of the scope. */
export function isOrderSql(scope: Scope, bindings: Bindings): string {
  return `(name = 'order_completed' AND ${toldOnceSql(scope, bindings)})`;
}

/**
 * Condition over `events` like `test`, which asks for `columns`: of an order that was told more than once it is asked of
 * the order as a whole, and holds for the event that stands for it.
 */
export function ofOrderSql(
  test: string,
  columns: readonly string[],
  scope: Scope,
  bindings: Bindings,
): string {
  return `if(name = 'order_completed' AND order_id IN (${retoldOrdersSql(scope, bindings)}),
    event_id IN (SELECT order_event FROM (${settledSql(scope, bindings, columns)}) WHERE ${test}), ${test})`;
}

/** Sub-query with `order_event` and what `expression` over `columns` is for each order that was told more than once, as `value`. */
export function orderValuesSql(
  expression: string,
  columns: readonly string[],
  scope: Scope,
  bindings: Bindings,
): string {
  return `SELECT order_event, ${expression} AS value FROM (${settledSql(scope, bindings, columns)})`;
}

/**
 * The resolved events (see resolved.ts) with `is_order`, 1 on the event that stands for an order, its `revenue` (the
 * total in the site's currency; other currencies are not converted and count 0), `other_currency`, 1 when it is in
 * another, and `retold`, 1 on every other telling of an order.
 */
export function orderedEventsSql(
  scope: Scope,
  bindings: Bindings,
  currency: string,
  { columns = [], ...options }: ResolvedOptions,
): string {
  const site = bindings.text(currency);
  const worth = `if(currency IN ('', ${site}), ifNull(toFloat64(total), 0), 0)`;
  const other = `currency NOT IN ('', ${site})`;
  const events = resolvedSql(scope, bindings, {
    columns: [
      ...columns,
      `if(name = 'order_completed', event_id, '') AS order_event`,
      `if(name = 'order_completed', ${worth}, 0) AS own_worth`,
      `(name = 'order_completed' AND ${other}) AS own_other`,
    ],
    ...options,
  });
  const settled = `SELECT arrayJoin(told) AS telling, order_event, ${worth} AS worth, ${other} AS other
    FROM (${settledSql(scope, bindings, ['total', 'currency'])})`;
  return `SELECT event.* EXCEPT (order_event, own_worth, own_other),
      event.order_event != settled.order_event AND settled.order_event != '' AS retold,
      event.order_event != '' AND NOT retold AS is_order,
      multiIf(NOT is_order, 0, settled.order_event = '', own_worth, settled.worth) AS revenue,
      is_order AND if(settled.order_event = '', own_other, settled.other) AS other_currency
    FROM (${events}) AS event
    LEFT JOIN (${settled}) AS settled ON event.order_event = settled.telling`;
}
