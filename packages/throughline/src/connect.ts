import { type AdminApi, adminApi } from './admin-api.ts';
import { adminToken } from './admin-token.ts';
import { assemble } from './assemble.ts';
import type { Cli } from './cli.ts';
import { type Config, readConfig } from './config.ts';
import type { Fetch } from './listen.ts';
import { createLog } from './log.ts';
import { makeWritable } from './make-folder.ts';
import { findServer } from './running-server.ts';

/** A way to everything Throughline can do, whether the server runs or not: both go through the same routes. */
export interface Connection {
  api: AdminApi;
  fetch: Fetch;
  base: string;
  admin_token: string;
  /** The server runs; otherwise the store was opened by this command. */
  running: boolean;
  config: Config;
  close(): Promise<void>;
}

/** Finds the running server of DATA_DIR, or opens the store and the spool itself. */
export async function connect(cli: Cli): Promise<Connection> {
  const config = readConfig(cli.environment);
  const admin_token = await adminToken(config, cli.effects.random);
  const server = await findServer(config.data_dir);
  if (server !== undefined) {
    const way = { fetch: (request: Request) => fetch(request), base: server.url, admin_token };
    return { ...way, api: adminApi(way), running: true, config, close: async () => {} };
  }
  await makeWritable(config.data_dir);
  const log = createLog({
    level: config.log_level === 'info' ? 'warn' : config.log_level,
    pretty: cli.terminal,
    clock: cli.effects.clock,
    write: cli.err,
  });
  const assembly = await assemble({ config, admin_token, instance: '', effects: cli.effects, log });
  const way = { fetch: assembly.fetch, base: 'http://throughline.internal', admin_token };
  return { ...way, api: adminApi(way), running: false, config, close: assembly.close };
}

/** Connects, works, and closes whatever happens. */
export async function connected<Result>(
  cli: Cli,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(cli);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
