import type { PathsRequest } from '@throughline/contract';
import type { Bindings } from '../bindings.ts';
import { matchSql } from '../match.ts';
import { toldOnceSql } from '../orders.ts';
import { ORDER_KEY, resolvedSql, type Scope, sessionColumn, UNIT_COLUMN } from '../resolved.ts';
import { WINDOW_S_DEFAULT } from '../schema.ts';
import { segmentSql } from '../segment.ts';
import { IS_IDENTITY, IS_VISIT } from '../visit.ts';
import { DEPTH_DEFAULT } from './request.ts';

/**
 * One row a unit that has a path: `unit`, `names` (1 to `depth` of them) and `times` in milliseconds.
 *
 * The definition. A path begins at the unit's first event in the range, or at the first that matches `start`, and
 * goes forward; with `end` it begins at the last event that matches and goes backward. It takes the events within
 * the window of the one it began at; an event repeated directly after itself is one; at most `depth` are taken.
 * Events that only say who somebody is are left out, and so is every other telling of an order that is counted
 * already (see orders.ts). Per session only what belongs to a visit counts (see visit.ts). Events of one moment come in
 * the order of their names.
 */
export function pathUnitsSql(request: PathsRequest, scope: Scope, bindings: Bindings): string {
  const per = request.per ?? 'person';
  const depth = request.depth ?? DEPTH_DEFAULT;
  const window_ms = (request.window_s ?? WINDOW_S_DEFAULT) * 1000;
  const anchor = request.start ?? request.end;
  const match = anchor ? matchSql(anchor, bindings, scope) : { event: '1', person: '' };
  const events = resolvedSql(scope, bindings, {
    columns: [
      `${ORDER_KEY} AS key`,
      'name::String AS name',
      `(${match.event}) AS anchored`,
      ...(per === 'session' ? [sessionColumn(scope, bindings)] : []),
    ],
    where: `NOT (${IS_IDENTITY}) AND ${toldOnceSql(scope, bindings)}${per === 'session' ? ` AND ${IS_VISIT}` : ''}`,
    people: segmentSql(request.segment, scope, bindings),
  });
  const anchored = match.person === '' ? 'anchored' : `(anchored AND ${match.person})`;
  const backward = request.end !== undefined;
  const sorted = `arraySort(groupArray((key, name, ${anchored})))`;
  const ms = (key: string) => `toInt64(intDiv(${key}, 1048576))`;
  return `SELECT unit, arraySlice(path, 1, ${depth}).2 AS names,
      arrayMap(event -> ${ms('event.1')}, arraySlice(path, 1, ${depth})) AS times
    FROM (
      SELECT unit, arrayFilter((event, before) -> event.2 != before, near, arrayPushFront(arrayPopBack(near).2, '')) AS path
      FROM (
        SELECT unit, arrayFilter(event -> abs(${ms('event.1')} - ${ms('begun[1].1')}) <= ${window_ms}, begun) AS near
        FROM (
          SELECT unit, arraySlice(events, arrayFirstIndex(event -> event.3, events)) AS begun
          FROM (
            SELECT ${UNIT_COLUMN[per]} AS unit, ${backward ? `arrayReverse(${sorted})` : sorted} AS events
            FROM (${events}) GROUP BY unit
          )
          WHERE arrayExists(event -> event.3, events)
        )
      )
    )`;
}

/** Adds `nodes` to `units`: the ids, events not in `shown` (per step) gathered, `exit` after the last of a short path. */
export function pathNodesSql(units: string, shown: string[][], depth: number, bindings: Bindings): string {
  const lists = shown.map((names) => bindings.bind('Array(String)', names));
  return `SELECT *, if(length(names) < ${depth}, arrayPushBack(taken, concat(toString(length(names) + 1), ':exit')), taken) AS nodes
    FROM (
      SELECT *, arrayMap((name, step, list) -> concat(toString(step), ':',
          multiIf(NOT has(list, name), 'other', name IN ('other', 'exit'), concat('=', name), name)),
        names, arrayEnumerate(names), arraySlice([${lists.join(', ')}], 1, length(names))) AS taken
      FROM (${units})
    )`;
}
