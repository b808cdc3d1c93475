import type { Customer } from '@throughline/contract';
import { compareText, identifierKey } from './fact.ts';

/** How people change from one resolution to another. */
export interface Comparison {
  /** Persons of `after` that are made of several of `before`. */
  joined: { person_id: string; from: string[] }[];
  /** Persons of `before` that fall into several of `after`. */
  split: { person_id: string; into: string[] }[];
}

/**
 * Tries a rule change, a join or a cut dry: resolve the same links both ways and compare. People are followed by their
 * identifiers, because a person's id changes with the strongest of them. All lists are sorted.
 */
export function compare(before: readonly Customer[], after: readonly Customer[]): Comparison {
  return {
    joined: severalIn(after, before).map(({ person_id, others }) => ({ person_id, from: others })),
    split: severalIn(before, after).map(({ person_id, others }) => ({ person_id, into: others })),
  };
}

/** The customers whose identifiers belong to two or more of `others`. */
function severalIn(
  customers: readonly Customer[],
  others: readonly Customer[],
): { person_id: string; others: string[] }[] {
  const ownerOf = new Map(
    others.flatMap(({ person_id, identifiers }) =>
      identifiers.map((identifier) => [identifierKey(identifier), person_id] as const),
    ),
  );
  return customers
    .map(({ person_id, identifiers }) => {
      const owners = identifiers.flatMap((identifier) => ownerOf.get(identifierKey(identifier)) ?? []);
      return { person_id, others: [...new Set(owners)].sort(compareText) };
    })
    .filter((row) => row.others.length > 1)
    .sort((a, b) => compareText(a.person_id, b.person_id));
}
