import type { Identifier, IdentityRules, Link } from '@throughline/contract';
import { effective } from './effective.ts';
import { identifierKey } from './fact.ts';
import { isTold, nameFacts } from './name-facts.ts';

interface Asked {
  rules: IdentityRules;
  site: string;
  /** Whose links are the ones that may be new. */
  visitors: ReadonlySet<string>;
}

/**
 * The identifiers that these links show to be hubs, so that nobody has to read the other links that name them: more of
 * those only make them more of a hub. That holds where `links` have, for each user_id in them, all aliases and
 * joins of it, and all that operators did to what is in them.
 *
 * Left out, because all their links matter: those that an alias or a join names, and those that a link of `visitors`
 * names with nothing else that counts, since such a link is the hub's own customer's.
 */
export function joiningNobody(links: readonly Link[], { rules, site, visitors }: Asked): Identifier[] {
  const facts = effective(links, rules, site);
  const { all, named, hubs } = nameFacts(facts, rules);
  const hubKeys = new Set([...hubs].map((item) => identifierKey(all[item]!)));
  const known = new Set(all.map(identifierKey));
  const needed = new Set<string>();
  for (const fact of facts)
    if (isTold(fact)) for (const item of named.get(fact)!) needed.add(identifierKey(all[item]!));
  // Taken back or not: the hub's own customer may just have lost it.
  for (const link of links) {
    if (!visitors.has(link.visitor_id)) continue;
    const keys = link.identifiers.map(identifierKey);
    if (!keys.some((key) => known.has(key) && !hubKeys.has(key))) for (const key of keys) needed.add(key);
  }
  return [...hubs].map((item) => all[item]!).filter((one) => !needed.has(identifierKey(one)));
}
