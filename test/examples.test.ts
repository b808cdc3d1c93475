import { readFileSync } from 'node:fs';
import { checkCluster } from '@throughline/store';
import { configuredStore, type TestStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(`examples/${file}`, 'utf8');
/** The keys two blanks in, below `services:`. */
const servicesOf = (compose: string) =>
  [
    ...compose
      .split(/^services:$/m)[1]!
      .split(/^volumes:$/m)[0]!
      .matchAll(/^ {2}([\w-]+):$/gm),
  ].map(([, name]) => name!);
const tags = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text!);

describe('the cluster of the examples', () => {
  const compose = read('clickhouse-cluster/compose.yaml');
  const services = servicesOf(compose);
  let store: TestStore;
  beforeAll(async () => {
    store = await configuredStore(read('clickhouse-cluster/cluster.xml'), {
      SHARD: '2',
      REPLICA: '1',
      CLUSTER_SECRET: 'secret',
    });
  });
  afterAll(() => store.close());

  it('is what ClickHouse reads from cluster.xml: two shards of two replicas', async () => {
    const sql = "SELECT shard_num, replica_num, host_name FROM system.clusters WHERE cluster = 'throughline'";
    const nodes = await store.query<{ shard_num: number; replica_num: number; host_name: string }>({ sql });
    expect(nodes.map((node) => [node.shard_num, node.replica_num, node.host_name])).toEqual([
      [1, 1, 'clickhouse-1-1'],
      [1, 2, 'clickhouse-1-2'],
      [2, 1, 'clickhouse-2-1'],
      [2, 2, 'clickhouse-2-2'],
    ]);
    expect(services).toEqual(expect.arrayContaining(nodes.map((node) => node.host_name)));
  });

  it('passes the checks of a start', async () => {
    await checkCluster(store, 'throughline');
    const macros = await store.query({ sql: 'SELECT macro, substitution FROM system.macros ORDER BY macro' });
    expect(macros).toEqual([
      { macro: 'replica', substitution: '1' },
      { macro: 'shard', substitution: '2' },
    ]);
  });

  it('names each Keeper alike in the three files', () => {
    const keepers = services.filter((name) => name.startsWith('keeper'));
    expect(keepers).toHaveLength(3);
    expect(tags(read('clickhouse-cluster/keeper.xml'), 'hostname')).toEqual(keepers);
    const zookeeper = read('clickhouse-cluster/cluster.xml')
      .split('<zookeeper>')[1]!
      .split('</zookeeper>')[0]!;
    expect(tags(zookeeper, 'host')).toEqual(keepers);
  });

  it('gives every node its own shard and replica, and a disk', () => {
    const nodes = [...compose.matchAll(/SHARD: "(\d)", REPLICA: "(\d)"/g)].map(
      ([, shard, replica]) => `${shard}-${replica}`,
    );
    expect(nodes).toEqual(['1-1', '1-2', '2-1', '2-2']);
    for (const name of services) expect(compose).toContain(`- ${name}:/var/lib/clickhouse`);
  });
});
