import { lists } from '../lists.ts';
import type { Store } from '../store.ts';
import { identifierOf, nameOf } from './operators.ts';

/** Values of one kind that share a statement with those of others; hashes of 64 characters stay well below what fits. */
const FEW = 200;
/** Rows that are read before it is asked who among the names is a crowd. */
const ROWS_MAX = 4_096;
/** Names whose first visitors one statement asks for. */
const NAMES_AT_ONCE = 40;
/**
 * Of more names than these, as a segment of an import has, each one's first visitors are picked in one statement, which reads
 * the rows of all: little beside the segment.
 */
const NAMES_APART_MAX = 200;
/** Reading stops within a block of this many rows after a LIMIT is reached. */
const EARLY = 'SETTINGS max_threads = 1, max_block_size = 512, optimize_read_in_order = 1';

export interface Named {
  visitors: string[];
  /** Names that more visitors than `visitors_max` carry; theirs are not among `visitors`. */
  crowds: string[];
}

/** The visitors with a link that names one of these identifiers. */
export async function visitorsNamed(
  store: Store,
  site: string,
  names: readonly string[],
  visitors_max = Number.POSITIVE_INFINITY,
): Promise<Named> {
  const rows: Row[] = [];
  const limited = Number.isFinite(visitors_max);
  const apart = limited && names.length <= NAMES_APART_MAX;
  const limit = apart
    ? `LIMIT ${ROWS_MAX + 1} ${EARLY}`
    : limited
      ? `LIMIT ${visitors_max + 1} BY kind, value`
      : '';
  for (const { where, params } of conditions(names)) {
    const sql = `
      SELECT DISTINCT kind, value, visitor_id FROM link_identifiers
      WHERE site = {site:String} AND (${where}) AND visitor_id != ''
      ${limit}`;
    rows.push(...(await store.query<Row>({ sql, params: { site, ...params } })));
    if (apart && rows.length > ROWS_MAX) return firstOfEach(store, site, names, visitors_max);
  }
  return parted(rows, visitors_max);
}

interface Row {
  kind: string;
  value: string;
  visitor_id: string;
}

function parted(rows: readonly Row[], visitors_max: number): Named {
  const carriers = new Map<string, string[]>();
  for (const row of rows) {
    const list = carriers.get(nameOf(row));
    if (list === undefined) carriers.set(nameOf(row), [row.visitor_id]);
    else list.push(row.visitor_id);
  }
  const visitors = new Set<string>();
  const crowds: string[] = [];
  for (const [name, list] of carriers) {
    if (list.length > visitors_max) crowds.push(name);
    else for (const visitor of list) visitors.add(visitor);
  }
  return { visitors: [...visitors], crowds };
}

async function firstOfEach(
  store: Store,
  site: string,
  names: readonly string[],
  visitors_max: number,
): Promise<Named> {
  const rows: Row[] = [];
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const part = names.slice(at, at + NAMES_AT_ONCE).map(identifierOf);
    const selects = part.map(
      (_, turn) => `SELECT * FROM (
        SELECT DISTINCT kind, value, visitor_id FROM link_identifiers
        WHERE site = {site:String} AND kind = {kind${turn}:String} AND value = {value${turn}:String} AND visitor_id != ''
        LIMIT ${visitors_max + 1})`,
    );
    const params = Object.fromEntries(
      part.flatMap(({ kind, value }, turn) => [
        [`kind${turn}`, kind],
        [`value${turn}`, value],
      ]),
    );
    const sql = `SELECT * FROM (${selects.join(' UNION ALL ')}) ${EARLY}`;
    rows.push(...(await store.query<Row>({ sql, params: { site, ...params } })));
  }
  return parted(rows, visitors_max);
}

/** Some visitors that carry a name. */
export interface SomeVisitors {
  visitors: string[];
  /** Whether these are all. */
  all: boolean;
}

/**
 * The visitors of the first `links` links, by visitor, that carry this one name. Reads as many rows, and a block or two: with
 * DISTINCT beside ORDER BY the engine would read all.
 */
export async function firstVisitorsNamed(
  store: Store,
  site: string,
  name: string,
  links: number,
): Promise<SomeVisitors> {
  const sql = `
    SELECT visitor_id FROM link_identifiers
    WHERE site = {site:String} AND kind = {kind:String} AND value = {value:String} AND visitor_id != ''
    ORDER BY visitor_id LIMIT {links:UInt32} ${EARLY}`;
  const params = { site, ...identifierOf(name), links };
  const rows = await store.query<{ visitor_id: string }>({ sql, params });
  return { visitors: [...new Set(rows.map(({ visitor_id }) => visitor_id))], all: rows.length < links };
}

/** Nearly always few values of each kind, which one statement takes. */
function conditions(names: readonly string[]): { where: string; params: Record<string, unknown> }[] {
  const kinds = new Map<string, string[]>();
  for (const { kind, value } of names.map(identifierOf)) {
    const values = kinds.get(kind);
    if (values === undefined) kinds.set(kind, [value]);
    else values.push(value);
  }
  const apart: { where: string; params: Record<string, unknown> }[] = [];
  const together = { where: [] as string[], params: {} as Record<string, unknown> };
  for (const [turn, [kind, values]] of [...kinds].entries()) {
    const all = lists(`values${turn}`, values);
    for (const list of all) {
      const where = `(kind = {kind${turn}:String} AND value IN ${list.sql})`;
      const params = { [`kind${turn}`]: kind, ...list.params };
      if (all.length > 1 || values.length > FEW) apart.push({ where, params });
      else {
        together.where.push(where);
        Object.assign(together.params, params);
      }
    }
  }
  if (together.where.length > 0) apart.push({ where: together.where.join(' OR '), params: together.params });
  return apart;
}
