import type { Bindings } from '../bindings.ts';
import type { Scope } from '../resolved.ts';
import { chainSql } from './chain.ts';
import { gatherSql } from './gather.ts';
import { marksSql } from './marks.ts';
import { personPartsSql, sorted, touch } from './parts.ts';
import type { FunnelPlan } from './plan.ts';

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
  if (plan.per !== 'person') {
    const marks = marksSql(plan, scope, bindings, people);
    return `SELECT unit, 1 AS counted, times AS taken, []::Array(Array(Int64)) AS parts, [times] AS alone, touched AS value FROM (${evaluate(
      `SELECT unit, ${sorted('groupArray(mark)')} AS marks, ${touch(plan)}.2 AS touched FROM (${marks}) GROUP BY unit`,
    )})`;
  }
  return `SELECT unit, whole = '' AS counted, anyIf(times, part = 0) AS taken, groupArrayIf(times, part > 0) AS parts,
      groupArrayIf(times, lone) AS alone, any(touched) AS value
    FROM (${evaluate(personPartsSql(plan, scope, bindings, people))}) GROUP BY unit, whole`;
}
