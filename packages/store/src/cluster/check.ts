import { type Store, StoreError } from '../store.ts';

const refuse = (message: string) => new StoreError(message, { ambiguous: false, lasting: true });

/**
 * Refuses a cluster that the server does not know, or whose nodes have no names of their own. Throws `StoreError`
 * with one sentence that says what to change.
 */
export async function checkCluster(store: Pick<Store, 'query'>, cluster: string): Promise<void> {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(cluster)) {
    throw refuse('CLICKHOUSE_CLUSTER may hold 1 to 64 letters, digits, "_", "-" and "." only.');
  }
  const known = await store.query<{ cluster: string }>({
    sql: 'SELECT DISTINCT cluster::String AS cluster FROM system.clusters ORDER BY cluster',
  });
  const names = known.map((row) => row.cluster);
  if (!names.includes(cluster)) {
    const others = names.length === 0 ? 'no cluster at all' : `only ${names.slice(0, 10).join(', ')}`;
    throw refuse(
      `The ClickHouse server does not know the cluster "${cluster}" (CLICKHOUSE_CLUSTER); system.clusters has ${others}.`,
    );
  }
  const macros = await store.query<{ macro: string }>({
    sql: "SELECT macro FROM system.macros WHERE macro IN ('shard', 'replica')",
  });
  if (macros.length < 2) {
    throw refuse(
      `The ClickHouse server has no macros "shard" and "replica"; every node of the cluster "${cluster}" needs both in its configuration.`,
    );
  }
}

/**
 * Refuses a database whose tables were made for the other way: CREATE IF NOT EXISTS would leave them as they are, and
 * inserts would then be acknowledged by one node only, or not reach the shards. Throws `StoreError`.
 */
export async function checkForm(store: Pick<Store, 'query'>, cluster: string | undefined): Promise<void> {
  const [events] = await store.query<{ engine: string }>({
    sql: "SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'events'",
  });
  if (!events) return;
  const distributed = events.engine === 'Distributed';
  if (distributed === (cluster !== undefined)) return;
  throw refuse(
    distributed
      ? 'The tables of this database belong to a cluster. Set CLICKHOUSE_CLUSTER to its name, or CLICKHOUSE_DATABASE to another database.'
      : 'The tables of this database were made for one server. Unset CLICKHOUSE_CLUSTER, or set CLICKHOUSE_DATABASE to another database.',
  );
}
