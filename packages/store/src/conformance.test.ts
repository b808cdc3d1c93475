/**
 * What we rely on in ClickHouse's HTTP protocol, asked through @clickhouse/client: of the embedded engine, and of
 * the server at CLICKHOUSE_URL when that is set.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient, TupleParam } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf } from './client.ts';
import { type Endpoint, Supervisor } from './engine/engine.ts';
import { noLog } from './log.ts';

interface Ground {
  name: string;
  start(): Promise<{ endpoint: Endpoint; stop(): Promise<void> }>;
}

const embedded: Ground = {
  name: 'embedded engine',
  async start() {
    const folder = await mkdtemp(path.join(tmpdir(), 'throughline-conformance-'));
    const engine = await Supervisor.start({ data_dir: folder, log: noLog });
    const stop = async () => {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    };
    return { endpoint: await engine.endpoint(), stop };
  },
};

const url = process.env['CLICKHOUSE_URL'];
const server: Ground = {
  name: 'server at CLICKHOUSE_URL',
  start: async () => ({
    endpoint: {
      url: url ?? '',
      user: process.env['CLICKHOUSE_USER'] ?? 'default',
      password: process.env['CLICKHOUSE_PASSWORD'] ?? '',
    },
    stop: async () => {},
  }),
};

suite(embedded);
if (url) suite(server);
else describe.skip('server at CLICKHOUSE_URL (not set)', () => test('the same suite', () => {}));

function suite(ground: Ground) {
  describe(ground.name, () => {
    const database = `conformance_${randomBytes(6).toString('hex')}`;
    let running: Awaited<ReturnType<Ground['start']>>;
    let client: ClickHouseClient;

    beforeAll(async () => {
      running = await ground.start();
      const outside = clientOf(running.endpoint, 'default');
      await outside.command({ query: `CREATE DATABASE ${database} ENGINE = Atomic` });
      await outside.close();
      client = clientOf(running.endpoint, database);
    });
    afterAll(async () => {
      await client.command({ query: `DROP DATABASE ${database}` });
      await client.close();
      await running.stop();
    });

    const rows = async <Row>(query: string, query_params: Record<string, unknown> = {}) =>
      (await client.query({ query, query_params, format: 'JSONEachRow' })).json<Row>();
    const codeOf = async (query: string, clickhouse_settings = {}) => {
      try {
        await client.query({ query, clickhouse_settings }).then((result) => result.text());
        return 'no error';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    const table = async (name: string, engine = 'MergeTree ORDER BY n') => {
      await client.command({ query: `CREATE TABLE ${name} (n UInt64, text String) ENGINE = ${engine}` });
      return name;
    };
    const insert = (name: string, values: { n: number; text: string }[], clickhouse_settings = {}) =>
      client.insert({
        table: name,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0, ...clickhouse_settings },
      });
    const count = async (name: string) => {
      const [row] = await rows<{ n: string }>(`SELECT toString(count()) AS n FROM ${name}`);
      return Number(row?.n);
    };

    test('it answers a ping, with and without the password', async () => {
      expect(await client.ping()).toMatchObject({ success: true });
      expect(await client.ping({ select: true })).toMatchObject({ success: true });
    });

    test('a wrong password and a wrong user are refused with code 516', async () => {
      for (const wrong of [
        { user: running.endpoint.user, password: 'wrong' },
        { user: 'nobody', password: running.endpoint.password },
      ]) {
        const stranger = clientOf({ url: running.endpoint.url, ...wrong }, 'default');
        await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' });
        await stranger.close();
      }
    });

    test('the database of the request is where unqualified names live', async () => {
      expect(await rows('SELECT currentDatabase() AS name')).toEqual([{ name: database }]);
      const name = await table('unqualified');
      expect(await count(name)).toBe(0);
    });

    test.each([
      ['quotes', `it's "quoted" \`so\``],
      ['backslashes', `a\\b\\\\c\\'d\\n`],
      ['control characters', 'tab\tline\nreturn\rbell\u0007escape\u001b'],
      ['NUL', 'before\0after'],
      ['unicode', 'Cảm ơn 🛒 𝒳 \u202e'],
      ['an injection', `'; DROP TABLE unqualified; --`],
      ['an injection by backslash', `\\'; DROP TABLE unqualified; --`],
      ['a NULL marker', '\\N'],
      ['nothing', ''],
      ['a placeholder', '{name:String} param_x'],
      ['100,000 characters', `é'\\`.repeat(33_334)],
    ])('a String parameter comes back unchanged: %s', async (_name, text) => {
      const query = 'SELECT {text:String} AS text, length({text:String}) AS bytes';
      expect(await rows(query, { text })).toEqual([{ text, bytes: expect.anything() }]);
      const list = await rows<{ list: string[] }>('SELECT {list:Array(String)} AS list', {
        list: [text, 'x', text],
      });
      expect(list).toEqual([{ list: [text, 'x', text] }]);
    });

    test('arrays, tuples, maps, NULL and times are bound by their types', async () => {
      const query = `
        SELECT {numbers:Array(UInt64)} = [1, 2] AS numbers, {tuple:Tuple(String, Int32)} AS tuple,
          {map:Map(String, String)} AS map, {nothing:Nullable(String)} IS NULL AS nothing,
          {tuples:Array(Tuple(String, String))} AS tuples,
          toUnixTimestamp64Milli({time:DateTime64(3, 'UTC')}) = 1795316645678 AS time`;
      const params = {
        numbers: [1, 2],
        tuple: new TupleParam(["a'b\\", -5]),
        map: { "k'": 'v\\' },
        nothing: null,
        tuples: [new TupleParam(['email', "x'y"])],
        time: new Date(1795316645678),
      };
      expect(await rows(query, params)).toEqual([
        {
          numbers: 1,
          tuple: ["a'b\\", -5],
          map: { "k'": 'v\\' },
          nothing: 1,
          tuples: [['email', "x'y"]],
          time: 1,
        },
      ]);
    });

    test('300 bound queries at once each get their own values', async () => {
      const asked = Array.from({ length: 300 }, (_, i) => `value-${i}`);
      const answers = await Promise.all(
        asked.map((text) => rows<{ text: string }>('SELECT {text:String} AS text', { text })),
      );
      expect(answers.map(([row]) => row?.text)).toEqual(asked);
    });

    test('a value does not reach the next request', async () => {
      await rows('SELECT {text:String}', { text: 'first' });
      expect(await codeOf('SELECT {text:String}')).toBe('456');
    });

    test.each([
      ['60', 'SELECT * FROM no_such_table'],
      ['62', 'SELEC 1'],
      ['47', 'SELECT no_such_column'],
      ['46', 'SELECT no_such_function()'],
      ['395', 'SELECT throwIf(1)'],
    ])('an error comes with its code: %s', async (code, query) => {
      expect(await codeOf(query)).toBe(code);
    });

    test('limits of one request stop it and do not reach the next', async () => {
      const slow = 'SELECT sum(sleepEachRow(0.01)) FROM numbers(400) SETTINGS max_block_size = 1';
      const big = 'SELECT length(groupArray(number)) FROM numbers(10000000)';
      const write = `CREATE TABLE limits_${Date.now()} (n UInt8) ENGINE = Memory`;
      expect(await codeOf(slow, { max_execution_time: 1 })).toBe('159');
      expect(await codeOf(big, { max_memory_usage: '20000000' })).toBe('241');
      expect(await codeOf(write, { readonly: '1' })).toBe('164');
      expect(await codeOf(big)).toBe('no error');
      const left = `SELECT value FROM system.settings WHERE name IN ('max_execution_time', 'readonly') ORDER BY name`;
      expect(await rows(left)).toEqual([{ value: '0' }, { value: '0' }]);
    });

    test('an unknown setting is refused, and so is a value that is no setting', async () => {
      expect(await codeOf('SELECT 1', { no_such_setting: 1 })).toBe('115');
      expect(await codeOf('SELECT 1', { max_threads: 'many' })).not.toBe('no error');
    });

    test('100,000 rows go in as a stream of bytes', async () => {
      const name = await table('streamed');
      const lines = Array.from({ length: 100 }, (_, part) =>
        Array.from({ length: 1000 }, (_, i) => `{"n":${part * 1000 + i},"text":"row 'é' ${i}"}\n`).join(''),
      );
      const { stream } = await client.exec({
        query: `INSERT INTO ${name} FORMAT JSONEachRow`,
        values: Readable.from(lines, { objectMode: false }),
        clickhouse_settings: { async_insert: 0 },
      });
      for await (const _ of stream);
      expect(
        await rows(`SELECT toString(sum(n)) AS total, toString(uniqExact(n)) AS different FROM ${name}`),
      ).toEqual([{ total: '4999950000', different: '100000' }]);
    });

    test('rows that hold quotes, semicolons and line ends stay data', async () => {
      const name = await table('hostile');
      const text = `'); DROP TABLE hostile; --\n\\'" 🛒\0`;
      await insert(name, [{ n: 1, text }]);
      expect(await rows(`SELECT text FROM ${name}`)).toEqual([{ text }]);
    });

    test('one bad row refuses the whole insert', async () => {
      const name = await table('refused');
      const bad = [
        { n: 1, text: 'fine' },
        { n: 'no number', text: 'x' } as unknown as { n: number; text: string },
      ];
      await expect(insert(name, bad)).rejects.toMatchObject({ code: expect.stringMatching(/^(27|72|117)$/) });
      expect(await count(name)).toBe(0);
    });

    test('a token drops a repeat, and does not reach the next insert', async () => {
      const engine = 'MergeTree ORDER BY n SETTINGS non_replicated_deduplication_window = 100';
      const name = await table('tokens', engine);
      const token = { insert_deduplicate: 1, insert_deduplication_token: 'segment-1' } as const;
      await insert(name, [{ n: 1, text: 'a' }], token);
      await insert(name, [{ n: 1, text: 'a' }], token);
      expect(await count(name)).toBe(1);
      await insert(name, [{ n: 2, text: 'b' }]);
      await insert(name, [{ n: 3, text: 'c' }], { ...token, insert_deduplication_token: 'segment-2' });
      expect(await count(name)).toBe(3);
    });

    test('INSERT … SELECT takes bound values', async () => {
      const name = await table('selected');
      await client.command({
        query: `INSERT INTO ${name} SELECT number, {text:String} FROM numbers(3)`,
        query_params: { text: "it's" },
      });
      expect(await rows(`SELECT DISTINCT text FROM ${name}`)).toEqual([{ text: "it's" }]);
    });

    test('inserts go on while several long queries run', async () => {
      const name = await table('meanwhile');
      const slow = 'SELECT sum(sleepEachRow(0.05)) FROM numbers(60) SETTINGS max_block_size = 1';
      let running = 4;
      const reports = Array.from({ length: 4 }, () => codeOf(slow).finally(() => (running -= 1)));
      await insert(name, [{ n: 1, text: '' }]);
      expect(running).toBe(4);
      for (let n = 2; n <= 5; n += 1) await insert(name, [{ n, text: '' }]);
      expect(await Promise.all(reports)).toEqual(Array(4).fill('no error'));
      expect(await count(name)).toBe(5);
    });

    test('a query without a FORMAT gives tab separated text, and one with a FORMAT gives that', async () => {
      const text = async (query: string) => {
        const { stream } = await client.exec({ query });
        let all = '';
        for await (const part of stream) all += String(part);
        return all;
      };
      expect(await text("SELECT 1, 'a'")).toBe('1\ta\n');
      expect(await text("SELECT 1 AS n, 'a' AS a FORMAT JSONEachRow")).toBe('{"n":1,"a":"a"}\n');
    });

    test('requests and answers may be gzipped', async () => {
      const name = await table('zipped');
      const zipped = createClient({
        url: running.endpoint.url,
        username: running.endpoint.user,
        password: running.endpoint.password,
        database,
        compression: { request: true, response: true },
      });
      const values = Array.from({ length: 1000 }, (_, n) => ({ n, text: 'the same text' }));
      await zipped.insert({
        table: name,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0 },
      });
      const result = await zipped.query({ query: `SELECT text FROM ${name}`, format: 'JSONEachRow' });
      expect(await result.json()).toHaveLength(1000);
      await zipped.close();
    });

    test('the answer names its query', async () => {
      const result = await client.query({ query: 'SELECT 1', query_id: 'a-query-of-ours' });
      await result.text();
      expect(result.query_id).toBe('a-query-of-ours');
    });
  });
}
