import type { Identifier, Link } from '@throughline/contract';
import { type Fact, identifierKey } from './fact.ts';

/**
 * The fewest links that lead from one of `start` to the first of `names`, each naming two of `names`; of equally short
 * ways the one met first in the order of facts. Empty when `start` holds it already or no way leads there.
 */
export function chain(
  facts: readonly Fact[],
  start: readonly Identifier[],
  names: readonly Identifier[],
): Link[] {
  if (names.length === 0) return [];
  const own = new Set(names.map(identifierKey));
  const goal = identifierKey(names[0]!);
  const factsOf = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const key of fact.identifiers.map(identifierKey)) {
      if (!own.has(key)) continue;
      const list = factsOf.get(key);
      if (list === undefined) factsOf.set(key, [fact]);
      else list.push(fact);
    }
  }
  /** How each name was reached: from which name, by which link. */
  const way = new Map<string, { from: string; by: Link } | undefined>();
  const waiting = start.map(identifierKey).filter((key) => own.has(key));
  for (const key of waiting) way.set(key, undefined);
  for (let at = waiting.shift(); at !== undefined && !way.has(goal); at = waiting.shift()) {
    for (const { link, identifiers } of factsOf.get(at) ?? []) {
      for (const key of identifiers.map(identifierKey)) {
        if (!own.has(key) || way.has(key)) continue;
        way.set(key, { from: at, by: link });
        waiting.push(key);
      }
    }
  }
  const links: Link[] = [];
  for (let step = way.get(goal); step !== undefined; step = way.get(step.from)) links.unshift(step.by);
  return links;
}
