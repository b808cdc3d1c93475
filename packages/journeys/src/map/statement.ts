import type { MapRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { isOrderSql } from '../orders.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { resolvedSql } from '../resolved.ts';
import { segmentSql } from '../segment.ts';
import { spilling } from '../spilling.ts';
import { type FactKind, factsSql } from './facts.ts';

/** The facts of all units, added up. */
export interface FactRow {
  kind: FactKind;
  a: string;
  b: string;
  people: number;
  buyers: number;
  events: number;
  money: number;
  /** Milliseconds. */
  median: number | null;
}

export interface AloneRow {
  people: number;
  buyers: number;
}

export function mapStatement(context: ReportContext, request: MapRequest): Statement<FactRow> {
  const bindings = new Bindings();
  const units = factsSql(request, context.site, scopeOf(context, request), bindings);
  const sql = `SELECT fact.1 AS kind, fact.2 AS a, fact.3 AS b, count() AS people, countIf(buyer) AS buyers,
      sum(fact.4) AS events, sum(fact.5) AS money,
      quantileExactInclusive(0.5)(if(fact.6 < 0, NULL, fact.6)) AS median
    FROM (${units}) ARRAY JOIN facts AS fact
    GROUP BY kind, a, b`;
  return { sql: spilling(sql), params: bindings.params };
}

/** The people and buyers of the same map per visitor. */
export function aloneStatement(context: ReportContext, request: MapRequest): Statement<AloneRow> {
  const bindings = new Bindings();
  const scope = scopeOf(context, request);
  const events = resolvedSql(scope, bindings, {
    columns: [`${isOrderSql(scope, bindings)} AS bought`],
    people: segmentSql(request.segment, scope, bindings),
    person: request.segment !== undefined,
  });
  return {
    sql: spilling(
      `SELECT uniqExact(visitor_id) AS people, uniqExactIf(visitor_id, bought) AS buyers FROM (${events})`,
    ),
    params: bindings.params,
  };
}
