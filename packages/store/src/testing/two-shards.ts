import { ClientStore } from '../client.ts';
import { type ClusterTarget, clusterForm } from '../cluster/form.ts';
import { localName, SHARD_KEYS } from '../cluster/placement.ts';
import { CLUSTER_SETTINGS } from '../cluster/settings.ts';
import type { Supervisor } from '../engine/engine.ts';
import { migrate } from '../migrate.ts';
import { DATABASE } from '../open.ts';
import { engineSource } from '../source.ts';
import type { Statement } from '../store.ts';
import { configuredEngine } from './configured-engine.ts';

const CLUSTER = 'two_shards';

/** A cluster of one node that is both of its shards. */
const CONFIG = `<clickhouse>
  <tcp_port>9000</tcp_port>
  <remote_servers><${CLUSTER}>${'<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>9000</port></replica></shard>'.repeat(2)}</${CLUSTER}></remote_servers>
  <macros><shard>1</shard><replica>1</replica></macros>
</clickhouse>`;

/** What of a statement only a cluster with Keeper can do. */
export const withoutKeeper = (sql: string) =>
  sql
    .replace(/ ON CLUSTER `\w+`/, '')
    .replace(/\bENGINE = Replicated(\w*MergeTree)\('[^']*', '[^']*'(?:, )?/, 'ENGINE = $1(')
    // Both shards write into one table here, which would take a token for the other shard's rows.
    .replace(/\breplicated_deduplication_window = (\d+), replicated_deduplication_window_seconds = \d+,?/, '')
    .replace(/ SYNC$/, '');

/**
 * The cluster form of the tables on the embedded engine, with the settings of a cluster: the Distributed tables are
 * real and ask two shards. Both shards are this one node, so each is shown only the rows that its key gives it:
 * a statement that is wrong on shards gives wrong numbers here. There is no Keeper: nothing is replicated.
 */
export class TwoShardStore extends ClientStore {
  /** A shard that is not this process could not be reached. */
  protected override readonly clusterSettings = {
    run: CLUSTER_SETTINGS.run,
    read: { ...CLUSTER_SETTINGS.read, prefer_localhost_replica: 1 as const },
    insert: { ...CLUSTER_SETTINGS.insert, prefer_localhost_replica: 1 as const },
  };

  override query<Row>(statement: Statement<Row>, options?: { timeout_s?: number }): Promise<Row[]> {
    const own = ownRows(this.database);
    // A statement's own settings stand at its end; those of a sub-query have a bracket after them.
    const joint = /\bSETTINGS\b[^()]*$/.test(statement.sql) ? ',' : ' SETTINGS';
    const sql = statement.sql.includes('additional_table_filters')
      ? statement.sql
      : `${statement.sql}${joint} ${own}`;
    return super.query({ ...statement, sql }, options);
  }

  override async run(statement: Statement): Promise<void> {
    if (/^\s*SYSTEM SYNC REPLICA/.test(statement.sql)) return;
    await super.run(statement);
  }

  protected override formOf(sql: string, target: ClusterTarget): string[] {
    return clusterForm(sql, target).map(withoutKeeper);
  }
}

/** For each table of a shard the rows that belong to the shard that is asking. */
function ownRows(database: string): string {
  const filters = Object.entries(SHARD_KEYS).map(
    ([table, key]) => `'${database}.${localName(table)}': '${key} % 2 + 1 = shardNum()'`,
  );
  return `additional_table_filters = {${filters.join(', ')}}`;
}

/** A migrated, empty store of two shards, and what ends it. */
export async function openTwoShards(): Promise<{
  store: TwoShardStore;
  engine: Supervisor;
  after(): Promise<void>;
}> {
  const { engine, after } = await configuredEngine(CONFIG);
  const source = engineSource(engine);
  await new ClientStore(source, 'default').run({ sql: `CREATE DATABASE ${DATABASE} ENGINE = Atomic` });
  const store = new TwoShardStore(source, DATABASE, CLUSTER);
  await migrate(store);
  return { store, engine, after };
}
