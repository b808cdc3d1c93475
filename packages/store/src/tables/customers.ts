import type { Customer, Identifier } from '@throughline/contract';
import { lists } from '../lists.ts';
import type { Store } from '../store.ts';

const COLUMNS = 'site, person_id, identifiers, traits, first_identified_at, last_identified_at';
/** People who became part of others, who became part of others: no real chain is this long. */
const SUCCESSORS_MAX = 32;

/** Stores what the resolver says, whole. `version`: the highest of a person counts; see `highestVersion`. */
export async function putCustomers(
  store: Store,
  customers: readonly Customer[],
  version: number,
): Promise<void> {
  if (customers.length === 0) return;
  await store.insert(
    'customers',
    customers.map((customer) => ({ ...customer, gone: 0, successor: '', version })),
  );
}

/** A person that is no longer one of its own. `successor`: whom it became part of; '' when its links were cut. */
export interface GoneCustomer {
  site: string;
  person_id: string;
  successor: string;
}

/** Marks people as gone; an old address still finds their successor. */
export async function goneCustomers(
  store: Store,
  gone: readonly GoneCustomer[],
  version: number,
): Promise<void> {
  if (gone.length === 0) return;
  const epoch = '1970-01-01T00:00:00.000Z';
  const empty = { identifiers: [], traits: {}, first_identified_at: epoch, last_identified_at: epoch };
  await store.insert(
    'customers',
    gone.map((person) => ({ ...person, ...empty, gone: 1, version })),
  );
}

/** The customer of an id, or the one it has become part of; undefined when there is none. */
export async function findCustomer(
  store: Store,
  site: string,
  person_id: string,
): Promise<Customer | undefined> {
  let id = person_id;
  for (let hop = 0; hop < SUCCESSORS_MAX; hop += 1) {
    const sql = `
      SELECT ${COLUMNS}, gone, successor FROM customers FINAL
      WHERE site = {site:String} AND person_id = {id:String}`;
    const [row] = await store.query<Customer & { gone: number; successor: string }>({
      sql,
      params: { site, id },
    });
    if (!row || (row.gone === 1 && row.successor === '')) return undefined;
    const { gone, successor, ...customer } = row;
    if (gone === 0) return customer;
    id = successor;
  }
  return undefined;
}

/** The customers of these ids that are not gone, by id. */
export async function customersOf(
  store: Store,
  site: string,
  person_ids: readonly string[],
): Promise<Customer[]> {
  const found: Customer[] = [];
  for (const ids of lists('ids', person_ids)) {
    const sql = `
      SELECT ${COLUMNS} FROM customers FINAL
      WHERE site = {site:String} AND person_id IN ${ids.sql} AND gone = 0
      ORDER BY person_id`;
    found.push(...(await store.query<Customer>({ sql, params: { site, ...ids.params } })));
  }
  return found;
}

/** The customers that carry one of these identifiers, by id. */
export async function customersByIdentifier(
  store: Store,
  site: string,
  identifiers: readonly Identifier[],
): Promise<Customer[]> {
  const sql = `
    SELECT DISTINCT person_id FROM customer_identifiers
    WHERE (site, kind, value) IN (
      SELECT {site:String}, pair.1, pair.2
      FROM (SELECT arrayJoin(arrayZip({kinds:Array(String)}, {values:Array(String)})) AS pair))`;
  const params = {
    site,
    kinds: identifiers.map(({ kind }) => kind),
    values: identifiers.map(({ value }) => value),
  };
  const rows = await store.query<{ person_id: string }>({ sql, params });
  const customers = await customersOf(
    store,
    site,
    rows.map(({ person_id }) => person_id),
  );
  // Who carried it once may not do so any more.
  return customers
    .filter((customer) =>
      customer.identifiers.some(({ kind, value }) =>
        identifiers.some((one) => one.kind === kind && one.value === value),
      ),
    )
    .sort((a, b) => (a.person_id < b.person_id ? -1 : 1));
}
