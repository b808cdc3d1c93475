import type { EventMatch } from '@throughline/contract';
import type { Bindings } from './bindings.ts';
import { filterSql } from './filter.ts';

/** An event match as SQL: `event` over the columns of `events`, `person` over the resolved person, '' if none. */
export interface MatchSql {
  event: string;
  person: string;
}

export function matchSql({ event, where = [] }: EventMatch, bindings: Bindings, site: string): MatchSql {
  const filters = where.map((filter) => filterSql(filter, bindings, site));
  const of = (on: 'event' | 'person') => filters.filter((filter) => filter.on === on).map(({ sql }) => sql);
  return {
    event: [`name = ${bindings.text(event)}`, ...of('event')].join(' AND '),
    person: of('person').join(' AND '),
  };
}
