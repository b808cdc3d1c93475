import { Command } from 'commander';
import { type Announced, announcement } from '../announcement.ts';
import type { Cli } from '../cli.ts';
import { readConfig } from '../config.ts';
import { startDemo } from '../demo.ts';
import { createLog, type Log } from '../log.ts';
import { PlainError } from '../plain-error.ts';
import { type RunningThroughline, startServer } from '../serve.ts';

const DEMO_FOLDER = './demo-data';

export function startCommand(cli: Cli): Command {
  return new Command('start')
    .description('start everything: collector, store, query API, dashboard, demo storefront')
    .option('--demo [folder]', 'fill a throw-away data folder (./demo-data) with simulated shop history')
    .option('--json', 'print the addresses as JSON')
    .addHelpText('after', ENVIRONMENT)
    .action(async ({ demo, json }: { demo?: string | true; json?: boolean }) => {
      const config = readConfig(cli.environment);
      const log = createLog({
        level: config.log_level,
        pretty: cli.terminal,
        clock: cli.effects.clock,
        write: cli.err,
      });
      const start = { log, effects: cli.effects };
      const folder = demo === true ? DEMO_FOLDER : demo;
      const server = folder
        ? await startDemo(cli, config, { ...start, folder })
        : await startServer(config, start);
      try {
        const told = { ...server, ...(await signInLink(server, log)) };
        // Heard from here on: whoever has read the addresses may end the program at once.
        const stopped = cli.stopped();
        cli.out(json ? `${JSON.stringify(addresses(told))}\n` : announcement(told));
        await stopped;
      } finally {
        log.info('closing');
        await server.close();
      }
    });
}

/** The server takes events without it, so that it is no reason to stop. */
async function signInLink(server: RunningThroughline, log: Log): Promise<Pick<Announced, 'sign_in_url'>> {
  try {
    return { sign_in_url: await server.signInLink() };
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    log.warn('There is no sign-in link yet.', { reason: error.message });
    return {};
  }
}

const addresses = ({ url, site, sign_in_url, keys }: Announced) => ({
  url,
  site,
  ...(sign_in_url === undefined ? {} : { sign_in_url }),
  storefront_url: `${url}/demo/`,
  ...(keys ? { write_key: keys.write_key, secret_key: keys.secret_key } : {}),
});

const ENVIRONMENT = `
Environment:
  PORT, HOST            where it listens (8787, 127.0.0.1); PORT=0 takes any free one
  DATA_DIR              spool, embedded engine, admin token (./data)
  CLICKHOUSE_URL        a ClickHouse server instead of the embedded engine, with
                        CLICKHOUSE_USER, CLICKHOUSE_PASSWORD, CLICKHOUSE_DATABASE
  CLICKHOUSE_CLUSTER    a cluster of that server (system.clusters) to spread the tables over;
                        CLICKHOUSE_URL is then one node of it
  ADMIN_TOKEN           bearer token with all rights; made and kept in DATA_DIR when unset
  IDENTITY_SECRET       what sites' secrets for signed identifies are made of; kept in DATA_DIR
                        when unset, the same for all servers of one database
  METRICS_TOKEN         bearer token that /metrics asks for; without one it answers this machine
                        and its private networks
  TRUST_PROXY           1 to believe X-Forwarded-* of a proxy in front
  RATE_LIMIT            events per second that one address may send on average, or off
  RATE_LIMIT_KEY        the same for one key: a write key, or all browsers of one site
  COUNTRY_DB            a MaxMind DB file (.mmdb) of your own to find countries with; read
                        again when it changes
  LOG_LEVEL             error, warn, info or debug`;
