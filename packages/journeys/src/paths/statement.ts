import type { PathsRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { spillingInOneTable } from '../spilling.ts';
import { DEPTH_DEFAULT, NODES_PER_STEP_DEFAULT } from './request.ts';
import { pathNodesSql, pathUnitsSql } from './units.ts';

/** The names to show at one step, most people first. */
export interface ShownRow {
  step: number;
  names: string[];
}

export interface PathLinkRow {
  step: number;
  source: string;
  target: string;
  people: number;
  /** Milliseconds; null towards `exit`. */
  median: number | null;
}

export function shownStatement(context: ReportContext, request: PathsRequest): Statement<ShownRow> {
  const bindings = new Bindings();
  const units = pathUnitsSql(request, scopeOf(context, request), bindings);
  const sql = `SELECT step, arrayMap(pair -> pair.2, arraySlice(arraySort(groupArray((-people, name))), 1, ${
    request.nodes_per_step ?? NODES_PER_STEP_DEFAULT
  })) AS names
    FROM (
      SELECT step, name, toInt64(count()) AS people
      FROM (${units}) ARRAY JOIN names AS name, arrayEnumerate(names) AS step
      GROUP BY step, name
    ) GROUP BY step`;
  return { sql: spillingInOneTable(sql), params: bindings.params };
}

/** Names per step, from the first step to `depth`; none where nobody came. */
export function shownNames(request: PathsRequest, rows: ShownRow[]): string[][] {
  const depth = request.depth ?? DEPTH_DEFAULT;
  return Array.from(
    { length: depth },
    (_, index) => rows.find(({ step }) => step === index + 1)?.names ?? [],
  );
}

export function pathLinksStatement(
  context: ReportContext,
  request: PathsRequest,
  shown: string[][],
): Statement<PathLinkRow> {
  const bindings = new Bindings();
  const depth = request.depth ?? DEPTH_DEFAULT;
  const units = pathUnitsSql(request, scopeOf(context, request), bindings);
  const sql = `SELECT step, source, target, count() AS people, quantileExactInclusive(0.5)(if(wait < 0, NULL, wait)) AS median
    FROM (${pathNodesSql(units, shown, depth, bindings)})
    ARRAY JOIN arrayPopBack(nodes) AS source, arrayPopFront(nodes) AS target, range(1, length(nodes)) AS step,
      arrayMap(index -> if(index < length(names), toInt64(abs(times[index + 1] - times[index])), toInt64(-1)),
        range(1, length(nodes))) AS wait
    GROUP BY step, source, target`;
  return { sql: spillingInOneTable(sql), params: bindings.params };
}
