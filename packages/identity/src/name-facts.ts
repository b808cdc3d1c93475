import type { Identifier, IdentityRules } from '@throughline/contract';
import { DisjointSets } from './disjoint-sets.ts';
import { type Fact, identifierKey } from './fact.ts';
import { hubsAmong } from './hubs.ts';

export interface NamedFacts {
  /** Every identifier once, in the order of facts. */
  all: readonly Identifier[];
  /** For each fact the places in `all` of its identifiers, strongest first. */
  named: ReadonlyMap<Fact, readonly number[]>;
  /** What aliases and operators' joins unite. */
  sets: DisjointSets;
  /** Those that join nothing: see `hubsAmong`. */
  hubs: ReadonlySet<number>;
}

/** Numbers the identifiers of facts, which are in their order; unites what is told to be one, and finds the hubs. */
export function nameFacts(facts: readonly Fact[], rules: IdentityRules): NamedFacts {
  const all: Identifier[] = [];
  const index = new Map<string, number>();
  const named = new Map<Fact, number[]>();
  for (const fact of facts) {
    named.set(
      fact,
      fact.identifiers.map((identifier) => {
        const key = identifierKey(identifier);
        const known = index.get(key);
        if (known !== undefined) return known;
        index.set(key, all.length);
        return all.push(identifier) - 1;
      }),
    );
  }
  const sets = new DisjointSets(all.length);
  for (const fact of facts.filter(isTold)) unite(sets, named.get(fact)!);
  const hubs = hubsAmong(
    facts.filter(({ link }) => link.kind === 'identify'),
    rules,
    {
      itemsOf: (fact) => named.get(fact)!,
      kindOf: (item) => all[item]!.kind,
      customerOf: (user) => sets.find(user),
    },
  );
  return { all, named, sets, hubs };
}

/** Whether the fact says outright that what it names is one customer. */
export const isTold = ({ link }: Fact): boolean => link.kind === 'alias' || link.kind === 'join';

export function unite(sets: DisjointSets, items: readonly number[]): void {
  for (const item of items) sets.union(items[0]!, item);
}
