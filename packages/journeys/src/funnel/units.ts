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
 * - `taken`: the times between steps as chain.ts makes them for all of the unit's events,
 * - `parts`: for a person of several visitors the same for each visitor's part alone,
 * - `alone`: those of `taken` and `parts` that are a visitor's whole history: people of their own without stitching,
 * - `value` of the breakdown ('' without one).
 */
export function unitsSql(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const evaluate = (rows: string) => (plan.order === 'any' ? gatherSql(plan, rows) : chainSql(plan, rows));
  const marks = marksSql(plan, scope, bindings, people);
  if (plan.per !== 'person') {
    return `SELECT unit, 1 AS counted, times AS taken, []::Array(Array(Int64)) AS parts, [times] AS alone, touched AS value FROM (${evaluate(
      `SELECT unit, ${sorted('groupArray(mark)')} AS marks, ${touch(plan)}.2 AS touched FROM (${marks}) GROUP BY unit`,
    )})`;
  }
  return `SELECT unit, whole = '' AS counted, anyIf(times, part = 0) AS taken, groupArrayIf(times, part > 0) AS parts,
      groupArrayIf(times, lone) AS alone, any(touched) AS value
    FROM (${evaluate(personParts(plan, marks))}) GROUP BY unit, whole`;
}

/**
 * One scan: from the marks the parts (a visitor's events of one person), from them the people (`part` 0, and one row
 * for each part of those who have several) and the visitors that several people share (`whole` is the visitor).
 */
export function personParts(plan: FunnelPlan, marks: string): string {
  const parts = `SELECT unit, visitor_id, groupArray(mark) AS marks, ${touch(plan)} AS touch
    FROM (${marks}) GROUP BY unit, visitor_id`;
  const visitors = `SELECT visitor_id, groupArray((unit, marks, touch)) AS owned, length(owned) > 1 AS shared
    FROM (${parts}) GROUP BY visitor_id`;
  const owned = `SELECT part.1 AS unit, if(unit = '', visitor_id, '') AS whole, part.2 AS marks, part.3 AS touch, shared
    FROM (${visitors})
    ARRAY JOIN if(shared, arrayPushBack(owned, ('', arrayFlatten(owned.2), owned[1].3)), owned) AS part`;
  const pick = plan.breakdown?.attribution === 'last' ? 'max' : 'min';
  const people = `SELECT unit, whole, groupArray((marks, whole != '' OR NOT shared)) AS lists,
      arrayReduce('${pick}', arrayFilter(touch -> touch.1 > 0, groupArray(touch))).2 AS touched
    FROM (${owned}) GROUP BY unit, whole`;
  return `SELECT unit, whole, touched, part, ${sorted('list.1')} AS marks, list.2 AS lone
    FROM (${people})
    ARRAY JOIN
      if(length(lists) = 1, lists, arrayPushFront(lists, (arrayFlatten(lists.1), 0))) AS list,
      range(if(length(lists) = 1, 1, length(lists) + 1)) AS part`;
}

/** Sorted (key, mask) from marks in one number each: sorting numbers is some five times quicker than sorting tuples. */
function sorted(marks: string): string {
  return `arrayMap(mark -> (toUInt64(bitShiftRight(mark, 32)), toUInt32(bitAnd(mark, 4294967295))), arraySort(${marks}))`;
}

/** (key, value) of the event whose value is the unit's; key 0 when there is none. */
function touch({ breakdown }: FunnelPlan): string {
  if (!breakdown) return `(toUInt64(0), '')`;
  const steps = breakdown.attribution === 'step' ? 2 ** (breakdown.step - 1) : 2 ** EXCLUDE_BIT - 1;
  const pick = breakdown.attribution === 'last' ? 'maxIf' : 'minIf';
  return `${pick}((key, value), value != '' AND bitAnd(mask, ${steps}) != 0)`;
}
