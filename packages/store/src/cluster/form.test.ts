import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inPackage } from '../place.ts';
import { splitStatements } from '../statements.ts';
import { type TestStore, testStore } from '../testing.ts';
import { clusterForm } from './form.ts';

const form = (statement: string) => clusterForm(statement, { cluster: 'main', database: 'shop' });

test('a table that grows with the traffic is split over the shards, with one that joins them under its name', () => {
  const statement = `
    -- The recorded facts; ENGINE = nothing.
    CREATE TABLE IF NOT EXISTS events
    (
      site String COMMENT 'ENGINE = MergeTree (not this one)'
    )
    ENGINE = MergeTree
    ORDER BY site
    SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1`;
  expect(form(statement)).toEqual([
    `CREATE TABLE IF NOT EXISTS events_local ON CLUSTER \`main\`
    (
      site String COMMENT 'ENGINE = MergeTree (not this one)'
    )
    ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/events_local', '{replica}')
    ORDER BY site
    SETTINGS replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800, fsync_after_insert = 1`,
    `CREATE TABLE IF NOT EXISTS events ON CLUSTER \`main\` AS shop.events_local
ENGINE = Distributed('main', 'shop', 'events_local', sipHash64(site, visitor_id))`,
  ]);
});

test('any other table is whole on every node, under one path', () => {
  const statement =
    'CREATE TABLE IF NOT EXISTS sites (site String, version UInt64) ENGINE = ReplacingMergeTree(version) ORDER BY site';
  expect(form(statement)).toEqual([
    "CREATE TABLE IF NOT EXISTS sites ON CLUSTER `main` (site String, version UInt64) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/all/{database}/sites', '{shard}_{replica}', version) ORDER BY site",
  ]);
});

test.each([
  [
    'a view fires on whichever node takes the insert',
    'CREATE MATERIALIZED VIEW IF NOT EXISTS links_by_identifier TO link_identifiers AS SELECT 1 FROM links',
    [
      'CREATE MATERIALIZED VIEW IF NOT EXISTS links_by_identifier ON CLUSTER `main` TO link_identifiers AS SELECT 1 FROM links',
    ],
  ],
  [
    'a column is added to the shards first, then to what joins them',
    "ALTER TABLE events ADD COLUMN IF NOT EXISTS city String COMMENT 'x; DELETE' AFTER country",
    [
      "ALTER TABLE events_local ON CLUSTER `main` ADD COLUMN IF NOT EXISTS city String COMMENT 'x; DELETE' AFTER country",
      "ALTER TABLE events ON CLUSTER `main` ADD COLUMN IF NOT EXISTS city String COMMENT 'x; DELETE' AFTER country",
    ],
  ],
  [
    'rows are deleted on the shards',
    'ALTER TABLE events DELETE WHERE site = {site:String} SETTINGS mutations_sync = 2',
    [
      'ALTER TABLE events_local ON CLUSTER `main` DELETE WHERE site = {site:String} SETTINGS mutations_sync = 2',
    ],
  ],
  [
    'a table that is everywhere passes a change on by itself',
    'ALTER TABLE links DELETE WHERE site = {site:String}',
    ['ALTER TABLE links DELETE WHERE site = {site:String}'],
  ],
  [
    'a table goes with its shards',
    'DROP TABLE IF EXISTS event_ids',
    [
      'DROP TABLE IF EXISTS event_ids ON CLUSTER `main` SYNC',
      'DROP TABLE IF EXISTS event_ids_local ON CLUSTER `main` SYNC',
    ],
  ],
  [
    'rows go in under the plain name',
    'INSERT INTO events SELECT * FROM sites',
    ['INSERT INTO events SELECT * FROM sites'],
  ],
])('%s', (_name, statement, statements) => {
  expect(form(statement)).toEqual(statements);
});

test.each([
  [
    'columns and an index in one statement',
    'ALTER TABLE events ADD COLUMN n UInt8, ADD INDEX i n TYPE minmax',
  ],
  ['an engine that keeps no parts', 'CREATE TABLE sites (n UInt8) ENGINE = Memory'],
  ['a verb of another kind', 'RENAME TABLE events TO old_events'],
])('%s is a mistake that is told', (_name, statement) => {
  expect(() => form(statement)).toThrow();
});

describe('the schema', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store.close());

  test('has a cluster form that ClickHouse can parse, statement by statement', async () => {
    const folder = inPackage('schema');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
    const files = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    const statements = files.flatMap(splitStatements).flatMap(form);
    expect(statements.length).toBeGreaterThan(names.length);
    for (const statement of statements) {
      if (!/^(--.*\n)*INSERT/.test(statement)) expect(statement).toContain(' ON CLUSTER `main`');
      const [read] = await store.query({
        sql: 'SELECT length(formatQuery({statement:String})) > 0 AS parsed',
        params: { statement },
      });
      expect(read).toEqual({ parsed: 1 });
    }
  });
});
