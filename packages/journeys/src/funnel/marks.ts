import type { Bindings } from '../bindings.ts';
import { type MatchSql, matchSql } from '../match.ts';
import { orderValuesSql, toldOnceSql } from '../orders.ts';
import { columnOf, propertyOf } from '../property.ts';
import { inScope, ORDER_KEY, resolvedSql, type Scope, sessionColumn } from '../resolved.ts';
import { isOfOrder } from '../telling.ts';
import { IS_VISIT } from '../visit.ts';
import { EXCLUDE_BIT, type FunnelPlan } from './plan.ts';

/**
 * The events that matter to a funnel, one row each: `unit`, `visitor_id`, `key` (order), `mask` (which steps and
 * excluded events it matches), `mark` (both in one number) and, with a breakdown, `value`. `people` narrows to a segment.
 * An order that is told again is no event of a funnel: only the telling that stands for it (see orders.ts) is looked at. Per
 * session only what belongs to a visit counts (see visit.ts).
 */
export function marksSql(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const marks = matchesOf(plan, scope, bindings);
  const early = marks.filter(({ person }) => person === '');
  const late = marks.filter(({ person }) => person !== '');

  const columns = [`${ORDER_KEY} AS key`, `${orOf(early)} AS early`];
  columns.push(...late.map(({ event }, index) => `(${event}) AS late${index}`));
  if (plan.per === 'session') columns.push(sessionColumn(scope, bindings));
  const value = valueColumn(plan, bindings);
  const orders = orderValues(plan, value, scope, bindings);
  if (value !== '') columns.push(`${value} AS ${orders ? 'own_value' : 'value'}`);
  if (orders) columns.push(`if(name = 'order_completed', event_id, '') AS order_event`);

  const mask = late.reduce(
    (sql, { bit, person }, index) =>
      `bitOr(${sql}, if(late${index} AND ${person}, toUInt32(${2 ** bit}), toUInt32(0)))`,
    'early',
  );
  const matched = ['early != 0', ...late.map((_, index) => `late${index}`)].join(' OR ');
  const events = resolvedSql(scope, bindings, {
    columns,
    where: `${candidates(plan, scope, bindings)} AND (${matched})${plan.per === 'session' ? ` AND ${IS_VISIT}` : ''}`,
    people,
    person: plan.per === 'person' || people !== '1' || late.length > 0 || traitKey(plan) !== undefined,
  });
  const unit = plan.per === 'person' ? 'person_id' : plan.per === 'visitor' ? 'visitor_id' : 'session';
  return `SELECT *, ${unit} AS unit, ${mask} AS mask, ${MARK} AS mark${traitValue(plan)}${orders?.value ?? ''} FROM (${events}) AS event${traitJoin(plan, scope, bindings)}${orders?.join ?? ''} WHERE mask != 0`;
}

/**
 * The same marks, gathered by visitor before anybody asks whose they are, so that visitors are joined to people and
 * not every event: `visitor_id`, `marks`. Undefined for a funnel that asks something of the person (a trait).
 */
export function visitorMarksSql(plan: FunnelPlan, scope: Scope, bindings: Bindings): string | undefined {
  const marks = matchesOf(plan, scope, bindings);
  if (marks.some(({ person }) => person !== '')) return undefined;
  return `SELECT visitor_id, groupArray(${MARK}) AS marks
    FROM (SELECT visitor_id, ${ORDER_KEY} AS key, ${orOf(marks)} AS mask
      FROM events WHERE ${inScope(scope, bindings)} AND ${candidates(plan, scope, bindings)})
    WHERE mask != 0 GROUP BY visitor_id`;
}

/** Key and mask in one number that sorts like them. */
const MARK = 'bitShiftLeft(toUInt128(key), 32) + mask';

/** The milliseconds of a mark's event. */
export const markMs = (mark: string) => `toInt64(bitShiftRight(${mark}, 52))`;

function matchesOf(plan: FunnelPlan, scope: Scope, bindings: Bindings): (MatchSql & { bit: number })[] {
  return [
    ...plan.steps.flatMap(({ matches }, index) => matches.map((match) => ({ bit: index, match }))),
    ...plan.excludes.map(({ match }, index) => ({ bit: EXCLUDE_BIT + index, match })),
  ].map(({ bit, match }) => ({ bit, ...matchSql(match, bindings, scope) }));
}

/** Condition over events that leaves most of them out early. Only a funnel that asks for orders has to settle them. */
function candidates(plan: FunnelPlan, scope: Scope, bindings: Bindings): string {
  const names = namesOf(plan);
  const named = `name IN ${bindings.bind('Array(String)', [...names])}`;
  return names.has('order_completed') ? `${named} AND ${toldOnceSql(scope, bindings)}` : named;
}

function namesOf({ steps, excludes }: FunnelPlan): Set<string> {
  const matches = [...steps.flatMap((step) => step.matches), ...excludes.map(({ match }) => match)];
  return new Set(matches.map(({ event }) => event));
}

/** Bits of the marks whose condition holds. */
function orOf(marks: (MatchSql & { bit: number })[]): string {
  return marks.reduce(
    (sql, { bit, event }) => `bitOr(${sql}, if(${event}, toUInt32(${2 ** bit}), toUInt32(0)))`,
    'toUInt32(0)',
  );
}

/** The breakdown's value of one event as text; of several products the first that has one. */
function valueColumn({ breakdown }: FunnelPlan, bindings: Bindings): string {
  const property = breakdown && propertyOf(breakdown.property)!;
  switch (property?.kind) {
    case 'text':
      return `${property.column}::String`;
    case 'money':
      return `ifNull(toString(${property.column}), '')`;
    case 'products':
      return `arrayFirst(product -> product != '', ${property.column})::String`;
    case 'custom':
      return `properties[${bindings.text(property.key)}]`;
    default:
      return '';
  }
}

/** With a breakdown by what an order says: the value of the order as a whole on the event that stands for it. */
function orderValues(plan: FunnelPlan, value: string, scope: Scope, bindings: Bindings) {
  const property = plan.breakdown && propertyOf(plan.breakdown.property)!;
  if (!property || !isOfOrder(columnOf(property)) || !namesOf(plan).has('order_completed')) return undefined;
  const settled = orderValuesSql(value, [columnOf(property)], scope, bindings);
  return {
    value: `, if(settled.order_event = '', own_value, settled.value) AS value`,
    join: ` LEFT JOIN (${settled}) AS settled ON event.order_event = settled.order_event`,
  };
}

const traitKey = ({ breakdown }: FunnelPlan) => {
  const property = breakdown && propertyOf(breakdown.property)!;
  return property?.kind === 'trait' ? property.key : undefined;
};

const traitValue = (plan: FunnelPlan) => (traitKey(plan) === undefined ? '' : ', trait.value AS value');

function traitJoin(plan: FunnelPlan, scope: Scope, bindings: Bindings): string {
  const key = traitKey(plan);
  return key === undefined
    ? ''
    : ` LEFT JOIN (SELECT person_id, traits[${bindings.text(key)}] AS value FROM customers FINAL
      WHERE site = ${bindings.text(scope.site)} AND gone = 0) AS trait ON event.person_id = trait.person_id`;
}
