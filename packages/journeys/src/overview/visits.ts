import type { OverviewRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { ORDER_KEY, sessionColumn } from '../resolved.ts';
import { segmentSql } from '../segment.ts';
import { spillingInOneTable } from '../spilling.ts';
import { IS_VISIT, TELLS_CHANNEL, VISIT_COLUMN } from '../visit.ts';

export interface VisitsRow {
  channel: string;
  visits: number;
}

/** The visits by the channel they came by, each once, however many people were in it; of a segment those that its people were in. */
export function visitsStatement(context: ReportContext, request: OverviewRequest): Statement<VisitsRow> {
  const bindings = new Bindings();
  const scope = scopeOf(context, request);
  const events = orderedEventsSql(scope, bindings, context.site.currency, {
    columns: [
      `${ORDER_KEY} AS key`,
      'name::String AS name',
      sessionColumn(scope, bindings),
      'channel::String AS channel',
      VISIT_COLUMN,
    ],
    where: IS_VISIT,
    people: segmentSql(request.segment, scope, bindings),
    person: request.segment !== undefined,
  });
  const sql = `SELECT if(told = '', 'unassigned', told) AS by_channel, count() AS visits
    FROM (SELECT argMinIf(channel, key, ${TELLS_CHANNEL}) AS told FROM (${events}) GROUP BY sipHash128(session))
    GROUP BY by_channel`;
  return {
    sql: spillingInOneTable(`SELECT by_channel AS channel, visits FROM (${sql}) ORDER BY channel`),
    params: bindings.params,
  };
}
