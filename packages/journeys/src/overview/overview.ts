import type { OverviewView } from '@throughline/contract';
import { parse } from '../parse.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { ordersStatement } from './orders.ts';
import { peopleStatement } from './people.ts';
import { overviewSchema } from './request.ts';
import { robotsStatement } from './robots.ts';
import { overviewView } from './view.ts';
import { visitorsStatement } from './visitors.ts';
import { visitsStatement } from './visits.ts';

/** `POST …/overview`. Throws ProblemError 400 for a request that cannot be served. */
export async function runOverview(
  reader: Reader,
  context: ReportContext,
  body: unknown,
): Promise<OverviewView> {
  const request = parse(overviewSchema, body);
  const [people, visits, orders, visitors, robots] = await Promise.all([
    reader.query(peopleStatement(context, request)),
    reader.query(visitsStatement(context, request)),
    reader.query(ordersStatement(context, request)),
    reader.query(visitorsStatement(context, request)),
    reader.query(robotsStatement(context, request)),
  ]);
  return overviewView(context, request, { people, visits, orders, visitors, robots });
}
