import type { Customer } from '@throughline/contract';
import { identifierKey } from './fact.ts';

/**
 * Whether something that was `before`'s and is `after`'s has changed hands. People are followed one to one: a person's
 * heir is whoever has their strongest identifier afterwards, and a person's forebear whoever had it before. Of two people
 * who become one, what belonged to the one whose name it does not take has moved; of one who becomes two, what the heir
 * does not get. Strangers go by their visitor id.
 */
export function follow(
  before: readonly Customer[],
  after: readonly Customer[],
): (before: string, after: string) => boolean {
  const heirs = strongestIn(before, after);
  const forebears = strongestIn(after, before);
  return (had, has) => (heirs.get(had) ?? had) !== has || (forebears.get(has) ?? has) !== had;
}

/** For each of `people`, who among `others` has their strongest identifier. */
function strongestIn(people: readonly Customer[], others: readonly Customer[]): Map<string, string> {
  const owners = new Map(
    others.flatMap(({ person_id, identifiers }) =>
      identifiers.map((one) => [identifierKey(one), person_id] as const),
    ),
  );
  return new Map(
    people.flatMap(({ person_id, identifiers }) => {
      const other = owners.get(identifierKey(identifiers[0]!));
      return other === undefined ? [] : [[person_id, other] as const];
    }),
  );
}
