import type { Assignment, Customer, IdentityRules, Link } from '@throughline/contract';
import { customersOf } from './customers.ts';
import { disownedVisits, isWithin, withoutVisits } from './disowned.ts';
import { effective } from './effective.ts';
import type { Fact } from './fact.ts';
import { joinIdentifiers } from './join.ts';
import { spansOf } from './spans.ts';

export interface Resolution {
  /** One for each visitor with an effective link that gives it a span, sorted by `visitor_id`. */
  assignments: Assignment[];
  /** Sorted by `person_id`. */
  customers: Customer[];
}

/**
 * Who is who, from the evidence alone. A pure function of the *set* of a site's links: their order, repeats and
 * batching do not matter, links of other sites are left out, and time n log n. Resolving a part gives the same as the
 * whole when the part holds, for each of its links, every other link of the same visitor or with a common
 * identifier, and the cuts that aim at them (`closure` in `closure.ts` says it in code).
 */
export function resolve(links: readonly Link[], rules: IdentityRules, site: string): Resolution {
  const facts = effective(links, rules, site);
  const everything = new Map<string, Fact[]>();
  for (const fact of facts) {
    const { visitor_id } = fact.link;
    if (visitor_id === '') continue;
    const of = everything.get(visitor_id);
    if (of === undefined) everything.set(visitor_id, [fact]);
    else of.push(fact);
  }
  const disowned = new Map([...everything].map(([visitor_id, own]) => [visitor_id, disownedVisits(own)]));
  // What was told in a visit that is nobody's says nothing of whose the visitor's other time is.
  const byVisitor = new Map(
    [...everything].map(([visitor_id, own]) => {
      const visits = disowned.get(visitor_id)!;
      const counts = ({ link, time }: Fact) =>
        link.kind === 'logout' || (link.kind !== 'disown' && !isWithin(visits, time));
      return [visitor_id, visits.length === 0 ? own : own.filter(counts)];
    }),
  );
  const joined = joinIdentifiers(facts, byVisitor, { rules, site });
  const assignments: Assignment[] = [];
  for (const visitor_id of [...byVisitor.keys()].sort()) {
    const spans = withoutVisits(
      spansOf(byVisitor.get(visitor_id)!, joined.ownerOf, rules),
      disowned.get(visitor_id)!,
    );
    if (spans.length > 0) assignments.push({ site, visitor_id, spans });
  }
  return { assignments, customers: customersOf(facts, joined, site) };
}
