import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ClientStore } from './client.ts';
import type { Supervisor } from './engine/engine.ts';
import { type Log, noLog } from './log.ts';
import { DATABASE, openStore, prepare, type StoreOptions, startEngine } from './open.ts';
import { engineSource, serverSource } from './source.ts';
import type { Store } from './store.ts';
import { configuredEngine } from './testing/configured-engine.ts';
import { FaultProxy } from './testing/fault-proxy.ts';
import { openTwoShards } from './testing/two-shards.ts';

export { type Concerned, type Fault, FaultProxy } from './testing/fault-proxy.ts';

export interface TestStore extends Store {
  /** The embedded engine; undefined on a server. */
  engine: Supervisor | undefined;
  /** Kills the engine as a crash would and waits until it is back. Throws on a server. */
  crashEngine(): Promise<void>;
}

/**
 * A migrated, empty store: the embedded engine on a fresh folder, with TEST_SHARDS=2 on its two shards, or, with
 * CLICKHOUSE_URL set, a fresh database on that server. Closing it removes what it made.
 */
export async function testStore({ log = noLog }: { log?: Log } = {}): Promise<TestStore> {
  if (process.env['TEST_SHARDS'] === '2') return twoShardStore();
  return process.env['CLICKHOUSE_URL'] ? onServer(process.env['CLICKHOUSE_URL']) : onEngine(log);
}

async function onEngine(log: Log): Promise<TestStore> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-store-'));
  const engine = await startEngine({ data_dir: folder, log });
  const store = await prepare(engineSource(engine), DATABASE);
  return extend(store, {
    engine,
    crashEngine: () => crash(engine),
    after: () => rm(folder, { recursive: true, force: true }),
  });
}

/** A store of two shards: see testing/two-shards.ts. */
export async function twoShardStore(): Promise<TestStore> {
  const { store, engine, after } = await openTwoShards();
  return extend(store, { engine, crashEngine: () => crash(engine), after });
}

/**
 * A store on an engine that reads this configuration (XML), without tables: for the examples' files. See
 * testing/configured-engine.ts.
 */
export async function configuredStore(
  config: string,
  environment: Readonly<Record<string, string>>,
): Promise<TestStore> {
  const { engine, after } = await configuredEngine(config, environment);
  const store = new ClientStore(engineSource(engine), 'default');
  return extend(store, { engine, crashEngine: () => crash(engine), after });
}

/** A store of the kind `server` on an engine of its own, with a proxy between them that breaks what it is told to. */
export interface FaultyStore {
  store: Store;
  proxy: FaultProxy;
  /** What the store was opened with: for one more beside it, or a whole server. */
  clickhouse: { url: string; user: string; password: string; database: string };
  /** The same data past the proxy: to see what was stored. */
  direct: TestStore;
  close(): Promise<void>;
}

/** Starts all of it. `timeouts` are for faults that hang: a real store waits minutes. */
export async function faultyStore({ timeouts }: Pick<StoreOptions, 'timeouts'> = {}): Promise<FaultyStore> {
  const direct = await onEngine(noLog);
  const engine = direct.engine!;
  const proxy = await FaultProxy.start(async () => (await engine.endpoint()).url);
  const { user, password } = await engine.endpoint();
  const clickhouse = { url: proxy.url, user, password, database: DATABASE };
  const store = await openStore({ clickhouse, log: noLog, ...(timeouts && { timeouts }) });
  return {
    store,
    proxy,
    clickhouse,
    direct,
    async close() {
      await store.close();
      await proxy.close();
      await direct.close();
    },
  };
}

async function crash(engine: Supervisor) {
  await engine.kill();
  await engine.endpoint();
}

async function onServer(url: string): Promise<TestStore> {
  const user = process.env['CLICKHOUSE_USER'] ?? 'default';
  const source = serverSource({ url, user, password: process.env['CLICKHOUSE_PASSWORD'] ?? '' });
  const database = `throughline_test_${randomBytes(6).toString('hex')}`;
  const store = await prepare(source, database);
  return extend(store, {
    engine: undefined,
    crashEngine: () => Promise.reject(new Error('A server is not ours to kill')),
    async after() {
      const outside = new ClientStore(source, 'default');
      await outside.run({ sql: `DROP DATABASE ${database}` });
      await outside.close();
    },
  });
}

function extend(
  store: ClientStore,
  more: Pick<TestStore, 'engine' | 'crashEngine'> & { after: () => Promise<void> },
): TestStore {
  const { after, ...extras } = more;
  const close = store.close.bind(store);
  return Object.assign(store, extras, {
    async close() {
      await close();
      await after();
    },
  });
}
