import type { OverviewRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { resolvedSql } from '../resolved.ts';
import { segmentSql } from '../segment.ts';
import { spillingInOneTable } from '../spilling.ts';

export interface VisitorsRow {
  visitors: number;
  events: number;
}

export function visitorsStatement(context: ReportContext, request: OverviewRequest): Statement<VisitorsRow> {
  const bindings = new Bindings();
  const scope = scopeOf(context, request);
  const events = resolvedSql(scope, bindings, {
    people: segmentSql(request.segment, scope, bindings),
    person: request.segment !== undefined,
  });
  const sql = `SELECT uniqExact(visitor_id) AS visitors, count() AS events FROM (${events})`;
  return { sql: spillingInOneTable(sql), params: bindings.params };
}
