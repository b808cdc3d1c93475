import type { Identifier } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { badRequest } from '../parse.ts';
import { alwaysOf, eventsOf } from '../people/summary.ts';
import type { ReportContext } from '../reader.ts';
import { ORDER_KEY, resolvedSql, sessionColumn } from '../resolved.ts';

export const SESSIONS_PAGE = 50;
/** Events of one session that are listed, the earliest ones. */
export const SESSION_EVENTS_MAX = 500;

export interface SessionRow {
  /** Visitor and session, as one id. */
  session: string;
  session_id: string;
  visitor_id: string;
  started_at: string;
  ended_at: string;
  started_ms: number;
  channel: string;
  campaign: string;
  device: string;
  browser: string;
  os: string;
  country: string;
}

/** A page of the person's sessions, newest first, and one more. */
export function sessionsStatement(
  context: ReportContext,
  person: string,
  after?: string,
): Statement<SessionRow> {
  const bindings = new Bindings();
  const scope = alwaysOf(context);
  const first = ['session_id', 'utm_campaign', 'device', 'browser', 'os', 'country'];
  const events = resolvedSql(scope, bindings, {
    columns: [`${ORDER_KEY} AS key`, sessionColumn(scope, bindings), 'channel', ...first],
    where: eventsOf([person], context.site.site, bindings),
    people: `person_id = ${bindings.text(person)}`,
  });
  const page = after === undefined ? '1' : afterSql(after, bindings);
  const sql = `SELECT *, toUnixTimestamp64Milli(started_at) AS started_ms FROM (
      SELECT session, any(visitor_id) AS visitor_id, min(time) AS started_at, max(time) AS ended_at,
        argMinIf(event.channel, key, event.channel != '') AS channel,
        ${first.map((column) => `argMin(event.${column}, key) AS ${column === 'utm_campaign' ? 'campaign' : column}`).join(', ')}
      FROM (${events}) AS event GROUP BY session
    ) WHERE ${page} ORDER BY started_at DESC, session DESC LIMIT ${SESSIONS_PAGE + 1}`;
  return { sql, params: bindings.params };
}

export const cursorOf = ({ started_ms, session }: SessionRow) =>
  Buffer.from(`${started_ms} ${session}`).toString('base64url');

function afterSql(cursor: string, bindings: Bindings): string {
  const [, started, session] = /^(-?\d{1,15}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (session === undefined)
    throw badRequest('bad_cursor', 'Pass on `next` of the page before, unchanged.', 'after');
  return `(toUnixTimestamp64Milli(started_at), session) < (${bindings.bind('Int64', Number(started))}, ${bindings.text(session)})`;
}

export interface TimelineRow {
  session: string;
  event_id: string;
  time: string;
  name: string;
  path: string;
  title: string;
  reader: string;
  source: string;
  order_id: string;
  total: number | null;
  currency: string;
  product_ids: string[];
  product_names: string[];
  prices: number[];
  quantities: number[];
  properties: Record<string, string>;
}

export function timelineStatement(
  context: ReportContext,
  person: string,
  sessions: SessionRow[],
): Statement<TimelineRow> {
  const bindings = new Bindings();
  // A session lies within these times, so that only their months are read.
  const times = sessions.flatMap(({ started_at, ended_at }) => [
    Date.parse(started_at),
    Date.parse(ended_at),
  ]);
  const scope = { ...alwaysOf(context), from_ms: Math.min(...times), to_ms: Math.max(...times) + 1 };
  const visitors = [...new Set(sessions.map(({ visitor_id }) => visitor_id))];
  const wanted = bindings.bind(
    'Array(String)',
    sessions.map(({ session }) => session),
  );
  const columns = [
    'event_id',
    'name',
    'path',
    'title',
    'reader',
    'source',
    'order_id',
    'total',
    'currency',
    'properties',
  ];
  const events = resolvedSql(scope, bindings, {
    columns: [
      ...columns,
      'seq',
      'products.product_id AS product_ids',
      'products.name AS product_names',
      'products.price AS prices',
      'products.quantity AS quantities',
      sessionColumn(scope, bindings),
    ],
    where: `visitor_id IN ${bindings.bind('Array(String)', visitors)}`,
    people: `person_id = ${bindings.text(person)} AND session IN ${wanted}`,
  });
  const sql = `SELECT session, time, ${columns.join(', ')}, product_ids, product_names, prices, quantities
    FROM (${events}) ORDER BY session, time, seq, event_id LIMIT ${SESSION_EVENTS_MAX} BY session`;
  return { sql, params: bindings.params };
}

export interface SpanRow {
  visitor_id: string;
  spans: { from: string; person_id: string; rule: string; evidence: string }[];
}

export function spansStatement({ site }: ReportContext, visitors: string[]): Statement<SpanRow> {
  const bindings = new Bindings();
  return {
    sql: `SELECT visitor_id, spans FROM assignments FINAL
      WHERE site = ${bindings.text(site.site)} AND visitor_id IN ${bindings.bind('Array(String)', visitors)}`,
    params: bindings.params,
  };
}

export interface EvidenceRow {
  event_id: string;
  kind: string;
  time: string;
  session_id: string;
  identifiers: Identifier[];
}

export function evidenceStatement({ site }: ReportContext, event_ids: string[]): Statement<EvidenceRow> {
  const bindings = new Bindings();
  return {
    sql: `SELECT event_id, kind, time, session_id, identifiers FROM links FINAL
      WHERE site = ${bindings.text(site.site)} AND event_id IN ${bindings.bind('Array(String)', event_ids)}`,
    params: bindings.params,
  };
}

export interface IdentifierRow {
  kind: string;
  value: string;
  first_seen: string;
  last_seen: string;
}

/** When each of the person's identifiers was told, by the links that name them. */
export function identifiersStatement({ site }: ReportContext, person: string): Statement<IdentifierRow> {
  const bindings = new Bindings();
  const siteName = bindings.text(site.site);
  const own = `SELECT ${siteName}, tupleElement(identifier, 1), tupleElement(identifier, 2)
    FROM customers FINAL ARRAY JOIN identifiers AS identifier
    WHERE site = ${siteName} AND person_id = ${bindings.text(person)}`;
  return {
    sql: `SELECT named.kind AS kind, named.value AS value, min(link.time) AS first_seen, max(link.time) AS last_seen
      FROM (SELECT kind::String AS kind, value, visitor_id, event_id FROM link_identifiers FINAL WHERE (site, kind, value) IN (${own})) AS named
      INNER JOIN (SELECT visitor_id, event_id, time FROM links FINAL WHERE site = ${siteName}
        AND (visitor_id, event_id) IN (SELECT visitor_id, event_id FROM link_identifiers WHERE (site, kind, value) IN (${own}))) AS link
        ON named.visitor_id = link.visitor_id AND named.event_id = link.event_id
      GROUP BY kind, value ORDER BY first_seen, kind, value`,
    params: bindings.params,
  };
}
