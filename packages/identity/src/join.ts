import type { Identifier, IdentityRules } from '@throughline/contract';
import type { DisjointSets } from './disjoint-sets.ts';
import { compareFacts, compareIdentifiers, type Fact } from './fact.ts';
import { nameFacts, unite } from './name-facts.ts';
import { personId } from './person-id.ts';
import { namesPurchase, purchasesTogether, standingBy } from './standing-by.ts';

export interface Joined {
  /** The person a fact names; '' when it names none (a logout). */
  ownerOf(fact: Fact): string;
  /** Every person's identifiers, strongest first. */
  identifiers: ReadonlyMap<string, Identifier[]>;
}

/**
 * Which identifiers name the same customer. In this order:
 *
 * 1. An alias or an operator's join unites all it names, whoever they are.
 * 2. A hub (see `hubsAmong`) joins nothing from here on. It names a customer of its own only where a link carries
 *    nothing else.
 * 3. Strong identifiers of one identify unite.
 * 4. Weak ones attach to the strongest identifier of their link, in the order of facts, and never where that would
 *    bring two different user_ids together: the first claim keeps the identifier.
 * 5. A purchase (order, checkout, cart) that no link ties to anybody belongs to the customer who owned the visitor
 *    when it was made, so that the order of somebody who is logged in does not make a stranger of them.
 * 6. The purchases of one browser that are still nobody's are one customer's, up to a log-out.
 *
 * `facts` are in their order, `visitors` the same by visitor.
 */
export function joinIdentifiers(
  facts: readonly Fact[],
  visitors: ReadonlyMap<string, Fact[]>,
  { rules, site }: { rules: IdentityRules; site: string },
): Joined {
  const { all, named, sets, hubs } = nameFacts(facts, rules);
  const isUser = (item: number) => all[item]!.kind === 'user_id';
  const isStrong = (item: number) => rules.kinds[all[item]!.kind]?.strength === 'strong';
  const identified = facts.filter(({ link }) => link.kind === 'identify');
  const joinable = (fact: Fact) => named.get(fact)!.filter((item) => !hubs.has(item));
  for (const fact of identified) unite(sets, joinable(fact).filter(isStrong));

  const withUser = new Set<number>();
  for (const item of all.keys()) if (isUser(item)) withUser.add(sets.find(item));
  for (const fact of identified) {
    const [anchor, ...others] = joinable(fact);
    for (const other of others) {
      const [a, b] = [sets.find(anchor!), sets.find(other)];
      if (a === b || (withUser.has(a) && withUser.has(b))) continue;
      const hasUser = withUser.has(a) || withUser.has(b);
      const whole = sets.union(a, b);
      if (hasUser) withUser.add(whole);
    }
  }

  const personal = new Set<number>();
  for (const item of all.keys()) if (!namesPurchase(all[item]!.kind)) personal.add(sets.find(item));
  const customerOf = (fact: Fact) => {
    const anchor = joinable(fact)[0] ?? named.get(fact)![0];
    return anchor === undefined ? undefined : sets.find(anchor);
  };
  const purchases = [...visitors.values()].flatMap((own) => standingBy(own, { rules, customerOf }));
  for (const [purchase, owner] of purchases.sort(([a], [b]) => compareFacts(a, b))) {
    const [mine, theirs] = [joinable(purchase)[0], joinable(owner)[0]];
    if (mine === undefined || theirs === undefined || personal.has(sets.find(mine))) continue;
    personal.add(sets.union(mine, theirs));
  }
  for (const own of visitors.values()) {
    for (const group of purchasesTogether(own, rules)) {
      const items = group.flatMap((fact) => joinable(fact).slice(0, 1));
      unite(
        sets,
        items.filter((item) => !personal.has(sets.find(item))),
      );
    }
  }

  const { persons, identifiers } = nameSets(all, sets, site);
  return {
    ownerOf(fact) {
      const anchor = joinable(fact)[0] ?? named.get(fact)![0];
      return anchor === undefined ? '' : persons.get(sets.find(anchor))!;
    },
    identifiers,
  };
}

function nameSets(all: readonly Identifier[], sets: DisjointSets, site: string) {
  const members = new Map<number, Identifier[]>();
  for (const [item, identifier] of all.entries()) {
    const root = sets.find(item);
    const list = members.get(root);
    if (list === undefined) members.set(root, [identifier]);
    else list.push(identifier);
  }
  const persons = new Map<number, string>();
  const identifiers = new Map<string, Identifier[]>();
  for (const [root, list] of members) {
    list.sort(compareIdentifiers);
    const person = personId(site, list[0]!);
    persons.set(root, person);
    identifiers.set(person, list);
  }
  return { persons, identifiers };
}
