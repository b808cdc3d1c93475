import { type Identifier, type Link, ProblemError, type Site } from '@throughline/contract';
import { assignmentsOf, findCustomer, type Store } from '@throughline/store';

/** Somebody as an operator names them. */
export interface Somebody {
  id: string;
  /** Strongest first; none for a stranger. */
  identifiers: Identifier[];
  /** A stranger's browser. */
  visitor_id: string;
  /** A stranger's first event. */
  since: string;
}

/** A customer by person id, or a stranger by visitor id. Throws ProblemError 404, or 409 for a visitor who is somebody's. */
export async function somebody(store: Store, site: Site, id: string, at: string): Promise<Somebody> {
  if (id.startsWith('p_')) {
    const customer = await findCustomer(store, site.site, id);
    if (customer === undefined) throw unknown(at);
    return { id: customer.person_id, identifiers: customer.identifiers, visitor_id: '', since: '' };
  }
  const [seen] = await store.query<{ events: number; since: string }>({
    sql: `SELECT count() AS events, min(time) AS since FROM events
      WHERE site = {site:String} AND visitor_id = {visitor:String}`,
    params: { site: site.site, visitor: id },
  });
  if (seen === undefined || seen.events === 0) throw unknown(at);
  const [assignment] = await assignmentsOf(store, site.site, [id]);
  if (assignment?.spans.some(({ person_id }) => person_id !== ''))
    throw new ProblemError(409, {
      code: 'visitor_is_known',
      message: 'This browser belongs to a customer already; name the customer instead.',
      at,
    });
  return { id, identifiers: [], visitor_id: id, since: seen.since };
}

/** As pages and the API show an identifier: a hash by its beginning. */
export const shownValue = ({ kind, value }: Identifier): string =>
  (kind === 'email' || kind === 'phone') && /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 8)}…` : value;

export const shownIdentifiers = ({ identifiers }: Link) =>
  identifiers.map((one) => ({ kind: one.kind, value: shownValue(one) }));

const unknown = (at: string) =>
  new ProblemError(404, { code: 'unknown_person', message: 'Nobody here is known by this id.', at });
