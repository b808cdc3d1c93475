import { Groups } from './groups.ts';
import type { Sighting } from './sighting.ts';

/** A visitor in more hands than any family has is a till: nothing but an event itself says whose it is. */
const HANDS_MAX = 10;

/**
 * Which events anybody could identify who knew for each piece of evidence whose it is: those of a human that hang
 * together with an identifier of theirs over visitors and identifiers. Evidence that falls apart (a mistyped address
 * that nothing else is told with) makes several parts; the largest one counts.
 */
export function identifiableAmong(sightings: readonly Sighting[]): boolean[] {
  const groups = new Groups();
  const named = new Set<string>();
  const hands = new Map<string, Set<number>>();
  for (const { visitor, persona } of sightings) {
    hands.set(visitor, (hands.get(visitor) ?? new Set()).add(persona));
  }
  const visitorOf = ({ persona, visitor, time }: Sighting) =>
    `${persona} visitor ${visitor}${hands.get(visitor)!.size > HANDS_MAX ? ` ${time}` : ''}`;
  for (const sighting of sightings) {
    for (const { kind, value } of sighting.link?.identifiers ?? []) {
      groups.unite(visitorOf(sighting), `${sighting.persona} ${kind} ${value}`);
      named.add(visitorOf(sighting));
    }
  }
  const withName = new Set([...named].map((visitor) => groups.find(visitor)));
  const sizes = new Map<string, number>();
  const largest = new Map<number, string>();
  for (const sighting of sightings) {
    const group = groups.find(visitorOf(sighting));
    if (!withName.has(group)) continue;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const best = largest.get(sighting.persona);
    if (best === undefined || sizes.get(group)! > sizes.get(best)!) largest.set(sighting.persona, group);
  }
  return sightings.map((sighting) => groups.find(visitorOf(sighting)) === largest.get(sighting.persona));
}
