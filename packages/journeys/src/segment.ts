import type { EventMatch, Segment } from '@throughline/contract';
import type { Bindings } from './bindings.ts';
import { filterSql } from './filter.ts';
import { matchSql } from './match.ts';
import { resolvedSql, type Scope } from './resolved.ts';

/**
 * A condition over `person_id`: the people of the segment. What they did is looked for in the scope's range.
 * Each `where` on an event's property holds if any event of theirs in the range satisfies it.
 */
export function segmentSql(segment: Segment | undefined, scope: Scope, bindings: Bindings): string {
  const having = (where: string, people = '1') =>
    `person_id IN (SELECT person_id FROM (${resolvedSql(scope, bindings, { where, people })}))`;
  const did = (match: EventMatch) => {
    const { event, person } = matchSql(match, bindings, scope.site);
    return having(event, person || '1');
  };
  const conditions = [
    ...(segment?.did ?? []).map(did),
    ...(segment?.did_not ?? []).map((match) => `NOT (${did(match)})`),
    ...(segment?.where ?? []).map((filter) => {
      const { on, sql } = filterSql(filter, bindings, scope.site);
      return on === 'person' ? sql : having(sql);
    }),
  ];
  return conditions.length === 0 ? '1' : conditions.join(' AND ');
}
