import { type CustomerView, IDENTIFIER_KINDS } from '@throughline/contract';

/** Identifiers by kind, the kinds from the strongest to the weakest, the newest value of a kind first. */
export function byStrength(
  identifiers: CustomerView['identifiers'],
): { kind: string; values: readonly string[] }[] {
  const kinds = new Map<string, string[]>(IDENTIFIER_KINDS.map((kind) => [kind, []]));
  const newest = [...identifiers].sort((a, b) => b.last_seen.localeCompare(a.last_seen));
  for (const { kind, value } of newest) kinds.set(kind, [...(kinds.get(kind) ?? []), value]);
  return [...kinds].filter(([, values]) => values.length > 0).map(([kind, values]) => ({ kind, values }));
}
