import type { Store, TableName } from '../store.ts';

/**
 * On a cluster: waits until the node that is asked has every row of these tables that any node acknowledged before.
 * Whoever inserts facts, catches up and then reads sees the facts of everybody who inserted before: of two that
 * stitch the same people at once, at least one sees both. One node alone is always up to date.
 */
export async function catchUp(
  store: Store,
  tables: readonly (TableName | 'link_identifiers')[],
): Promise<void> {
  if (store.cluster === undefined) return;
  await Promise.all(tables.map((table) => store.run({ sql: `SYSTEM SYNC REPLICA ${table} LIGHTWEIGHT` })));
}
