import { ProblemError } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import type { Reader, ReportContext } from '../reader.ts';

/** A person joined into another, joined into another, …: as far as this many times. */
const SUCCESSORS_MAX = 20;

export interface SuccessorRow {
  gone: 0 | 1;
  successor: string;
}

export interface OwnerRow {
  owner: string;
  /** Whether any of the visitor's events is its own. */
  stranger: 0 | 1;
}

/**
 * The person that an id leads to: a joined person's successor, a visitor's owner, or a stranger's own visitor id.
 * Throws ProblemError 404 when there is nobody.
 */
export async function whoIs(reader: Reader, context: ReportContext, id: string): Promise<string> {
  if (id.startsWith('p_')) return successorOf(reader, context, id);
  const [row] = await reader.query(ownerStatement(context, id));
  if (!row) throw nobody();
  return row.stranger || row.owner === '' ? id : row.owner;
}

async function successorOf(reader: Reader, context: ReportContext, id: string): Promise<string> {
  let person = id;
  for (let hop = 0; hop < SUCCESSORS_MAX; hop++) {
    const [row] = await reader.query(successorStatement(context, person));
    if (!row) break;
    if (!row.gone) return person;
    person = row.successor;
  }
  throw nobody();
}

const nobody = () =>
  new ProblemError(404, {
    code: 'not_found',
    message: 'This site knows nobody by this id; it may have been erased.',
    at: 'id',
  });

export function successorStatement({ site }: ReportContext, person: string): Statement<SuccessorRow> {
  const bindings = new Bindings();
  return {
    sql: `SELECT gone, successor FROM customers FINAL
      WHERE site = ${bindings.text(site.site)} AND person_id = ${bindings.text(person)}`,
    params: bindings.params,
  };
}

/** Whose the visitor's latest event is, and whether any event is nobody's. */
export function ownerStatement({ site }: ReportContext, visitor: string): Statement<OwnerRow> {
  const bindings = new Bindings();
  const [siteName, id] = [bindings.text(site.site), bindings.text(visitor)];
  const spans = `(SELECT any(spans) FROM assignments FINAL WHERE site = ${siteName} AND visitor_id = ${id})`;
  return {
    sql: `SELECT argMax(person, time) AS owner, max(person = '') AS stranger FROM (
        SELECT time, tupleElement(arrayLast(span -> tupleElement(span, 1) <= time, ${spans}), 2) AS person
        FROM events WHERE site = ${siteName} AND visitor_id = ${id} AND is_bot = 0
      ) HAVING count() > 0`,
    params: bindings.params,
  };
}
