import type { Assignment, Customer, Identifier, IdentityRules, Link } from '@throughline/contract';
import { personId, resolve } from '@throughline/identity';
import {
  assignmentsOf,
  customersOf,
  goneCustomers,
  linksAround,
  putAssignments,
  putCustomers,
  type Store,
} from '@throughline/store';

/** Bounds of one stitch. Real people hang together over a few steps and some hundreds of links; each step costs some milliseconds. */
const AROUND = { rounds_max: 1_000, links_max: 500_000 };

export interface StitchRequest {
  site: string;
  rules: IdentityRules;
  visitors: readonly string[];
  identifiers: readonly Identifier[];
  /** Microseconds, read before the facts are and greater than any before: of two writers the one that saw more wins. */
  version: number;
  /** Write all of it, not only what differs from what is stored: a writer that saw less may be about to store that. */
  whole?: boolean;
}

export interface Stitched {
  links: number;
  assignments: number;
  customers: number;
  gone: number;
  /** False when the bounds cut the facts short: the result may then differ from the whole. */
  complete: boolean;
}

/**
 * Resolves again whoever these visitors and identifiers belong to, and stores what changed. The cost depends on
 * the links that hang together with them, not on the size of any table.
 */
export async function stitch(store: Store, request: StitchRequest): Promise<Stitched> {
  const { site, rules, visitors, identifiers, version, whole = false } = request;
  const { links, complete } = await linksAround(store, site, { visitors, identifiers }, AROUND);
  const resolved = resolve(links, rules, site);
  const known = distinct([...visitors, ...links.map(({ visitor_id }) => visitor_id)]).filter(
    (id) => id !== '',
  );
  const before = await assignmentsOf(store, site, known);

  const assignments = changed(
    whole ? [] : before,
    [...resolved.assignments, ...emptied(before, resolved.assignments)],
    byVisitor,
  );
  const candidates = distinct([
    ...before.flatMap(({ spans }) => spans.map(({ person_id }) => person_id)),
    ...resolved.customers.map(({ person_id }) => person_id),
    ...possiblePersons(site, links, identifiers),
  ]).filter((id) => id !== '');
  const persons = await customersOf(store, site, candidates);
  const customers = changed(whole ? [] : persons, resolved.customers, byPerson);
  const gone = vanished(persons, resolved.customers);

  // Customers first: whoever reads an assignment finds its person.
  await putCustomers(store, customers, version);
  await putAssignments(store, assignments, version);
  await goneCustomers(store, gone, version);
  return {
    links: links.length,
    assignments: assignments.length,
    customers: customers.length,
    gone: gone.length,
    complete,
  };
}

const byVisitor = ({ visitor_id }: Assignment) => visitor_id;
const byPerson = ({ person_id }: Customer) => person_id;
const distinct = (names: readonly string[]): string[] => [...new Set(names)];

/** Those of `now` that are new or differ from `before`. */
function changed<Row>(before: readonly Row[], now: readonly Row[], key: (row: Row) => string): Row[] {
  const old = new Map(before.map((row) => [key(row), canonical(row)]));
  return now.filter((row) => old.get(key(row)) !== canonical(row));
}

/** One text for equal rows: the store gives the keys of a map in another order than the resolver. */
function canonical(row: unknown): string {
  return JSON.stringify(row, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Visitors that had an assignment and have none now, because their links were cut: they are strangers again. */
function emptied(before: readonly Assignment[], now: readonly Assignment[]): Assignment[] {
  const still = new Set(now.map(byVisitor));
  return before
    .filter((row) => !still.has(row.visitor_id) && row.spans.length > 0)
    .map((row) => ({ ...row, spans: [] }));
}

/**
 * The ids of everybody who could have been a person of these facts before, under whatever rules. A person is named after
 * one of its identifiers, so no table has to be searched.
 */
function possiblePersons(site: string, links: readonly Link[], more: readonly Identifier[]): string[] {
  const all = [...more, ...links.flatMap(({ identifiers }) => identifiers)];
  return distinct(all.map((identifier) => personId(site, identifier)));
}

/** Persons that the facts name no longer, with the one that has taken over an identifier of theirs. */
function vanished(before: readonly Customer[], now: readonly Customer[]) {
  const ownerOf = new Map(
    now.flatMap(({ person_id, identifiers }) =>
      identifiers.map(({ kind, value }) => [`${kind}\0${value}`, person_id] as const),
    ),
  );
  const still = new Set(now.map(byPerson));
  return before
    .filter(({ person_id }) => !still.has(person_id))
    .map(({ site, person_id, identifiers }) => ({
      site,
      person_id,
      successor:
        identifiers
          .map(({ kind, value }) => ownerOf.get(`${kind}\0${value}`))
          .find((id) => id !== undefined) ?? '',
    }));
}
