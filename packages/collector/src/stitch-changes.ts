import type { Assignment, Customer } from '@throughline/contract';

/** Those of `now` that are new or differ from `before`. */
export function changed<Row>(before: readonly Row[], now: readonly Row[], key: (row: Row) => string): Row[] {
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
export function emptied(before: readonly Assignment[], now: readonly Assignment[]): Assignment[] {
  const still = new Set(now.map(({ visitor_id }) => visitor_id));
  return before
    .filter((row) => !still.has(row.visitor_id) && row.spans.length > 0)
    .map((row) => ({ ...row, spans: [] }));
}

/** Persons that the facts name no longer, with the one that has taken over an identifier of theirs. */
export function vanished(before: readonly Customer[], now: readonly Customer[]) {
  const ownerOf = new Map(
    now.flatMap(({ person_id, identifiers }) =>
      identifiers.map(({ kind, value }) => [`${kind}\0${value}`, person_id] as const),
    ),
  );
  const still = new Set(now.map(({ person_id }) => person_id));
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
