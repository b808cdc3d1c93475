import type { Identifier } from '@throughline/contract';
import { Groups } from './groups.ts';
import type { Sighting } from './sighting.ts';

/** What others do, each written from its public description. `sightings` are in order of time. */
type Baseline = (sightings: readonly Sighting[]) => string[];

const nameOf = ({ kind, value }: Identifier) => `${kind} ${value}`;
/** Who an event says it is: the strongest identifier of it. Purchases name no user in these systems. */
const userIn = ({ link }: Sighting): string | undefined => {
  const personal = link?.identifiers.find(({ kind }) => /^(user_id|loyalty_id|email|phone)$/.test(kind));
  return personal && nameOf(personal);
};

/** One person a browser. */
const deviceOnly: Baseline = (sightings) => sightings.map(({ visitor }) => visitor);

/** User stitching of Snowplow's dbt package: the whole cookie belongs to the user last seen on it. */
const lastUserTakesAll: Baseline = (sightings) => {
  const last = new Map<string, string>();
  for (const sighting of sightings) {
    const user = userIn(sighting);
    if (user !== undefined) last.set(sighting.visitor, user);
  }
  return sightings.map(({ visitor }) => last.get(visitor) ?? visitor);
};

/** Identity graphs as warehouses build them (RudderStack's is one): whatever shares an id is one person. */
const mergeOnEverySharedId: Baseline = (sightings) => {
  const groups = new Groups();
  for (const { visitor, link } of sightings) {
    for (const identifier of link?.identifiers ?? []) groups.unite(visitor, nameOf(identifier));
  }
  return sightings.map(({ visitor }) => groups.find(visitor));
};

/** The unclaimed past goes to the first who is identified; from each identify on, events are that user's. */
const firstKeepsHistory: Baseline = (sightings) => {
  const first = new Map<string, string>();
  for (const sighting of sightings) {
    const user = userIn(sighting);
    if (user !== undefined && !first.has(sighting.visitor)) first.set(sighting.visitor, user);
  }
  const now = new Map<string, string>();
  return sightings.map((sighting) => {
    const { visitor } = sighting;
    const user = userIn(sighting);
    if (user !== undefined) now.set(visitor, user);
    return now.get(visitor) ?? first.get(visitor) ?? visitor;
  });
};

/**
 * PostHog: identify merges the anonymous person, history and all, into the user, unless that person is a known user
 * already; then nothing is merged and the browser goes on as the new user. A log-out resets the browser to a new
 * anonymous id.
 */
const refuseSecondUser: Baseline = (sightings) => {
  const groups = new Groups();
  const known = new Set<string>();
  const now = new Map<string, string>();
  const resets = new Map<string, number>();
  const ids = sightings.map((sighting) => {
    const { visitor, link } = sighting;
    if (link?.kind === 'logout') {
      const before = now.get(visitor) ?? visitor;
      resets.set(visitor, (resets.get(visitor) ?? 0) + 1);
      now.set(visitor, `${visitor} after reset ${resets.get(visitor)}`);
      return before;
    }
    const user = userIn(sighting);
    if (user === undefined) return now.get(visitor) ?? visitor;
    const before = groups.find(now.get(visitor) ?? visitor);
    if (!known.has(before)) groups.unite(before, user);
    known.add(groups.find(user));
    now.set(visitor, user);
    return user;
  });
  return ids.map((id) => groups.find(id));
};

export const BASELINES: readonly [name: string, baseline: Baseline][] = [
  ['device only', deviceOnly],
  ['last user takes all', lastUserTakesAll],
  ['merge on every shared id', mergeOnEverySharedId],
  ['first identification keeps history', firstKeepsHistory],
  ['whole history, second user refused', refuseSecondUser],
];
