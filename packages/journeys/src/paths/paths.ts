import type { PathsView } from '@throughline/contract';
import { parse } from '../parse.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { pathsSchema } from './request.ts';
import { pathLinksStatement, shownNames, shownStatement } from './statement.ts';
import { pathsView } from './view.ts';

/** `POST …/paths`. Throws ProblemError 400 for a request that cannot be served. */
export async function runPaths(reader: Reader, context: ReportContext, body: unknown): Promise<PathsView> {
  const request = parse(pathsSchema, body);
  const shown = shownNames(request, await reader.query(shownStatement(context, request)));
  return pathsView(await reader.query(pathLinksStatement(context, request, shown)));
}
