import type { IdentityRules } from '@throughline/contract';
import { ownerAt, resolve } from '@throughline/identity';
import { SITE, type Sighting } from './sighting.ts';

/** The person of each event by our resolver. */
export function ours(sightings: readonly Sighting[], rules: IdentityRules): string[] {
  const links = sightings.flatMap(({ link }) => link ?? []);
  const { assignments } = resolve(links, rules, SITE.site);
  const spans = new Map(assignments.map((one) => [one.visitor_id, one.spans]));
  return sightings.map(({ visitor, at }) => ownerAt(spans.get(visitor) ?? [], at)?.person_id || visitor);
}
