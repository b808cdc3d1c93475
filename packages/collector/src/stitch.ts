import type { Assignment, Customer, Identifier, IdentityRules, Link } from '@throughline/contract';
import { joiningNobody, personId, resolve } from '@throughline/identity';
import {
  assignmentsOf,
  customersOf,
  goneCustomers,
  highestVersion,
  linksAround,
  putAssignments,
  putCustomers,
  type Store,
} from '@throughline/store';
import { changed, emptied, vanished } from './stitch-changes.ts';

/**
 * Bounds of one stitch. Real people hang together over a few steps and some hundreds of links; each step costs some
 * milliseconds. Nobody real has more browsers than `crowd_visitors_max` with one address.
 */
const AROUND = { rounds_max: 1_000, links_max: 500_000 };
const CROWD_VISITORS_MAX = 64;

export interface StitchRequest {
  site: string;
  rules: IdentityRules;
  visitors: readonly string[];
  identifiers: readonly Identifier[];
  /** Microseconds by the database's clock. What is written gets this version, or a higher one than what it replaces. */
  clock: number;
  /** From how many visitors on it is asked of an identifier whether it joins anybody, before all of them are read. */
  crowd_visitors_max?: number;
}

export interface Stitched {
  /** Links that were read. */
  links: number;
  assignments: number;
  customers: number;
  gone: number;
  /** False when the bounds cut the facts short: the result may then differ from the whole. */
  complete: boolean;
}

/**
 * Resolves again whoever these visitors and identifiers belong to, and stores what changed. The cost depends on
 * the links that hang together with them, not on the size of any table, nor on how many share an identifier that joins
 * nobody.
 */
export async function stitch(store: Store, request: StitchRequest): Promise<Stitched> {
  const { site, rules, visitors, identifiers, clock } = request;
  const touched = new Set(visitors);
  const around = await linksAround(
    store,
    site,
    { visitors, identifiers },
    {
      ...AROUND,
      crowd: {
        visitors_max: request.crowd_visitors_max ?? CROWD_VISITORS_MAX,
        joiningNobody: (links) => joiningNobody(links, { rules, site, visitors: touched }),
      },
    },
  );
  const { links, witness, complete } = around;
  const names = followed(around, identifiers);
  const known = distinct([...visitors, ...links.map(({ visitor_id }) => visitor_id)]).filter(
    (id) => id !== '',
  );
  const resolved = onlyThese(resolve([...links, ...witness], rules, site), { known, names });
  const before = await assignmentsOf(store, site, known);

  const byVisitor = ({ visitor_id }: Assignment) => visitor_id;
  const assignments = changed(
    before,
    [...resolved.assignments, ...emptied(before, resolved.assignments)],
    byVisitor,
  );
  const candidates = distinct([
    ...before.flatMap(({ spans }) => spans.map(({ person_id }) => person_id)),
    ...resolved.customers.map(({ person_id }) => person_id),
    // Everybody who could have been a person of these facts before, under whatever rules: a person is named after one of
    // its identifiers, so no table has to be searched.
    ...[...names.values()].map((identifier) => personId(site, identifier)),
  ]).filter((id) => id !== '' && !around.held.some((one) => personId(site, one) === id));
  const persons = await customersOf(store, site, candidates);
  const customers = changed(persons, resolved.customers, ({ person_id }) => person_id);
  const gone = vanished(persons, resolved.customers);

  if (assignments.length + customers.length + gone.length > 0) {
    const replaced = {
      visitors: assignments.map(byVisitor),
      persons: [...customers, ...gone].map(({ person_id }) => person_id),
    };
    const version = Math.max(clock, (await highestVersion(store, site, replaced)) + 1);
    // Customers first: whoever reads an assignment finds its person.
    await putCustomers(store, customers, version);
    await putAssignments(store, assignments, version);
    await goneCustomers(store, gone, version);
  }
  return {
    links: links.length + witness.length,
    assignments: assignments.length,
    customers: customers.length,
    gone: gone.length,
    complete,
  };
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
const keyOf = ({ kind, value }: Identifier) => `${kind}\0${value}`;

/** The identifiers all of whose links were read, by key. */
function followed(
  { links, held }: { links: readonly Link[]; held: readonly Identifier[] },
  more: readonly Identifier[],
): Map<string, Identifier> {
  const names = new Map(
    [...more, ...links.flatMap(({ identifiers }) => identifiers)].map((one) => [keyOf(one), one]),
  );
  for (const one of held) names.delete(keyOf(one));
  return names;
}

/** What is said of those all of whose links were read. */
const onlyThese = (
  { assignments, customers }: { assignments: Assignment[]; customers: Customer[] },
  { known, names }: { known: readonly string[]; names: ReadonlyMap<string, Identifier> },
) => {
  const visitors = new Set(known);
  return {
    assignments: assignments.filter(({ visitor_id }) => visitors.has(visitor_id)),
    customers: customers.filter(({ identifiers }) => identifiers.some((one) => names.has(keyOf(one)))),
  };
};
