import type { OverviewRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { ORDER_KEY, sessionColumn } from '../resolved.ts';
import { segmentSql } from '../segment.ts';
import { CAN_ARRIVE, VISIT_COLUMN } from '../visit.ts';

/** One row a day of the site's zone, and one for all (`total` 1). */
export interface DayRow {
  total: 0 | 1;
  date: string;
  people: number;
  known_people: number;
  visitors: number;
  sessions: number;
  events: number;
  buyers: number;
  orders: number;
  revenue: number;
}

export interface ChannelRow {
  channel: string;
  people: number;
  sessions: number;
  buyers: number;
  revenue: number;
}

function eventsOf(context: ReportContext, request: OverviewRequest, bindings: Bindings): string {
  const scope = scopeOf(context, request);
  return orderedEventsSql(scope, bindings, context.site.currency, {
    columns: [
      `${ORDER_KEY} AS key`,
      'name::String AS name',
      sessionColumn(scope, bindings),
      'channel::String AS channel',
      VISIT_COLUMN,
    ],
    people: segmentSql(request.segment, scope, bindings),
  });
}

export function daysStatement(context: ReportContext, request: OverviewRequest): Statement<DayRow> {
  const bindings = new Bindings();
  const events = eventsOf(context, request, bindings);
  const sql = `SELECT grouping(date) != 0 AS total, toString(date) AS date, uniqExact(person_id) AS people,
      uniqExactIf(person_id, startsWith(person_id, 'p_')) AS known_people, uniqExact(visitor_id) AS visitors,
      uniqExactIf(session, visit) AS sessions, count() AS events, uniqExactIf(person_id, is_order) AS buyers,
      countIf(is_order) AS orders, sum(revenue) AS revenue
    FROM (SELECT *, toDate(time, ${bindings.text(context.site.timezone)}) AS date FROM (${events}))
    GROUP BY GROUPING SETS ((), (date)) ORDER BY total DESC, date`;
  return { sql, params: bindings.params };
}

/**
 * Visits by their own channel; people, buyers and revenue by the channel of the person's first visit that has one.
 * What arrives, and by which channel, is as on the map: see visit.ts.
 */
export function channelsStatement(context: ReportContext, request: OverviewRequest): Statement<ChannelRow> {
  const bindings = new Bindings();
  const sessions = `SELECT person_id, session, minIf(key, ${CAN_ARRIVE}) AS begun, argMinIf(channel, key, ${CAN_ARRIVE}) AS arrived, max(visit) AS visited, max(is_order) AS bought, sum(revenue) AS revenue
    FROM (${eventsOf(context, request, bindings)}) GROUP BY person_id, session`;
  const people = `SELECT argMinIf(arrived, begun, arrived != '') AS first, max(bought) AS buyer, sum(revenue) AS spent,
      sumMap(if(visited, map(if(arrived = '', 'unassigned', arrived), 1), map())) AS arrivals
    FROM (${sessions}) GROUP BY person_id`;
  const sql = `SELECT row.1 AS channel, sum(row.2) AS people, sum(row.3) AS sessions, sum(row.4) AS buyers, sum(row.5) AS revenue
    FROM (${people})
    ARRAY JOIN arrayPushBack(
      arrayMap((name, number) -> (name, 0, number, 0, 0)::Tuple(String, UInt64, UInt64, UInt64, Float64), mapKeys(arrivals), mapValues(arrivals)),
      (if(first = '', 'unassigned', first), 1, 0, buyer, spent)::Tuple(String, UInt64, UInt64, UInt64, Float64)) AS row
    GROUP BY channel ORDER BY people DESC, channel`;
  return { sql, params: bindings.params };
}
