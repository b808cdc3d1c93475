import type { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { ORDER_KEY, type Scope, sessionColumn } from '../resolved.ts';
import { CAN_ARRIVE, TELLS_CHANNEL, VISIT_COLUMN } from '../visit.ts';

/**
 * `events` (ordered, with `session` and `person_id`) with whose each shared visit is: `arrives` and `tells` are the conditions that an
 * event can stand for the arrival of its visit, and for its channel, which are both the one's who came first: of the `people`
 * (a condition over `person_id`) that the report is about.
 */
export function arrivedSql(
  events: string,
  scope: Scope,
  bindings: Bindings,
  { currency, people }: { currency: string; people: string },
): { events: string; arrives: string; tells: string } {
  const joined = `(SELECT event.*, shared.arrived AS arrived, shared.told AS told
    FROM (${events}) AS event LEFT JOIN (${sharedVisitsSql(scope, bindings, currency, people)}) AS shared ON event.session = shared.session)`;
  return {
    events: joined,
    arrives: `(${CAN_ARRIVE} AND arrived IN ('', person_id))`,
    tells: `(${TELLS_CHANNEL} AND told IN ('', person_id))`,
  };
}

/** The visits that several people were in: `session`, and whose are its first event that `arrived` and that `told` a channel. */
function sharedVisitsSql(scope: Scope, bindings: Bindings, currency: string, people: string): string {
  const events = orderedEventsSql(scope, bindings, currency, {
    columns: [
      `${ORDER_KEY} AS key`,
      'name::String AS name',
      sessionColumn(scope, bindings),
      'channel::String AS channel',
      VISIT_COLUMN,
    ],
    where: `visitor_id IN (${changingSql(scope, bindings)})`,
    people,
    few: true,
  });
  return `SELECT session, argMinIf(person_id, key, ${CAN_ARRIVE}) AS arrived, argMinIf(person_id, key, ${TELLS_CHANNEL}) AS told
    FROM (${events}) GROUP BY session HAVING uniqExact(person_id) > 1`;
}

/** The visitors that change hands within the scope: few, so that nobody else's visits need to be looked at. */
function changingSql(scope: Scope, bindings: Bindings): string {
  const moment = (ms: number) => `fromUnixTimestamp64Milli(${bindings.bind('Int64', ms)}, 'UTC')`;
  return `SELECT visitor_id FROM assignments FINAL WHERE site = ${bindings.text(scope.site)}
    AND arrayExists((since, owner, before) -> owner != before AND since > ${moment(scope.from_ms)} AND since < ${moment(scope.to_ms)},
      spans.1, spans.2, arrayPushFront(arrayPopBack(spans.2), ''))`;
}
