import type { EventMatch } from '@throughline/contract';
import type { Bindings } from './bindings.ts';
import { filterSql } from './filter.ts';
import { ofOrderSql } from './orders.ts';
import type { Scope } from './resolved.ts';
import { isOfOrder } from './telling.ts';

/** An event match as SQL: `event` over the columns of `events`, `person` over the resolved person, '' if none. */
export interface MatchSql {
  event: string;
  person: string;
}

/** What is asked of an order is asked of the order as a whole: see orders.ts. */
export function matchSql({ event, where = [] }: EventMatch, bindings: Bindings, scope: Scope): MatchSql {
  const filters = where.map((filter) => filterSql(filter, bindings, scope.site));
  const own = filters.filter(({ on }) => on === 'event');
  const columns = own.map(({ column }) => column);
  const test = own.map(({ sql }) => sql).join(' AND ');
  const ofOrder = event === 'order_completed' && columns.some(isOfOrder);
  return {
    event: [
      `name = ${bindings.text(event)}`,
      ...(test === '' ? [] : [ofOrder ? ofOrderSql(`(${test})`, columns, scope, bindings) : test]),
    ].join(' AND '),
    person: filters
      .filter(({ on }) => on === 'person')
      .map(({ sql }) => sql)
      .join(' AND '),
  };
}
