/**
 * The tables that are split over the shards of a cluster, with the key that says which shard has a row. A
 * Distributed table under the plain name joins the parts again. Every other table is whole on every node, so that
 * a join of events with people never needs rows of another shard.
 *
 * - `events` by visitor: all of a visitor's events are on one shard, so what a report gathers per visitor is
 *   gathered there. A person's visitors may be on several, which is why people are joined where the report is put
 *   together.
 * - `event_ids` by the id's hash: whoever sends an id again, under whatever visitor, meets its claim.
 * - `turned_away` by the id that is asked for.
 */
export const SHARD_KEYS: Readonly<Record<string, string>> = {
  events: 'sipHash64(site, visitor_id)',
  event_ids: 'sipHash64(site, id_hash)',
  turned_away: 'sipHash64(site, event_id)',
};

export const isSharded = (table: string): boolean => Object.hasOwn(SHARD_KEYS, table);

/** The table of one shard. */
export const localName = (table: string): string => `${table}_local`;
