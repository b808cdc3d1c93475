import { Readable } from 'node:stream';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { bind } from './bind.ts';
import type { Endpoint } from './engine/engine.ts';
import type { Block } from './native/block.ts';
import { storeError } from './refusal.ts';
import { insertSettings, READ_TIMEOUT_S, readSettings, runSettings } from './settings.ts';
import type { Source } from './source.ts';
import { type InsertOptions, type Statement, type Store, StoreError, type TableName } from './store.ts';

const TOKEN = /^[A-Za-z0-9_-]{1,200}$/;
/** The server stops a statement itself; this is for one that does not answer at all. */
const GRACE_S = 15;
const WRITE_TIMEOUT_S = 300;
const CONNECTIONS_MAX = 64;
const PING_MS_MAX = 2_000;

type Work<T> = (client: ClickHouseClient, abort_signal: AbortSignal) => Promise<T>;

/** A `Store` on whatever `source` leads to. The database must exist. */
export class ClientStore implements Store {
  readonly kind: Store['kind'];
  readonly #source: Source;
  readonly #database: string;
  #current: { url: string; client: ClickHouseClient } | undefined;

  constructor(source: Source, database: string) {
    this.kind = source.kind;
    this.#source = source;
    this.#database = database;
  }

  query<Row>(statement: Statement<Row>, options: { timeout_s?: number } = {}): Promise<Row[]> {
    const timeout_s = options.timeout_s ?? READ_TIMEOUT_S;
    return this.#work({ doing: 'query', again: true, timeout_s }, async (client, abort_signal) => {
      const result = await client.query({
        query: statement.sql,
        query_params: bind(statement),
        format: 'JSONEachRow',
        clickhouse_settings: readSettings(timeout_s),
        abort_signal,
      });
      return result.json<Row>();
    });
  }

  bytes(statement: Statement, options: { timeout_s?: number } = {}): Promise<Buffer> {
    const timeout_s = options.timeout_s ?? READ_TIMEOUT_S;
    return this.#work({ doing: 'query', again: true, timeout_s }, async (client, abort_signal) => {
      const { stream } = await client.exec({
        query: `${statement.sql} FORMAT RowBinary`,
        query_params: bind(statement),
        clickhouse_settings: readSettings(timeout_s),
        abort_signal,
      });
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      return Buffer.concat(parts);
    });
  }

  async run(statement: Statement): Promise<void> {
    await this.#work({ doing: 'command', timeout_s: WRITE_TIMEOUT_S }, (client, abort_signal) =>
      client.command({
        query: statement.sql,
        query_params: bind(statement),
        clickhouse_settings: runSettings,
        abort_signal,
      }),
    );
  }

  insert(table: TableName, rows: readonly object[], options: InsertOptions = {}): Promise<void> {
    return this.insertLines(
      table,
      Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
      options,
    );
  }

  async insertLines(table: TableName, lines: Uint8Array, options: InsertOptions = {}): Promise<void> {
    if (lines.length === 0) return;
    const settings = insertSettings(checkedToken(options.token));
    const columns = options.columns ? ` (${options.columns.map(checkedName).join(', ')})` : '';
    const query = `INSERT INTO ${checkedName(table)}${columns} FORMAT JSONEachRow`;
    await this.#insert(`insert into ${table}`, {
      query,
      settings,
      body: () => Readable.from([lines], BYTES),
    });
  }

  async insertBlock(table: TableName, block: Block, options: { token?: string } = {}): Promise<void> {
    if (block.rows === 0) return;
    const columns = block.columns.map((name) => `\`${checkedColumn(name)}\``).join(', ');
    await this.#insert(`insert into ${table}`, {
      query: `INSERT INTO ${checkedName(table)} (${columns}) FORMAT Native`,
      settings: insertSettings(checkedToken(options.token)),
      body: () => Readable.from([block.bytes], BYTES),
    });
  }

  /** `INSERT … SELECT` with bound values. The statement's values are its data, so it takes a token like any insert. */
  async insertSelect(
    table: TableName,
    statement: Statement,
    options: { token?: string } = {},
  ): Promise<void> {
    const clickhouse_settings = insertSettings(checkedToken(options.token));
    await this.#work({ doing: `insert into ${table}`, timeout_s: WRITE_TIMEOUT_S }, (client, abort_signal) =>
      client.command({
        query: `INSERT INTO ${checkedName(table)} ${statement.sql}`,
        query_params: bind(statement),
        clickhouse_settings,
        abort_signal,
      }),
    );
  }

  async ping(): Promise<boolean> {
    try {
      const client = this.#clientFor(await this.#source.endpoint(PING_MS_MAX));
      // With a SELECT: a plain ping does not look at the password.
      return (await client.ping({ select: true, abort_signal: AbortSignal.timeout(PING_MS_MAX) })).success;
    } catch (error) {
      if (error instanceof StoreError) return false;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#current?.client.close();
    await this.#source.close();
  }

  #insert(doing: string, insert: { query: string; settings: ClickHouseSettings; body: () => Readable }) {
    return this.#work({ doing, timeout_s: WRITE_TIMEOUT_S }, async (client, abort_signal) => {
      const { stream } = await client.exec({
        query: insert.query,
        values: insert.body(),
        clickhouse_settings: insert.settings,
        abort_signal,
      });
      // The answer is empty, but the socket goes back to the pool only when it was read.
      for await (const _ of stream);
    });
  }

  /** Runs `work`; what reads (`again`) is tried once more when the connection broke off. */
  async #work<T>(options: { doing: string; timeout_s: number; again?: boolean }, work: Work<T>): Promise<T> {
    const signal = AbortSignal.timeout((options.timeout_s + GRACE_S) * 1000);
    const endpoint = await this.#source.endpoint();
    const attempt = async (at: Endpoint) => {
      try {
        return await work(this.#clientFor(at), signal);
      } catch (error) {
        if (error instanceof TypeError) throw error;
        throw storeError(error, { doing: options.doing, kind: this.kind, ...at });
      }
    };
    try {
      return await attempt(endpoint);
    } catch (error) {
      const brokeOff = error instanceof StoreError && error.code === undefined && !signal.aborted;
      if (!options.again || !brokeOff) throw error;
      return attempt(await this.#source.endpointAfter(endpoint));
    }
  }

  #clientFor(endpoint: Endpoint): ClickHouseClient {
    if (this.#current?.url !== endpoint.url) {
      void this.#current?.client.close();
      this.#current = { url: endpoint.url, client: clientOf(endpoint, this.#database) };
    }
    return this.#current.client;
  }
}

const BYTES = { objectMode: false };

/** The client with every setting that matters spelled out. */
export const clientOf = (endpoint: Endpoint, database: string): ClickHouseClient =>
  createClient({
    url: endpoint.url,
    username: endpoint.user,
    password: endpoint.password,
    database,
    application: 'throughline',
    request_timeout: (WRITE_TIMEOUT_S + GRACE_S) * 1000,
    max_open_connections: CONNECTIONS_MAX,
    compression: { request: false, response: false },
    keep_alive: { enabled: true, idle_socket_ttl: 2_500 },
    // What goes wrong is thrown; its own log would repeat statements.
    log: { level: ClickHouseLogLevel.OFF },
  });

/** ClickHouse drops other rows under a used token without a word, so a token is never made from input. */
function checkedToken(token: string | undefined): string | undefined {
  if (token !== undefined && !TOKEN.test(token)) throw new TypeError('A token is 1 to 200 of [A-Za-z0-9_-]');
  return token;
}

function checkedColumn(name: string): string {
  if (!/^[a-z_.]+$/.test(name)) throw new TypeError('A column name is lower case letters, _ and .');
  return name;
}

function checkedName(table: string): string {
  if (!/^[a-z_]+$/.test(table)) throw new TypeError('A table name is lower case letters and _');
  return table;
}
