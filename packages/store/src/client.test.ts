import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreError } from './store.ts';
import { type TestStore, testStore } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const caught = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);

test('times come back as ISO 8601, 64-bit integers and decimals as numbers', async () => {
  const sql = `
    SELECT {time:DateTime64(3, 'UTC')} AS time, toUInt64(9007199254740991) AS big, toDecimal64('1.5', 4) AS money,
      [tuple(1, 'a')::Tuple(n UInt8, text String)] AS list, nan AS missing`;
  expect(await store.query({ sql, params: { time: '2026-11-22T03:04:05.678Z' } })).toEqual([
    {
      time: '2026-11-22T03:04:05.678Z',
      big: 9007199254740991,
      money: 1.5,
      list: [{ n: 1, text: 'a' }],
      missing: null,
    },
  ]);
});

test('a placeholder without a value is a mistake that is told before anything is sent', async () => {
  await expect(store.query({ sql: 'SELECT {a:String}', params: {} })).rejects.toThrow(
    new TypeError('The statement has no value for {a:String}'),
  );
});

test('an error carries the code, and no value of the statement', async () => {
  const params = { text: 'someone@shop.example', n: 5 };
  for (const sql of [
    'SELECT throwIf({n:UInt8} = 5, {text:String})',
    'SELECT toUInt8({text:String}), {n:UInt8}',
    'SELECT {text:String}, no_such_column, {n:UInt8} FROM events',
    'SELECT {text:UInt8}, {n:UInt8}',
    'SELECT {text:String} {n:UInt8} FROM',
    "SELECT CAST({text:String} AS Enum('a' = 1)), {n:UInt8}",
  ]) {
    const error = await caught(store.query({ sql, params }));
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: expect.any(Number), ambiguous: false });
    expect(`${(error as Error).stack}`).not.toContain('someone');
  }
  const row = {
    site: 'shop',
    hour: 'someone@shop.example',
    segment: 's',
    stored: 0,
    duplicates: 0,
    refused: {},
    version: 1,
  };
  const refused = await caught(store.insert('ledger', [row]));
  expect(refused).toMatchObject({ code: expect.any(Number), ambiguous: false });
  expect(`${(refused as Error).stack}`).not.toContain('someone');
});

test('a missing column is named', async () => {
  await expect(store.query({ sql: 'SELECT no_such_column FROM events' })).rejects.toThrow(
    'ClickHouse refused the query (code 47): Unknown expression identifier `no_such_column`',
  );
});

test('a query that takes too long is stopped with code 159', async () => {
  const sql = 'SELECT sum(sleepEachRow(0.05)) FROM numbers(100) SETTINGS max_block_size = 1';
  await expect(store.query({ sql }, { timeout_s: 1 })).rejects.toMatchObject({ code: 159 });
});

test('a row with a name that no column has is refused', async () => {
  const rows = [{ site: 'shop', unknown: 1 }];
  await expect(store.insert('sites', rows)).rejects.toMatchObject({ code: 117, ambiguous: false });
});

test('a token or a column outside its alphabet never leaves', async () => {
  const rows = [{ site: 'shop' }];
  await expect(store.insert('sites', rows, { token: "x'; DROP TABLE sites" })).rejects.toThrow('A token is');
  await expect(store.insert('sites', rows, { columns: ['site) VALUES'] })).rejects.toThrow('A table name is');
});

test('nothing to insert is no statement at all', async () => {
  await store.insert('sites', []);
  expect(await store.query({ sql: 'SELECT count() AS n FROM sites' })).toEqual([{ n: 0 }]);
});

test('every column of every table says what it holds', async () => {
  const sql = `
    SELECT table || '.' || name AS column FROM system.columns
    WHERE database = currentDatabase() AND comment = ''
      AND table NOT IN ('links_by_identifier', 'customers_by_identifier')`;
  expect(await store.query({ sql })).toEqual([]);
});

// A server is not ours to kill.
describe.skipIf(process.env['CLICKHOUSE_URL'])('when the engine crashes', () => {
  test('a query asked for meanwhile is answered by the next engine', async () => {
    expect(await store.ping()).toBe(true);
    const crash = store.crashEngine();
    const rows = store.query({ sql: 'SELECT 1 AS n' });
    await crash;
    expect(await rows).toEqual([{ n: 1 }]);
    expect(await store.ping()).toBe(true);
  });

  test('a query that was running is carried out by the next one', async () => {
    const slow =
      'SELECT sum(sleepEachRow(0.05)) AS n, 7 AS seven FROM numbers(60) SETTINGS max_block_size = 1';
    const answer = store.query({ sql: slow });
    await expect.poll(() => store.query({ sql: RUNNING })).toEqual([{ n: 1 }]);
    await store.crashEngine();
    expect(await answer).toEqual([{ n: 0, seven: 7 }]);
  });

  test('an insert that was running fails as ambiguous, and later ones go in', async () => {
    const slow =
      'SELECT toString(number + sleepEachRow(0.05)) AS site FROM numbers(60) SETTINGS max_block_size = 1';
    const insert = caught(
      store.insertSelect('sites', { sql: slow.replace('AS site', "AS site, '', [], '', '', '', 0, 0") }),
    );
    await expect.poll(() => store.query({ sql: RUNNING })).toEqual([{ n: 1 }]);
    await store.crashEngine();
    expect(await insert).toMatchObject({ ambiguous: true, code: undefined });
    await store.insert('migrations', [
      { number: 9999, name: 'later', checksum: '0'.repeat(64), applied_at: '2026-01-01T00:00:00.000Z' },
    ]);
    const sql = 'SELECT name FROM migrations WHERE number = 9999';
    expect(await store.query({ sql })).toEqual([{ name: 'later' }]);
  });

  // The two shards of a test write into one table, so they go without tokens.
  test.skipIf(process.env['TEST_SHARDS'])(
    'an insert that broke off at any moment, sent again under its token, is stored once',
    async () => {
      const rows = (segment: string) =>
        Array.from({ length: 5_000 }, (_, i) => ({
          site: 'crash',
          event_id: `${segment}-${i}`,
          visitor_id: `v${i % 100}`,
          // Over three months: such a block is written in three parts.
          time: new Date(Date.UTC(2026, i % 3, 1) + i).toISOString(),
          segment,
          segment_seq: i,
        }));
      for (const pause_ms of [0, 15, 30, 60]) {
        const segment = `crash-${pause_ms}`;
        const token = { token: segment };
        const first = caught(store.insert('events', rows(segment), token));
        await pause(pause_ms);
        await store.crashEngine();
        await first;
        await store.insert('events', rows(segment), token);
      }
      const sql =
        "SELECT segment, count() AS n, uniqExact(event_id) AS ids FROM events WHERE site = 'crash' GROUP BY segment";
      const stored = await store.query<{ n: number; ids: number }>({ sql });
      expect(stored.map(({ n, ids }) => [n, ids])).toEqual(Array(4).fill([5_000, 5_000]));
    },
  );

  const RUNNING =
    "SELECT count() AS n FROM system.processes WHERE query LIKE '%sleepEachRow%' AND query NOT LIKE '%processes%'";
});

// A server is not ours to close.
test.skipIf(process.env['CLICKHOUSE_URL'])('a closed store says so', async () => {
  const closed = await testStore();
  await closed.close();
  expect(await closed.ping()).toBe(false);
  await expect(closed.query({ sql: 'SELECT 1' })).rejects.toThrow('The store is closed.');
});
