import { createHash } from 'node:crypto';
import type { PeopleOf, PeopleRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { badRequest } from '../parse.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import { resolvedSql, sessionColumn, UNIT_COLUMN } from '../resolved.ts';
import { spilling } from '../spilling.ts';
import { behindSql, perOf } from './behind.ts';
import { PEOPLE_LIMIT_DEFAULT } from './request.ts';
import { alwaysOf } from './summary.ts';

export interface UnitRow {
  unit: string;
  /** When it was seen last, milliseconds; 0 when nothing of it had arrived by `as_of_ms`. */
  last_ms: number;
  total: number;
}

/** Where the next page begins: after this unit, in the order of the first page's moment. */
export interface Cursor {
  as_of_ms: number;
  last_ms: number;
  unit: string;
}

/**
 * One page of units and one more, so that it shows whether there is a next page; `total` on each. Seen last comes
 * first, then by id. The order is that of what had arrived at the first page's moment, so that a person who comes
 * back while somebody turns the pages is neither skipped nor listed twice.
 */
export function unitsStatement(
  context: ReportContext,
  request: PeopleRequest,
  shown: string[][],
): Statement<UnitRow> {
  const bindings = new Bindings();
  const { after, as_of_ms } = pageOf(context, request);
  const units = behindSql(context, request.of, shown, bindings);
  const search = request.search?.trim() ? searchSql(context.site.site, request.search.trim(), bindings) : '1';
  const rest =
    after === undefined
      ? '1'
      : `(-last_ms, unit) > (-${bindings.bind('Int64', after.last_ms)}, ${bindings.text(after.unit)})`;
  const sql = `SELECT unit, last_ms, total
    FROM (
      SELECT counted.unit AS unit, counted.total AS total, seen.last_ms AS last_ms
      FROM (SELECT unit, count() OVER () AS total FROM (${units}) WHERE ${search}) AS counted
      LEFT JOIN (${lastSeenSql(context, request.of, as_of_ms, bindings)}) AS seen ON counted.unit = seen.unit
    )
    WHERE ${rest} ORDER BY -last_ms, unit LIMIT ${(request.limit ?? PEOPLE_LIMIT_DEFAULT) + 1}`;
  return { sql: spilling(sql), params: bindings.params };
}

/**
 * When each unit was seen last, not only in the report's range. Every unit has an event in the range, so nothing
 * before it needs to be read.
 */
function lastSeenSql(context: ReportContext, of: PeopleOf, as_of_ms: number, bindings: Bindings): string {
  const per = perOf(of);
  const scope = { ...alwaysOf(context), from_ms: scopeOf(context, of.request).from_ms };
  const events = resolvedSql(scope, bindings, {
    columns: per === 'session' ? [sessionColumn(scope, bindings)] : [],
    where: `received_at <= fromUnixTimestamp64Milli(${bindings.bind('Int64', as_of_ms)}, 'UTC')`,
  });
  return `SELECT ${UNIT_COLUMN[per]} AS unit, toUnixTimestamp64Milli(max(time)) AS last_ms FROM (${events}) GROUP BY unit`;
}

/** The cursor and the moment of the first page, which is this one when there is no cursor. */
export function pageOf(
  { now }: ReportContext,
  request: PeopleRequest,
): { after: Cursor | undefined; as_of_ms: number } {
  const after = request.after === undefined ? undefined : readCursor(request.after);
  return { after, as_of_ms: after?.as_of_ms ?? now.getTime() };
}

export const cursorOf = ({ as_of_ms, last_ms, unit }: Cursor) =>
  Buffer.from(`${as_of_ms} ${last_ms} ${unit}`).toString('base64url');

function readCursor(text: string): Cursor {
  const [, as_of, last, unit] =
    /^(\d{1,15}) (-?\d{1,15}) (.+)$/s.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const cursor = { as_of_ms: Number(as_of), last_ms: Number(last), unit: unit ?? '' };
  if (unit === undefined || cursorOf(cursor) !== text) {
    throw badRequest('bad_cursor', 'Pass on `next` of the page before, unchanged.', 'after');
  }
  return cursor;
}

/** Units whose person has an identifier or a trait that begins with the text, or whose own id does; ignores case. */
function searchSql(site: string, search: string, bindings: Bindings): string {
  const begins = (value: string) => `startsWith(lowerUTF8(${value}), ${bindings.text(search.toLowerCase())})`;
  const people = `SELECT person_id FROM customers FINAL
    WHERE site = ${bindings.text(site)} AND gone = 0 AND (
      arrayExists(identifier -> ${begins('tupleElement(identifier, 2)')}
        OR has(${bindings.bind('Array(String)', hashesOf(search))}, tupleElement(identifier, 2)), identifiers)
      OR arrayExists(trait -> ${begins('trait')}, mapValues(traits)))`;
  const visitors = `SELECT visitor_id FROM assignments FINAL ARRAY JOIN spans AS span
    WHERE site = ${bindings.text(site)} AND tupleElement(span, 2) IN (${people})`;
  return `(${begins('unit')} OR unit IN (${people})
    OR (NOT startsWith(unit, 'p_') AND splitByChar('/', unit)[1] IN (${visitors})))`;
}

/** E-mail addresses and phone numbers are kept as SHA-256 of their normalised form, so that is what is looked for. */
function hashesOf(search: string): string[] {
  const forms = [search.toLowerCase(), search.replace(/[^\d+]/g, '').replace(/^00/, '+')];
  return forms.filter((form) => form !== '').map((form) => createHash('sha256').update(form).digest('hex'));
}
