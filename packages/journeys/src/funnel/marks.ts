import type { Bindings } from '../bindings.ts';
import { type MatchSql, matchSql } from '../match.ts';
import { propertyOf } from '../property.ts';
import { ORDER_KEY, resolvedSql, type Scope, sessionColumn } from '../resolved.ts';
import { EXCLUDE_BIT, type FunnelPlan } from './plan.ts';

/**
 * The events that matter to a funnel, one row each: `unit`, `visitor_id`, `key` (order), `mask` (which steps and
 * excluded events it matches), `mark` (both in one number) and, with a breakdown, `value`. `people` narrows to a segment.
 */
export function marksSql(plan: FunnelPlan, scope: Scope, bindings: Bindings, people: string): string {
  const marks = [
    ...plan.steps.flatMap(({ matches }, index) => matches.map((match) => ({ bit: index, match }))),
    ...plan.excludes.map(({ match }, index) => ({ bit: EXCLUDE_BIT + index, match })),
  ].map(({ bit, match }) => ({ bit, ...matchSql(match, bindings, scope.site) }));
  const early = marks.filter(({ person }) => person === '');
  const late = marks.filter(({ person }) => person !== '');
  const names = [
    ...new Set(
      [...plan.steps.flatMap(({ matches }) => matches), ...plan.excludes.map(({ match }) => match)].map(
        ({ event }) => event,
      ),
    ),
  ];

  const columns = [`${ORDER_KEY} AS key`, `${orOf(early)} AS early`];
  columns.push(...late.map(({ event }, index) => `(${event}) AS late${index}`));
  if (plan.per === 'session') columns.push(sessionColumn(scope, bindings));
  const value = valueColumn(plan, bindings);
  if (value !== '') columns.push(`${value} AS value`);

  const mask = late.reduce(
    (sql, { bit, person }, index) =>
      `bitOr(${sql}, if(late${index} AND ${person}, toUInt32(${2 ** bit}), toUInt32(0)))`,
    'early',
  );
  const matched = ['early != 0', ...late.map((_, index) => `late${index}`)].join(' OR ');
  const events = resolvedSql(scope, bindings, {
    columns,
    where: `name IN ${bindings.bind('Array(String)', names)} AND (${matched})`,
    people,
  });
  const unit = plan.per === 'person' ? 'person_id' : plan.per === 'visitor' ? 'visitor_id' : 'session';
  return `SELECT *, ${unit} AS unit, ${mask} AS mask, bitShiftLeft(toUInt128(key), 32) + mask AS mark${traitValue(plan)} FROM (${events}) AS event${traitJoin(plan, scope, bindings)} WHERE mask != 0`;
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
