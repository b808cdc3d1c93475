import type { Bindings } from '../bindings.ts';
import type { Scope } from '../resolved.ts';
import { markMs, marksSql, visitorMarksSql } from './marks.ts';
import { EXCLUDE_BIT, type FunnelPlan } from './plan.ts';

/**
 * One scan: from the marks the parts (a visitor's events of one person), from them the people (`part` 0, and one row
 * for each part of those who have several) and the visitors that several people share (`whole` is the visitor).
 */
export function personPartsSql(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const owned = `SELECT part.1 AS unit, if(unit = '', visitor_id, '') AS whole, part.2 AS marks, part.3 AS touch, shared
    FROM (${visitorsSql(plan, scope, bindings, people)})
    ARRAY JOIN if(shared, arrayPushBack(owned, ('', arrayFlatten(owned.2), owned[1].3)), owned) AS part`;
  const pick = plan.breakdown?.attribution === 'last' ? 'max' : 'min';
  const persons = `SELECT unit, whole, groupArray((marks, whole != '' OR NOT shared)) AS lists,
      ${plan.breakdown ? `arrayReduce('${pick}', arrayFilter(touch -> touch.1 > 0, groupArray(touch))).2` : `''`} AS touched
    FROM (${owned}) GROUP BY unit, whole`;
  return `SELECT unit, whole, touched, part, ${sorted('list.1')} AS marks, list.2 AS lone
    FROM (${persons})
    ARRAY JOIN
      if(length(lists) = 1, lists, arrayPushFront(lists, (arrayFlatten(lists.1), 0))) AS list,
      range(if(length(lists) = 1, 1, length(lists) + 1)) AS part`;
}

/** One row a visitor: `owned`, the parts as (person, marks, touch), and whether it is `shared` by several people. */
function visitorsSql(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const gathered =
    plan.breakdown || people !== '1' || scope.person_column
      ? undefined
      : visitorMarksSql(plan, scope, bindings);
  if (gathered !== undefined) return splitSql(gathered, scope, bindings);
  const parts = `SELECT unit, visitor_id, groupArray(mark) AS marks, ${touch(plan)} AS touch
    FROM (${marksSql(plan, scope, bindings, people)}) GROUP BY unit, visitor_id`;
  return `SELECT visitor_id, groupArray((unit, marks, touch)) AS owned, length(owned) > 1 AS shared
    FROM (${parts}) GROUP BY visitor_id`;
}

/** Most visitors are one person's all the time; only the marks of the others are looked at one by one. */
function splitSql(gathered: string, scope: Scope, bindings: Bindings): string {
  const spans = `SELECT visitor_id, arrayMap(span -> toUnixTimestamp64Milli(span.1), spans) AS sinces, spans.2 AS owners
    FROM assignments FINAL WHERE site = ${bindings.text(scope.site)}`;
  const visitors = `SELECT visitor_id, marks, sinces,
      arrayMap(owner -> if(owner = '', visitor_id, owner), arrayPushFront(owners, '')) AS persons,
      length(owners) = 0 OR (length(owners) = 1 AND sinces[1] <= ${markMs('arrayMin(marks)')}) AS simple
    FROM (${gathered}) AS visitor LEFT JOIN (${spans}) AS span ON visitor.visitor_id = span.visitor_id`;
  // Per mark the person it belongs to: the visitor itself before the first span.
  const whose = `arrayMap(mark -> persons[arrayLastIndex(since -> since <= ${markMs('mark')}, sinces) + 1], split)`;
  const none = `(toUInt64(0), '')`;
  return `SELECT visitor_id, length(owned) > 1 AS shared,
      if(simple, [(persons[-1], marks, ${none})],
        arrayMap(person -> (person, arrayFilter((mark, one) -> one = person, split, whose), ${none}), arrayDistinct(whose))) AS owned
    FROM (SELECT *, ${whose} AS whose FROM (SELECT *, if(simple, [], marks) AS split FROM (${visitors})))`;
}

/** Sorted (key, mask) from marks in one number each: sorting numbers is some five times quicker than sorting tuples. */
export function sorted(marks: string): string {
  return `arrayMap(mark -> (toUInt64(bitShiftRight(mark, 32)), toUInt32(bitAnd(mark, 4294967295))), arraySort(${marks}))`;
}

/** (key, value) of the event whose value is the unit's; key 0 when there is none. */
export function touch({ breakdown }: FunnelPlan): string {
  if (!breakdown) return `(toUInt64(0), '')`;
  const steps = breakdown.attribution === 'step' ? 2 ** (breakdown.step - 1) : 2 ** EXCLUDE_BIT - 1;
  const pick = breakdown.attribution === 'last' ? 'maxIf' : 'minIf';
  return `${pick}((key, value), value != '' AND bitAnd(mask, ${steps}) != 0)`;
}
