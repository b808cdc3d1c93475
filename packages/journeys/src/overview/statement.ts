import type { OverviewRequest, PeopleOf } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { ORDER_KEY, sessionColumn } from '../resolved.ts';
import { segmentSql } from '../segment.ts';
import { spillingInOneTable } from '../spilling.ts';
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
  other_currency_orders: number;
}

type OfOverview = Extract<PeopleOf, { report: 'overview' }>;

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

/** The events with the `date` they fall on in the site's zone. */
function datedSql(context: ReportContext, request: OverviewRequest, bindings: Bindings): string {
  return `SELECT *, toDate(time, ${bindings.text(context.site.timezone)}) AS date
    FROM (${eventsOf(context, request, bindings)})`;
}

/** One row a person: `unit`, `channel`, `buyer`, what was `spent`, and `arrivals`, the number of visits by channel. */
function peopleSql(context: ReportContext, request: OverviewRequest, bindings: Bindings): string {
  const sessions = `SELECT person_id, session, minIf(key, ${CAN_ARRIVE}) AS begun, argMinIf(channel, key, ${CAN_ARRIVE}) AS arrived,
      max(visit) AS visited, max(is_order) AS bought, sum(revenue) AS revenue
    FROM (${eventsOf(context, request, bindings)}) GROUP BY person_id, session`;
  return `SELECT person_id AS unit, argMinIf(arrived, begun, arrived != '') AS first,
      if(first = '', 'unassigned', first) AS channel, max(bought) AS buyer, sum(revenue) AS spent,
      sumMap(if(visited, map(if(arrived = '', 'unassigned', arrived), 1), map())) AS arrivals
    FROM (${sessions}) GROUP BY person_id`;
}

export function daysStatement(context: ReportContext, request: OverviewRequest): Statement<DayRow> {
  const bindings = new Bindings();
  const sql = `SELECT grouping(date) != 0 AS total, toString(date) AS date, uniqExact(person_id) AS people,
      uniqExactIf(person_id, startsWith(person_id, 'p_')) AS known_people, uniqExact(visitor_id) AS visitors,
      uniqExactIf(session, visit) AS sessions, count() AS events, uniqExactIf(person_id, is_order) AS buyers,
      countIf(is_order) AS orders, sum(revenue) AS revenue, countIf(is_order AND other_currency) AS other_currency_orders
    FROM (${datedSql(context, request, bindings)})
    GROUP BY GROUPING SETS ((), (date)) ORDER BY total DESC, date`;
  return { sql: spillingInOneTable(sql), params: bindings.params };
}

/**
 * Visits by their own channel; people, buyers and revenue by the channel of the person's first visit that has one.
 * What arrives, and by which channel, is as on the map: see visit.ts.
 */
export function channelsStatement(context: ReportContext, request: OverviewRequest): Statement<ChannelRow> {
  const bindings = new Bindings();
  const sql = `SELECT row.1 AS channel, sum(row.2) AS people, sum(row.3) AS sessions, sum(row.4) AS buyers, sum(row.5) AS revenue
    FROM (${peopleSql(context, request, bindings)}) AS person
    ARRAY JOIN arrayPushBack(
      arrayMap((name, number) -> (name, 0, number, 0, 0)::Tuple(String, UInt64, UInt64, UInt64, Float64), mapKeys(arrivals), mapValues(arrivals)),
      (person.channel, 1, 0, buyer, spent)::Tuple(String, UInt64, UInt64, UInt64, Float64)) AS row
    GROUP BY channel ORDER BY people DESC, channel`;
  return { sql: spillingInOneTable(sql), params: bindings.params };
}

/** The people behind a number of the overview, from the same rows: one column, `unit`. */
export function behindOverview(context: ReportContext, of: OfOverview, bindings: Bindings): string {
  const { request, what, channel, date } = of;
  const wanted = { people: '1', known: `startsWith(unit, 'p_')`, buyers: 'buyer' }[what];
  const people = peopleSql(context, request, bindings);
  const byChannel = channel === undefined ? '1' : `channel = ${bindings.text(channel)}`;
  if (date === undefined) return `SELECT unit FROM (${people}) WHERE ${wanted} AND ${byChannel}`;
  const ofDay = `SELECT person_id AS unit, max(is_order) AS buyer FROM (${datedSql(context, request, bindings)})
    WHERE toString(date) = ${bindings.text(date)} GROUP BY person_id`;
  const ofChannel = channel === undefined ? '1' : `unit IN (SELECT unit FROM (${people}) WHERE ${byChannel})`;
  return `SELECT unit FROM (${ofDay}) WHERE ${wanted} AND ${ofChannel}`;
}
