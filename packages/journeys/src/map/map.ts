import type { MapView } from '@throughline/contract';
import { parse } from '../parse.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { mapSchema } from './request.ts';
import { aloneStatement, mapStatement } from './statement.ts';
import { mapView } from './view.ts';

/** `POST …/map`. Throws ProblemError 400 for a request that cannot be served. */
export async function runMap(reader: Reader, context: ReportContext, body: unknown): Promise<MapView> {
  const request = parse(mapSchema, body);
  const [facts, alone] = await Promise.all([
    reader.query(mapStatement(context, request)),
    reader.query(aloneStatement(context, request)),
  ]);
  return mapView(context.site, facts, alone[0] ?? { people: 0, buyers: 0 });
}
