import type { ClickHouseSettings } from '@clickhouse/client';

/**
 * Which replica of a shard is asked, by writes and reads alike: the first that answers, wherever the statement came
 * in. So what was written is read where it was written as long as that replica is up.
 */
const REPLICAS = {
  load_balancing: 'in_order',
  prefer_localhost_replica: 0,
} satisfies ClickHouseSettings;

/**
 * An insert is acknowledged when every shard has its rows on most of its replicas (with two replicas: on both).
 *
 * Reads do not ask for `select_sequential_consistency`: it works with `insert_quorum_parallel = 0` only, which
 * refuses (code 286) an insert while another into the same table waits for its quorum, and several collectors do
 * insert at once. With two replicas a quorum is both of them, so any replica has what was acknowledged. With
 * three, the order above leads to the replica that took the write, until that one fails.
 */
const insert: ClickHouseSettings = {
  ...REPLICAS,
  distributed_foreground_insert: 1,
  insert_quorum: 'auto',
  insert_quorum_parallel: 1,
  // Below the time after which the client gives up on an insert.
  insert_quorum_timeout: 120_000,
};

/**
 * A sub-query in a condition or a join is asked once, where the report is put together, and its answer goes to the
 * shards: sub-queries over events see all shards, and those over people one and the same node. Left to themselves
 * the shards would each ask their own part (wrong), or be refused (code 288). Missing shards are an error and never
 * a smaller number.
 */
const read: ClickHouseSettings = {
  ...REPLICAS,
  distributed_product_mode: 'global',
  prefer_global_in_and_join: 1,
  skip_unavailable_shards: 0,
  fallback_to_stale_replicas_for_distributed_queries: 0,
};

/** DDL waits for all nodes and tells the first that refuses or does not answer in time. */
const run: ClickHouseSettings = {
  distributed_ddl_task_timeout: '180',
  distributed_ddl_output_mode: 'throw',
  alter_sync: '2',
};

/** What a statement is sent with on a cluster, over the settings of one node. */
export const CLUSTER_SETTINGS = { read, insert, run } as const;
