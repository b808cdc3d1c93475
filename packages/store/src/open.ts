import { ClientStore, type Timeouts } from './client.ts';
import { checkCluster, checkForm } from './cluster/check.ts';
import { type Endpoint, Supervisor } from './engine/engine.ts';
import { EngineError } from './engine/process.ts';
import { type Log, logToStderr } from './log.ts';
import { migrate } from './migrate.ts';
import { onceReady } from './once-ready.ts';
import { engineSource, type Source, serverSource } from './source.ts';
import { type Store, StoreError } from './store.ts';

export interface StoreOptions {
  /** Folder of the embedded engine; made if it is not there. Not used with `clickhouse`. */
  data_dir?: string;
  /**
   * A ClickHouse server instead of the embedded engine. With `cluster`, a name of its system.clusters, the tables are
   * spread over that cluster; `url` is then one node of it and no balancer, so that what is read follows what was
   * written there.
   */
  clickhouse?: { url: string; user?: string; password?: string; database?: string; cluster?: string };
  /**
   * A server that does not answer is waited for in the background: what is asked of the store meanwhile fails as not
   * carried out.
   */
  patient?: boolean;
  /** How long statements may take: 300 s for a write, and 15 s more for a server that does not answer. */
  timeouts?: Timeouts;
  log?: Log;
}

export const DATABASE = 'throughline';

/**
 * Opens the store and brings its schema up to date. Throws `StoreError` with one plain sentence that says what to
 * do: engine not installed or not built, folder in use, server unreachable, wrong password.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const log = options.log ?? logToStderr;
  if (options.clickhouse) return openServer(options.clickhouse, { ...options, log });
  if (options.data_dir === undefined) throw new TypeError('openStore needs data_dir or clickhouse');
  const engine = await startEngine({ data_dir: options.data_dir, log });
  return prepare(engineSource(engine), DATABASE, undefined, options.timeouts);
}

/** Starts the embedded engine; its sentence becomes a `StoreError`. */
export async function startEngine(options: { data_dir: string; log: Log }): Promise<Supervisor> {
  try {
    return await Supervisor.start(options);
  } catch (error) {
    if (error instanceof EngineError) throw new StoreError(error.message, { ambiguous: false });
    throw error;
  }
}

async function openServer(
  server: NonNullable<StoreOptions['clickhouse']>,
  { timeouts, patient = false, log }: Pick<StoreOptions, 'timeouts' | 'patient'> & { log: Log },
): Promise<Store> {
  if (!URL.canParse(server.url) || !/^https?:$/.test(new URL(server.url).protocol)) {
    throw new StoreError('CLICKHOUSE_URL is not an address like http://localhost:8123.', {
      ambiguous: false,
      lasting: true,
    });
  }
  const url = new URL(server.url);
  const endpoint: Endpoint = {
    url: `${url.origin}${url.pathname}`,
    user: server.user ?? (decodeURIComponent(url.username) || 'default'),
    password: server.password ?? decodeURIComponent(url.password),
  };
  const { database = DATABASE, cluster } = server;
  const source = serverSource(endpoint);
  if (!patient) return prepare(source, database, cluster, timeouts);
  const getReady = async () => {
    await prepare(source, database, cluster, timeouts).then((store) => store.close());
  };
  return new ClientStore(await onceReady(source, getReady, { log }), database, cluster, timeouts);
}

/** Makes the database and its tables, on every node of a cluster. What it opened is closed again when that fails. */
export async function prepare(
  source: Source,
  database: string,
  cluster?: string,
  timeouts?: Timeouts,
): Promise<ClientStore> {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(database)) {
    await source.close();
    throw new StoreError('CLICKHOUSE_DATABASE may hold letters, digits and _ only.', {
      ambiguous: false,
      lasting: true,
    });
  }
  const store = new ClientStore(source, database, cluster, timeouts);
  try {
    await makeDatabase(source, database, cluster);
    await checkForm(store, cluster);
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Only where it is missing: on a server our user may have no right to make one. */
async function makeDatabase(source: Source, database: string, cluster?: string): Promise<void> {
  const outside = new ClientStore({ ...source, close: async () => {} }, 'default');
  try {
    if (cluster !== undefined) await checkCluster(outside, cluster);
    const sql = 'SELECT 1 FROM system.databases WHERE name = {database:String}';
    if ((await outside.query({ sql, params: { database } })).length > 0) return;
    // The embedded engine's own default is Overlay, which refuses some statements; a server knows what is right there.
    const engine = source.kind === 'embedded' ? ' ENGINE = Atomic' : '';
    const nodes = cluster === undefined ? '' : ` ON CLUSTER \`${cluster}\``;
    await outside.run({ sql: `CREATE DATABASE IF NOT EXISTS ${database}${nodes}${engine}` });
  } finally {
    await outside.close();
  }
}
