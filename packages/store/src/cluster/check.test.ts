import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore, twoShardStore } from '../testing.ts';
import { checkCluster, checkForm } from './check.ts';

let one: TestStore;
let two: TestStore;
beforeAll(async () => {
  [one, two] = await Promise.all([testStore(), twoShardStore()]);
});
afterAll(() => Promise.all([one.close(), two.close()]));

test('a cluster that the server knows is taken', async () => {
  await checkCluster(two, 'two_shards');
  await checkForm(two, 'two_shards');
});

test('a cluster that the server does not know is refused with those it knows', async () => {
  await expect(checkCluster(two, 'main')).rejects.toThrow(
    'The ClickHouse server does not know the cluster "main" (CLICKHOUSE_CLUSTER); system.clusters has only two_shards.',
  );
});

test('a name that is no name never reaches a statement', async () => {
  await expect(checkCluster(two, '`; DROP')).rejects.toThrow('CLICKHOUSE_CLUSTER may hold 1 to 64 letters');
});

test('tables of a cluster are not used as those of one server', async () => {
  await expect(checkForm(two, undefined)).rejects.toThrow(
    'The tables of this database belong to a cluster. Set CLICKHOUSE_CLUSTER to its name',
  );
});

test.skipIf(process.env['TEST_SHARDS'])(
  'tables of one server are not used as those of a cluster',
  async () => {
    await checkForm(one, undefined);
    await expect(checkForm(one, 'main')).rejects.toThrow(
      'The tables of this database were made for one server. Unset CLICKHOUSE_CLUSTER',
    );
  },
);
