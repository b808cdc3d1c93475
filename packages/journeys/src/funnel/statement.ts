import type { FunnelRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { segmentSql } from '../segment.ts';
import { spilling } from '../spilling.ts';
import { planOf } from './plan.ts';
import { unitsSql } from './units.ts';

/** Totals (`total` 1), and one row for each value of the breakdown. Arrays hold one entry a step. */
export interface FunnelRow {
  total: 0 | 1;
  value: string;
  people: number[];
  /** Milliseconds; null when nobody reached the step. */
  medians: (number | null)[];
  without: number[];
  stitched: number;
}

/** Values of a breakdown that are shown by name, those with most people first. */
export const BREAKDOWN_VALUES_MAX = 100;

export function funnelStatement(context: ReportContext, request: FunnelRequest): Statement<FunnelRow> {
  const plan = planOf(request);
  const bindings = new Bindings();
  const units = funnelUnits(context, request, bindings);
  const reached = (times: string) => `arrayMap(time -> time >= 0, ${times})`;
  const furthest = (times: string) => `arrayLastIndex(time -> time >= 0, ${times})`;
  // Sums and medians go over whole arrays (…ForEach), which keeps the text short; see chain.ts.
  const sql = `SELECT ${plan.breakdown ? 'grouping(value) != 0' : '1'} AS total, ${plan.breakdown ? 'value' : `''`} AS value,
      sumForEachIf(${reached('taken')}, counted) AS people,
      quantileExactInclusiveForEachIf(0.5)(arrayMap(time -> if(time < 0, NULL, time), taken), counted) AS medians,
      sumForEach(arrayReduce('sumForEach', arrayMap(times -> ${reached('times')}, alone))) AS without,
      countIf(counted AND notEmpty(parts)
        AND ${furthest('taken')} > arrayMax(arrayMap(times -> ${furthest('times')}, parts))) AS stitched
    FROM (${units})
    ${plan.breakdown ? `GROUP BY GROUPING SETS ((), (value)) ORDER BY total DESC, people[1] DESC, value LIMIT ${BREAKDOWN_VALUES_MAX + 1}` : ''}`;
  return { sql: spilling(sql), params: bindings.params };
}

/** The units of a funnel as a sub-query, see units.ts. Throws ProblemError 400 for a bad range. */
export function funnelUnits(context: ReportContext, request: FunnelRequest, bindings: Bindings): string {
  const scope = scopeOf(context, request);
  return unitsSql(planOf(request), scope, bindings, segmentSql(request.segment, scope, bindings));
}
