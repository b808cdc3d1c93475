import type { PeopleOf, Per } from '@throughline/contract';
import type { Bindings } from '../bindings.ts';
import { planOf } from '../funnel/plan.ts';
import { funnelUnits } from '../funnel/statement.ts';
import { type FactKind, factsSql } from '../map/facts.ts';
import { behindOverview } from '../overview/people.ts';
import { badRequest } from '../parse.ts';
import { DEPTH_DEFAULT } from '../paths/request.ts';
import { pathNodesSql, pathUnitsSql } from '../paths/units.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { resolvedSql } from '../resolved.ts';
import { segmentSql } from '../segment.ts';

/**
 * The units behind a number as a sub-query with one column, `unit`: the very rows that the report counted. `shown` are
 * the names that the paths report shows per step; other reports need none. Throws ProblemError 400 for a number that
 * the report does not have.
 */
export function behindSql(
  context: ReportContext,
  of: PeopleOf,
  shown: string[][],
  bindings: Bindings,
): string {
  switch (of.report) {
    case 'funnel':
      return behindFunnel(context, of, bindings);
    case 'paths':
      return behindPaths(context, of, shown, bindings);
    case 'map':
      return behindMap(context, of, bindings);
    case 'overview':
      return behindOverview(context, of, bindings);
    case 'everyone': {
      const scope = scopeOf(context, of.request);
      const people = segmentSql(of.request.segment, scope, bindings);
      return `SELECT DISTINCT person_id AS unit FROM (${resolvedSql(scope, bindings, { people })})`;
    }
  }
}

/** What the number counts. */
export function perOf(of: PeopleOf): Per {
  return of.report === 'everyone' || of.report === 'overview' ? 'person' : (of.request.per ?? 'person');
}

type Of<Report> = Extract<PeopleOf, { report: Report }>;

function behindFunnel(context: ReportContext, of: Of<'funnel'>, bindings: Bindings): string {
  const plan = planOf(of.request);
  const step = plan.steps[of.step - 1];
  if (!step) throw badRequest('bad_step', 'The funnel has no such step.', 'of.step');
  if (of.state === 'dropped' && of.step === 1) {
    throw badRequest('bad_step', 'Nobody drops before the first step.', 'of.step');
  }
  const conditions = [
    'counted',
    ...(of.state === 'reached'
      ? [`taken[${of.step}] >= 0`]
      : [`taken[${of.step}] < 0`, `taken[${step.previous}] >= 0`]),
  ];
  if (of.breakdown_value !== undefined) {
    if (!plan.breakdown)
      throw badRequest('bad_breakdown', 'The funnel has no breakdown.', 'of.breakdown_value');
    conditions.push(`value = ${bindings.text(of.breakdown_value)}`);
  }
  if (of.stitched) {
    const furthest = (times: string) => `arrayLastIndex(time -> time >= 0, ${times})`;
    conditions.push(
      `notEmpty(parts) AND ${furthest('taken')} > arrayMax(arrayMap(times -> ${furthest('times')}, parts))`,
    );
  }
  return `SELECT unit FROM (${funnelUnits(context, of.request, bindings)}) WHERE ${conditions.join(' AND ')}`;
}

function behindPaths(context: ReportContext, of: Of<'paths'>, shown: string[][], bindings: Bindings): string {
  const { request, node, link } = of;
  if (node !== undefined && link)
    throw badRequest('bad_request', 'Give `node` or `link`, not both.', 'of.link');
  const stepOf = (id: string) => Number(/^(\d{1,2}):/.exec(id)?.[1] ?? Number.NaN);
  if (link && stepOf(link.source) + 1 !== stepOf(link.target)) {
    throw badRequest('bad_link', 'A link joins a node and one of the next step.', 'of.link');
  }
  const ids = link ? [link.source, link.target] : node === undefined ? [] : [node];
  const units = pathUnitsSql(request, scopeOf(context, request), bindings);
  const nodes = pathNodesSql(units, shown, request.depth ?? DEPTH_DEFAULT, bindings);
  return `SELECT unit FROM (${nodes}) WHERE ${['1', ...ids.map((id) => `has(nodes, ${bindings.text(id)})`)].join(' AND ')}`;
}

function behindMap(context: ReportContext, of: Of<'map'>, bindings: Bindings): string {
  const { stage, leaks, touchpoint, move, channel, friction, answers, buyers, stitched } = of;
  const kinds = new Set<FactKind>(['everyone']);
  const has = (kind: FactKind, a?: string, b?: string) => {
    kinds.add(kind);
    return `arrayExists(fact -> fact.1 = '${kind}'${a === undefined ? '' : ` AND fact.2 = ${bindings.text(a)}`}${
      b === undefined ? '' : ` AND fact.3 = ${bindings.text(b)}`
    }, facts)`;
  };
  if (leaks && stage === undefined)
    throw badRequest('bad_request', '`leaks` goes with a `stage`.', 'of.leaks');
  if (answers && stage === undefined)
    throw badRequest('bad_request', '`answers` goes with a `stage`.', 'of.answers');
  if (friction && stage === undefined && touchpoint === undefined) {
    throw badRequest('bad_request', '`friction` goes with a `stage` or a `touchpoint`.', 'of.friction');
  }
  const conditions = ['1'];
  if (stage !== undefined) {
    conditions.push(has(leaks ? 'leak' : friction ? 'friction' : answers ? 'answer' : 'stage', stage));
  }
  if (touchpoint !== undefined) conditions.push(has(friction ? 'friction_at' : 'touchpoint', touchpoint));
  if (move) conditions.push(has('move', move.source, move.target));
  if (channel !== undefined) conditions.push(has('channel', channel));
  if (buyers) conditions.push('buyer');
  if (stitched) conditions.push(has('stitched'));
  const units = factsSql(of.request, context.site, scopeOf(context, of.request), bindings, [...kinds]);
  return `SELECT unit FROM (${units}) WHERE ${conditions.join(' AND ')}`;
}
