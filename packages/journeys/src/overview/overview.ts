import type { OverviewView } from '@throughline/contract';
import { parse } from '../parse.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { overviewSchema } from './request.ts';
import { robotsStatement } from './robots.ts';
import { channelsStatement, daysStatement } from './statement.ts';
import { overviewView } from './view.ts';

/** `POST …/overview`. Throws ProblemError 400 for a request that cannot be served. */
export async function runOverview(
  reader: Reader,
  context: ReportContext,
  body: unknown,
): Promise<OverviewView> {
  const request = parse(overviewSchema, body);
  const [days, channels, robots] = await Promise.all([
    reader.query(daysStatement(context, request)),
    reader.query(channelsStatement(context, request)),
    reader.query(robotsStatement(context, request)),
  ]);
  return overviewView(context, request, { days, channels, robots });
}
