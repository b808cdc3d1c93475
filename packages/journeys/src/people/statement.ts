import { createHash } from 'node:crypto';
import type { PeopleRequest } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { badRequest } from '../parse.ts';
import type { ReportContext } from '../reader.ts';
import { behindSql } from './behind.ts';
import { PEOPLE_LIMIT_DEFAULT } from './request.ts';

export interface UnitRow {
  unit: string;
  total: number;
}

/** Known people first, then by id: an order that new events do not change while somebody turns the pages. */
const rank = (unit: string) => `(NOT startsWith(${unit}, 'p_'), ${unit})`;

/** One page of units and one more, so that it shows whether there is a next page; `total` on each. */
export function unitsStatement(
  context: ReportContext,
  request: PeopleRequest,
  shown: string[][],
): Statement<UnitRow> {
  const bindings = new Bindings();
  const units = behindSql(context, request.of, shown, bindings);
  const search = request.search?.trim() ? searchSql(context.site.site, request.search.trim(), bindings) : '1';
  const after =
    request.after === undefined ? '1' : `${rank('unit')} > ${rank(bindings.text(unitOf(request.after)))}`;
  const sql = `SELECT unit, total
    FROM (SELECT unit, count() OVER () AS total FROM (${units}) WHERE ${search})
    WHERE ${after} ORDER BY ${rank('unit')} LIMIT ${(request.limit ?? PEOPLE_LIMIT_DEFAULT) + 1}`;
  return { sql, params: bindings.params };
}

export const cursorOf = (unit: string) => Buffer.from(unit).toString('base64url');

function unitOf(cursor: string): string {
  const unit = Buffer.from(cursor, 'base64url').toString();
  if (unit === '' || cursorOf(unit) !== cursor) {
    throw badRequest('bad_cursor', 'Pass on `next` of the page before, unchanged.', 'after');
  }
  return unit;
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
