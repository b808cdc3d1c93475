import type { EventMatch, Segment } from '@throughline/contract';
import type { Bindings } from './bindings.ts';
import { filterSql } from './filter.ts';
import { matchSql } from './match.ts';
import { ofOrderSql, toldOnceSql } from './orders.ts';
import { resolvedSql, type Scope } from './resolved.ts';
import { isOfOrder } from './telling.ts';

/**
 * A condition over `person_id`: the people of the segment. What they did is looked for in the scope's range.
 * Each `where` on an event's property holds if any event of theirs in the range satisfies it. An order is one event, by
 * the telling that stands for it, and is asked as a whole: see orders.ts.
 */
export function segmentSql(segment: Segment | undefined, scope: Scope, bindings: Bindings): string {
  const having = (where: string, people = '1') =>
    `person_id IN (SELECT person_id FROM (${resolvedSql(scope, bindings, { where, people })}))`;
  const did = (match: EventMatch) => {
    const { event, person } = matchSql(match, bindings, scope);
    const once = match.event === 'order_completed' ? ` AND ${toldOnceSql(scope, bindings)}` : '';
    return having(event + once, person || '1');
  };
  const conditions = [
    ...(segment?.did ?? []).map(did),
    ...(segment?.did_not ?? []).map((match) => `NOT (${did(match)})`),
    ...(segment?.where ?? []).map((filter) => {
      const { on, sql, column } = filterSql(filter, bindings, scope.site);
      if (on === 'person') return sql;
      return having(isOfOrder(column) ? ofOrderSql(sql, [column], scope, bindings) : sql);
    }),
  ];
  return conditions.length === 0 ? '1' : conditions.join(' AND ');
}
