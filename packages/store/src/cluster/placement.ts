/** Where the rows of a table live on a cluster. */
export type Placement =
  /** Split over the shards by `key`; a Distributed table under the plain name joins them again. */
  | { kind: 'sharded'; key: string }
  /** Whole on every node. */
  | { kind: 'everywhere' };

const EVERYWHERE: Placement = { kind: 'everywhere' };

/**
 * The two tables that grow with the traffic are split, everything else is on every node, so that a join of events
 * with people never needs rows of another shard.
 *
 * - `events` by visitor: all of a visitor's events are on one shard, so what a report gathers per visitor is
 *   gathered there. A person's visitors may be on several, which is why people are joined where the report is put
 *   together.
 * - `event_ids` by the id's hash: whoever sends an id again, under whatever visitor, meets its claim.
 */
export const PLACEMENTS: Readonly<Record<string, Placement>> = {
  events: { kind: 'sharded', key: 'sipHash64(site, visitor_id)' },
  event_ids: { kind: 'sharded', key: 'sipHash64(site, id_hash)' },
  sites: EVERYWHERE,
  keys: EVERYWHERE,
  links: EVERYWHERE,
  link_identifiers: EVERYWHERE,
  links_by_identifier: EVERYWHERE,
  assignments: EVERYWHERE,
  customers: EVERYWHERE,
  ledger: EVERYWHERE,
  migrations: EVERYWHERE,
};

/** Throws for a table without a place: a mistake of the program. */
export function placementOf(table: string): Placement {
  const placement = Object.hasOwn(PLACEMENTS, table) ? PLACEMENTS[table] : undefined;
  if (!placement)
    throw new Error(`The table ${table} has no place on a cluster; give it one in placement.ts`);
  return placement;
}

export const isSharded = (table: string): boolean => placementOf(table).kind === 'sharded';

/** The table of one shard. */
export const localName = (table: string): string => `${table}_local`;
