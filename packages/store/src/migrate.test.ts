import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { type TestStore, testStore } from './testing.ts';

let store: TestStore;
let folder: string;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-schema-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (name: string, sql: string) => writeFile(path.join(folder, name), sql);

test('opening a store applied its schema; applying it again does nothing', async () => {
  expect(await migrate(store)).toEqual([]);
  const sql = 'SELECT number, name FROM migrations FINAL WHERE number < 3 ORDER BY number';
  expect(await store.query({ sql })).toEqual([
    { number: 1, name: '0001_sites.sql' },
    { number: 2, name: '0002_events.sql' },
  ]);
});

test('new files are applied in order, each once', async () => {
  await file('9002_second.sql', 'ALTER TABLE first ADD COLUMN more String; INSERT INTO first VALUES (2, 0)');
  await file('9001_first.sql', "CREATE TABLE first (n UInt8) ENGINE = MergeTree ORDER BY n; -- it's\n");
  await file('9002_second.sql', 'ALTER TABLE first ADD COLUMN more UInt8');
  expect(await migrate(store, { folder })).toEqual(['9001_first.sql', '9002_second.sql']);
  expect(await migrate(store, { folder })).toEqual([]);
  const sql = "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'first'";
  expect(await store.query({ sql })).toEqual([{ name: 'n' }, { name: 'more' }]);
});

test('a file that fails stops the rest, and is applied again when it is put right', async () => {
  await file('9101_good.sql', 'CREATE TABLE IF NOT EXISTS good (n UInt8) ENGINE = MergeTree ORDER BY n');
  await file('9102_bad.sql', 'CREATE TABLE bad (n NoSuchType) ENGINE = MergeTree ORDER BY n');
  await expect(migrate(store, { folder })).rejects.toMatchObject({ code: 50 });
  await file('9102_bad.sql', 'CREATE TABLE bad (n UInt8) ENGINE = MergeTree ORDER BY n');
  expect(await migrate(store, { folder })).toEqual(['9102_bad.sql']);
});

test('an applied file that was changed is refused; other line ends are no change', async () => {
  await file('9201_kept.sql', 'CREATE TABLE kept (n UInt8)\nENGINE = MergeTree ORDER BY n');
  await migrate(store, { folder });
  await file('9201_kept.sql', 'CREATE TABLE kept (n UInt8)\r\nENGINE = MergeTree ORDER BY n');
  expect(await migrate(store, { folder })).toEqual([]);
  await file('9201_kept.sql', 'CREATE TABLE kept (n UInt16)\nENGINE = MergeTree ORDER BY n');
  await expect(migrate(store, { folder })).rejects.toThrow(
    'The schema file 9201_kept.sql was changed after it had been applied to this database. ' +
      'Restore the file and put the change into a new one, or start with an empty database.',
  );
});

test('a file without a number, and two with the same one, are mistakes', async () => {
  await file('first.sql', 'SELECT 1');
  await expect(migrate(store, { folder })).rejects.toThrow('first.sql is not named NNNN_name.sql');
  await rm(path.join(folder, 'first.sql'));
  await file('9301_a.sql', 'SELECT 1');
  await file('9301_b.sql', 'SELECT 1');
  await expect(migrate(store, { folder })).rejects.toThrow('Two schema files have the number of 9301_b.sql');
});
