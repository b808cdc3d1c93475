import { Readable } from 'node:stream';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { bind } from './bind.ts';
import { type ClusterTarget, clusterForm } from './cluster/form.ts';
import { isSharded } from './cluster/placement.ts';
import { CLUSTER_SETTINGS } from './cluster/settings.ts';
import type { Endpoint } from './engine/engine.ts';
import type { Block } from './native/block.ts';
import type { Effect } from './outcome.ts';
import { storeError } from './refusal.ts';
import { insertSettings, READ_TIMEOUT_S, readSettings, runSettings } from './settings.ts';
import type { Source } from './source.ts';
import { type InsertOptions, type Statement, type Store, StoreError, type TableName } from './store.ts';

const TOKEN = /^[A-Za-z0-9_-]{1,200}$/;
export interface Timeouts {
  /** An insert or a command takes at most this long. */
  write_s: number;
  /** The server stops a statement itself; this long after that one that does not answer at all is given up. */
  grace_s: number;
}

const TIMEOUTS: Timeouts = { write_s: 300, grace_s: 15 };
const CONNECTIONS_MAX = 64;
const PING_MS_MAX = 2_000;
const REQUEST_MS_MAX = 3_600_000;

type Work<T> = (client: ClickHouseClient, abort_signal: AbortSignal) => Promise<T>;

/** A `Store` on whatever `source` leads to. The database must exist. */
export class ClientStore implements Store {
  readonly kind: Store['kind'];
  readonly cluster?: string;
  readonly #source: Source;
  protected readonly database: string;
  protected readonly clusterSettings: Record<'read' | 'insert' | 'run', ClickHouseSettings> =
    CLUSTER_SETTINGS;
  #current: { url: string; client: ClickHouseClient } | undefined;

  readonly #timeouts: Timeouts;

  constructor(source: Source, database: string, cluster?: string, timeouts: Timeouts = TIMEOUTS) {
    this.#timeouts = timeouts;
    this.kind = source.kind;
    this.#source = source;
    this.database = database;
    if (cluster !== undefined) this.cluster = cluster;
  }

  query<Row>(statement: Statement<Row>, options: { timeout_s?: number } = {}): Promise<Row[]> {
    const timeout_s = options.timeout_s ?? READ_TIMEOUT_S;
    return this.#work({ doing: 'query', effect: 'read', timeout_s }, async (client, abort_signal) => {
      const result = await client.query({
        query: statement.sql,
        query_params: bind(statement),
        format: 'JSONEachRow',
        clickhouse_settings: {
          ...readSettings(timeout_s),
          ...(this.cluster ? this.clusterSettings.read : {}),
        },
        abort_signal,
      });
      return result.json<Row>();
    });
  }

  bytes(statement: Statement, options: { timeout_s?: number } = {}): Promise<Buffer> {
    const timeout_s = options.timeout_s ?? READ_TIMEOUT_S;
    return this.#work({ doing: 'query', effect: 'read', timeout_s }, async (client, abort_signal) => {
      const { stream } = await client.exec({
        query: `${statement.sql} FORMAT RowBinary`,
        query_params: bind(statement),
        clickhouse_settings: {
          ...readSettings(timeout_s),
          ...(this.cluster ? this.clusterSettings.read : {}),
        },
        abort_signal,
      });
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      return Buffer.concat(parts);
    });
  }

  /** On a cluster in its cluster form: see cluster/form.ts. */
  async run(statement: Statement): Promise<void> {
    const { cluster, database } = this;
    const all = cluster ? this.formOf(statement.sql, { cluster, database }) : [statement.sql];
    for (const sql of all) {
      const query_params = bind({ ...statement, sql });
      await this.#work(
        { doing: 'command', effect: 'write', timeout_s: this.#timeouts.write_s },
        (client, abort_signal) =>
          client.command({
            query: sql,
            query_params,
            clickhouse_settings: this.#runSettings(),
            abort_signal,
          }),
      );
    }
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
    const columns = options.columns ? ` (${options.columns.map(checkedName).join(', ')})` : '';
    await this.#insertBytes(table, { form: `${columns} FORMAT JSONEachRow`, bytes: lines }, options.token);
  }

  async insertBlock(table: TableName, block: Block, options: { token?: string } = {}): Promise<void> {
    if (block.rows === 0) return;
    const columns = block.columns.map((name) => `\`${checkedColumn(name)}\``).join(', ');
    await this.#insertBytes(
      table,
      { form: ` (${columns}) FORMAT Native`, bytes: block.bytes },
      options.token,
    );
  }

  /** `INSERT … SELECT` with bound values. The statement's values are its data, so it takes a token like any insert. */
  async insertSelect(
    table: TableName,
    statement: Statement,
    options: { token?: string } = {},
  ): Promise<void> {
    const clickhouse_settings = this.#insertSettings(options.token);
    await this.#work(this.#inserting(table), (client, abort_signal) =>
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

  protected formOf(sql: string, target: ClusterTarget): string[] {
    return clusterForm(sql, target);
  }

  #insertSettings(token: string | undefined): ClickHouseSettings {
    const settings = insertSettings(checkedToken(token));
    return this.cluster ? { ...settings, ...this.clusterSettings.insert } : settings;
  }

  #runSettings(): ClickHouseSettings {
    return this.cluster ? { ...runSettings, ...this.clusterSettings.run } : runSettings;
  }

  #inserting(table: TableName): { doing: string; effect: Effect; timeout_s: number } {
    const effect = this.cluster && isSharded(table) ? 'sharded write' : 'write';
    return { doing: `insert into ${table}`, effect, timeout_s: this.#timeouts.write_s };
  }

  async #insertBytes(
    table: TableName,
    { form, bytes }: { form: string; bytes: Uint8Array },
    token: string | undefined,
  ): Promise<void> {
    const clickhouse_settings = this.#insertSettings(token);
    await this.#work(this.#inserting(table), async (client, abort_signal) => {
      const { stream } = await client.exec({
        query: `INSERT INTO ${checkedName(table)}${form}`,
        values: Readable.from([bytes], BYTES),
        clickhouse_settings,
        abort_signal,
      });
      // The answer is empty, but the socket goes back to the pool only when it was read.
      for await (const _ of stream);
    });
  }

  /** Runs `work`; what reads is tried once more when the connection broke off. */
  async #work<T>(options: { doing: string; effect: Effect; timeout_s: number }, work: Work<T>): Promise<T> {
    const signal = AbortSignal.timeout(Math.ceil((options.timeout_s + this.#timeouts.grace_s) * 1000));
    const endpoint = await this.#source.endpoint();
    const attempt = async (at: Endpoint) => {
      try {
        return await work(this.#clientFor(at), signal);
      } catch (error) {
        if (error instanceof TypeError) throw error;
        throw storeError(error, { doing: options.doing, effect: options.effect, kind: this.kind, ...at });
      }
    };
    try {
      return await attempt(endpoint);
    } catch (error) {
      const brokeOff = error instanceof StoreError && error.code === undefined && !signal.aborted;
      if (options.effect !== 'read' || !brokeOff) throw error;
      return attempt(await this.#source.endpointAfter(endpoint));
    }
  }

  #clientFor(endpoint: Endpoint): ClickHouseClient {
    if (this.#current?.url !== endpoint.url) {
      void this.#current?.client.close();
      this.#current = { url: endpoint.url, client: clientOf(endpoint, this.database) };
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
    // Above what any statement is given: its own signal ends it.
    request_timeout: REQUEST_MS_MAX,
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
