import type { FunnelView } from '@throughline/contract';
import { parse } from '../parse.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { planOf } from './plan.ts';
import { funnelSchema } from './request.ts';
import { funnelStatement } from './statement.ts';
import { funnelView } from './view.ts';

/** `POST …/funnel`. Throws ProblemError 400 for a request that cannot be served. */
export async function runFunnel(reader: Reader, context: ReportContext, body: unknown): Promise<FunnelView> {
  const request = parse(funnelSchema, body);
  return funnelView(planOf(request), await reader.query(funnelStatement(context, request)));
}
