import type { Per } from '@throughline/contract';
import type { Bindings } from './bindings.ts';
import type { Span } from './range.ts';

/** Whose events, and when. */
export interface Scope extends Span {
  site: string;
  /** IANA zone of the site's days. */
  timezone: string;
  /** A column of `events` that holds the person already, in place of the assignments: what benches compare with. */
  person_column?: 'person_id';
}

/** Orders the events of one person; equal keys are in either order. */
export const ORDER_KEY = 'toUInt64(toUnixTimestamp64Milli(time)) * 1048576 + seq % 1048576';

/** Names of events that say who somebody is; they are no touchpoints. */
export const IDENTITY_NAMES = ['identify', 'alias', 'group'] as const;

/**
 * The stretches of each visitor's time and whose they are: `visitor_id`, `since`, `owner` ('' for nobody). `visitors` is a
 * condition over `visitor_id`.
 */
export function ownersSql(scope: Scope, bindings: Bindings, visitors = '1'): string {
  return `SELECT visitor_id, tupleElement(span, 1) AS since, tupleElement(span, 2) AS owner
    FROM assignments FINAL ARRAY JOIN spans AS span
    WHERE site = ${bindings.text(scope.site)} AND ${visitors}`;
}

/** Condition on `events`: the site's, in the range, no robots. */
export function inScope(scope: Scope, bindings: Bindings): string {
  return `site = ${bindings.text(scope.site)} AND is_bot = 0
    AND time >= fromUnixTimestamp64Milli(${bindings.bind('Int64', scope.from_ms)}, 'UTC')
    AND time < fromUnixTimestamp64Milli(${bindings.bind('Int64', scope.to_ms)}, 'UTC')`;
}

export interface ResolvedOptions {
  columns?: string[];
  where?: string;
  people?: string;
  person?: boolean;
  visitors?: string;
}

/**
 * The events of the scope with the person each belongs to, as a sub-query: `columns` (fixed fragments over
 * `events`), `visitor_id`, `time` and `person_id`. `where` is applied before the join, so that it sees few
 * rows; `people` after it. `person: false` leaves `person_id` out, for what counts visitors or sessions of everybody.
 * `visitors` is a condition over `visitor_id` that holds for all that `where` leaves: where those are few, the
 * owners of few are kept in memory.
 */
export function resolvedSql(
  scope: Scope,
  bindings: Bindings,
  { columns = [], where = '1', people = '1', person = true, visitors = '1' }: ResolvedOptions,
): string {
  if (!person || scope.person_column !== undefined) {
    const found = person ? [`${scope.person_column} AS person_id`] : [];
    return `SELECT * FROM (
      SELECT ${['visitor_id', 'time', ...columns, ...found].join(', ')}
      FROM events WHERE ${inScope(scope, bindings)} AND (${where})
    ) WHERE ${people}`;
  }
  return `SELECT * FROM (
    SELECT event.*, if(span.owner = '', event.visitor_id, span.owner) AS person_id
    FROM (
      SELECT ${['visitor_id', 'time', ...columns].join(', ')}
      FROM events
      WHERE ${inScope(scope, bindings)} AND (${where})
    ) AS event
    ASOF LEFT JOIN (${ownersSql(scope, bindings, visitors)}) AS span
      ON event.visitor_id = span.visitor_id AND event.time >= span.since
  ) WHERE ${people}`;
}

/** Column for `per = session`, to be given to `resolvedSql`: a visitor's day where the sender knows no sessions. */
export function sessionColumn(scope: Scope, bindings: Bindings): string {
  return `concat(visitor_id, '/', if(session_id = '', toString(toDate(time, ${bindings.text(scope.timezone)})), session_id)) AS session`;
}

/** What a report counts, as a column of the resolved events. */
export const UNIT_COLUMN: Readonly<Record<Per, string>> = {
  person: 'person_id',
  visitor: 'visitor_id',
  session: 'session',
};
