import type { OverviewRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { segmentSql } from '../segment.ts';
import { spillingInOneTable } from '../spilling.ts';

/** One row a day of the site's zone that has orders, and one for all (`total` 1). */
export interface OrdersRow {
  total: 0 | 1;
  date: string;
  orders: number;
  revenue: number;
  other_currency_orders: number;
}

export function ordersStatement(context: ReportContext, request: OverviewRequest): Statement<OrdersRow> {
  const bindings = new Bindings();
  const scope = scopeOf(context, request);
  const events = orderedEventsSql(scope, bindings, context.site.currency, {
    where: `name = 'order_completed'`,
    people: segmentSql(request.segment, scope, bindings),
    person: request.segment !== undefined,
  });
  const sql = `SELECT grouping(date) != 0 AS total, toString(date) AS date, count() AS orders, sum(revenue) AS revenue,
      countIf(other_currency) AS other_currency_orders
    FROM (SELECT *, toDate(time, ${bindings.text(context.site.timezone)}) AS date FROM (${events}) WHERE is_order)
    GROUP BY GROUPING SETS ((), (date)) ORDER BY total DESC, date`;
  return { sql: spillingInOneTable(sql), params: bindings.params };
}
