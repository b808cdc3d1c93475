import type { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { ORDER_KEY, type Scope, sessionColumn } from '../resolved.ts';
import { CAN_ARRIVE, TELLS_CHANNEL, VISIT_COLUMN } from '../visit.ts';

/**
 * The visits that several people were in, by person: `unit`, `followed`, the sessions in which somebody else arrived before them,
 * and `told_before`, those whose channel somebody else told. Of the `people` (a condition over `person_id`) that the report is about.
 */
export function followedSql(
  scope: Scope,
  bindings: Bindings,
  { currency, people }: { currency: string; people: string },
): string {
  const changing = `visitor_id IN (${changingSql(scope, bindings)})`;
  const events = orderedEventsSql(scope, bindings, currency, {
    columns: [
      `${ORDER_KEY} AS key`,
      'name::String AS name',
      sessionColumn(scope, bindings),
      'channel::String AS channel',
      VISIT_COLUMN,
    ],
    where: changing,
    visitors: changing,
    people,
  });
  const visits = `SELECT session, groupUniqArray(person_id) AS persons, argMinIf(person_id, key, ${CAN_ARRIVE}) AS arrived,
      argMinIf(person_id, key, ${TELLS_CHANNEL}) AS told
    FROM (${events}) GROUP BY session HAVING length(persons) > 1`;
  return `SELECT person AS unit, groupArrayIf(session, person != arrived) AS followed, groupArrayIf(session, person != told) AS told_before
    FROM (${visits}) ARRAY JOIN persons AS person GROUP BY unit`;
}

/** The visitors that change hands within the scope: few, so that nobody else's visits need to be looked at. */
function changingSql(scope: Scope, bindings: Bindings): string {
  const moment = (ms: number) => `fromUnixTimestamp64Milli(${bindings.bind('Int64', ms)}, 'UTC')`;
  return `SELECT visitor_id FROM assignments FINAL WHERE site = ${bindings.text(scope.site)}
    AND arrayExists((since, owner, before) -> owner != before AND since > ${moment(scope.from_ms)} AND since < ${moment(scope.to_ms)},
      spans.1, spans.2, arrayPushFront(arrayPopBack(spans.2), ''))`;
}
