import type { SiteKeys } from '@throughline/contract';
import { adminApi } from './admin-api.ts';
import { adminToken } from './admin-token.ts';
import { type Assembly, assemble } from './assemble.ts';
import type { Config } from './config.ts';
import { type Effects, realEffects } from './effects.ts';
import { firstSite, type NewSite } from './first-site.ts';
import { type Direct, type Fetch, listen } from './listen.ts';
import type { Log } from './log.ts';
import { makeWritable } from './make-folder.ts';
import { announceServer, withdrawServer } from './running-server.ts';

/** A server that listens. */
export interface RunningThroughline {
  url: string;
  /** Public key of the oldest site, whose snippet is printed and which the demo storefront feeds. */
  site: string;
  /** The build that the site asks for, where it is not the complete one. */
  tag?: 'core';
  /** Keys of the site made at this start; absent when the data folder had a site already. */
  keys?: SiteKeys;
  admin_token: string;
  /** Makes a new one-time link into the dashboard. Throws `PlainError` while ClickHouse does not answer. */
  signInLink(): Promise<string>;
  /** Everything received so far is stored and stitched. */
  settled(): Promise<void>;
  /** Stops accepting, drains, closes the engine. */
  close(): Promise<void>;
}

export interface StartOptions {
  log: Log;
  effects?: Effects;
  /** What the first site is called and counts in; for an empty data folder. */
  first_site?: NewSite;
}

/** Starts everything on `config`. Throws `PlainError` for what the operator can mend. */
export async function startServer(config: Config, options: StartOptions): Promise<RunningThroughline> {
  const { log, effects = realEffects } = options;
  let answers: { fetch: Fetch; direct?: Direct } = { fetch: starting };
  // The port first: it is the quickest to find wrong.
  const listener = await listen(
    {
      fetch: (request, env) => answers.fetch(request, env),
      direct: (incoming, outgoing) => answers.direct?.(incoming, outgoing) ?? false,
    },
    config,
  );
  let assembly: Assembly | undefined;
  try {
    await makeWritable(config.data_dir);
    const admin_token = await adminToken(config, effects.random);
    const instance = Buffer.from(effects.random(16)).toString('hex');
    assembly = await assemble({ config, admin_token, instance, effects, log, patient: true });
    answers = assembly;
    const api = adminApi({ fetch: assembly.fetch, base: listener.url, admin_token });
    const site = await firstSite({
      api,
      data_dir: config.data_dir,
      sites: assembly.sites,
      ...(options.first_site ? { wanted: options.first_site } : {}),
    });
    assembly.feedStorefront(site.site);
    await announceServer(config.data_dir, { url: listener.url, pid: process.pid, instance });
    log.info('listening', { url: listener.url, store: assembly.store.kind });
    return running({ assembly, listener, config, api, admin_token, ...site });
  } catch (error) {
    await listener.close();
    await assembly?.close();
    throw error;
  }
}

interface Parts {
  assembly: Assembly;
  listener: Awaited<ReturnType<typeof listen>>;
  config: Config;
  api: ReturnType<typeof adminApi>;
  admin_token: string;
  site: string;
  tag?: 'core';
  keys?: SiteKeys;
}

function running({ assembly, listener, config, api, ...rest }: Parts): RunningThroughline {
  let closed: Promise<void> | undefined;
  return {
    ...rest,
    url: listener.url,
    async signInLink() {
      const { token } = await api<{ token: string }>('POST', '/api/sign-in-links', {});
      return `${listener.url}/sign-in#${token}`;
    },
    settled: () => assembly.collector.settled(),
    close() {
      closed ??= (async () => {
        await withdrawServer(config.data_dir);
        await listener.close();
        await assembly.close();
      })();
      return closed;
    },
  };
}

const starting: Fetch = () =>
  Response.json(
    { error: { code: 'starting', message: 'Throughline is starting; try again in a second.', at: '' } },
    { status: 503, headers: { 'retry-after': '1' } },
  );
