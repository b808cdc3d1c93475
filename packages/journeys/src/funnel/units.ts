import type { Bindings } from '../bindings.ts';
import type { Scope } from '../resolved.ts';
import { chainSql } from './chain.ts';
import { gatherSql } from './gather.ts';
import { marksSql } from './marks.ts';
import { EXCLUDE_BIT, type FunnelPlan } from './plan.ts';

/**
 * The funnel's level at which every number is counted and listed, one row a unit (person, visitor or session):
 * - `unit` its id, `counted` 1 (0 for a visitor shared by several people, which is only there for the funnel
 *   without stitching),
 * - `taken`: arrays of times between steps as chain.ts makes them; the first for all of the unit's events, then,
 *   for a person of several visitors, one for each visitor's part alone,
 * - `alone`: which of these are a visitor's whole history, so a person of its own without stitching,
 * - `value` of the breakdown ('' without one).
 */
export function unitsSql(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const evaluate = plan.order === 'any' ? gatherSql(plan, 'marks') : chainSql(plan, 'marks');
  const lists =
    plan.per === 'person'
      ? personLists(plan, scope, bindings, people)
      : simpleLists(plan, scope, bindings, people);
  return `SELECT unit, counted, alone, value, arrayMap(marks -> ${evaluate}, lists) AS taken FROM (${lists})`;
}

function simpleLists(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  return `SELECT unit, 1 AS counted, [1] AS alone, [arraySort(groupArray((key, mask)))] AS lists,
      ${touch(plan)}.2 AS value
    FROM (${marksSql(plan, scope, bindings, people)}) GROUP BY unit`;
}

/** One scan: parts (a visitor's events of one person), from them whole visitors where shared, and people. */
function personLists(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const parts = `SELECT unit, visitor_id, groupArray((key, mask)) AS marks, ${touch(plan)} AS touch
    FROM (${marksSql(plan, scope, bindings, people)}) GROUP BY unit, visitor_id`;
  const visitors = `SELECT visitor_id, groupArray((unit, marks, touch)) AS owned, length(owned) > 1 AS shared
    FROM (${parts}) GROUP BY visitor_id`;
  const owned = `SELECT part.1 AS unit, if(unit = '', visitor_id, '') AS whole, part.2 AS marks, part.3 AS touch, shared
    FROM (${visitors})
    ARRAY JOIN if(shared, arrayPushBack(owned, ('', arrayFlatten(owned.2), owned[1].3)), owned) AS part`;
  const pick = plan.breakdown?.attribution === 'last' ? 'max' : 'min';
  return `SELECT unit, whole = '' AS counted,
      arrayMap(list -> arraySort(list), if(length(parts) = 1, parts.1, arrayPushFront(parts.1, arrayFlatten(parts.1)))) AS lists,
      multiIf(whole != '', [1], length(parts) = 1, [NOT parts[1].2], arrayPushFront(arrayMap(part -> NOT part.2, parts), 0))::Array(UInt8) AS alone,
      arrayReduce('${pick}', arrayFilter(touch -> touch.1 > 0, touches)).2 AS value
    FROM (
      SELECT unit, whole, groupArray((marks, shared)) AS parts, groupArray(touch) AS touches FROM (${owned}) GROUP BY unit, whole
    )`;
}

/** (key, value) of the event whose value is the unit's; key 0 when there is none. */
function touch({ breakdown }: FunnelPlan): string {
  if (!breakdown) return `(toUInt64(0), '')`;
  const steps = breakdown.attribution === 'step' ? 2 ** (breakdown.step - 1) : 2 ** EXCLUDE_BIT - 1;
  const pick = breakdown.attribution === 'last' ? 'maxIf' : 'minIf';
  return `${pick}((key, value), value != '' AND bitAnd(mask, ${steps}) != 0)`;
}
