import type { OverviewRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { sessionColumn } from '../resolved.ts';
import { VISIT_COLUMN } from '../visit.ts';

/** What robots did in the range; always of the whole site, since a robot belongs to no segment of people. */
export interface RobotsRow {
  events: number;
  visits: number;
}

/** Robots are left out of every report, and told of here, so that nobody wonders where traffic went. */
export function robotsStatement(context: ReportContext, request: OverviewRequest): Statement<RobotsRow> {
  const bindings = new Bindings();
  const scope = scopeOf(context, request);
  const moment = (ms: number) => `fromUnixTimestamp64Milli(${bindings.bind('Int64', ms)}, 'UTC')`;
  const sql = `SELECT count() AS events, uniqExactIf(session, visit) AS visits FROM (
      SELECT ${sessionColumn(scope, bindings)}, ${VISIT_COLUMN} FROM events
      WHERE site = ${bindings.text(scope.site)} AND is_bot = 1
        AND time >= ${moment(scope.from_ms)} AND time < ${moment(scope.to_ms)})`;
  return { sql, params: bindings.params };
}
