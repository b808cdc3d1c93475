import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Api, type ApiOptions, createApi, healErasures, loadDashboard } from '@throughline/api';
import {
  type Collector,
  type CollectorOptions,
  createCollector,
  rateLimit,
  type SiteDirectory,
  SitesKept,
  siteDirectory,
} from '@throughline/collector';
import type { Site } from '@throughline/contract';
import { siteSecret } from '@throughline/identity';
import { openStore, type Store, StoreError } from '@throughline/store';
import { getPath } from 'hono/utils/url';
import { tokenCheck } from './admin-token.ts';
import type { Config } from './config.ts';
import type { Effects } from './effects.ts';
import { identitySecret } from './identity-secret.ts';
import type { Direct, Fetch } from './listen.ts';
import type { Log } from './log.ts';
import { dashboardFolder, storefrontFolder, tagFile } from './paths.ts';
import { PlainError } from './plain-error.ts';
import { createStorefront } from './storefront.ts';

/** With the time that requests and the engine need, a stop stays below ten seconds. The spool keeps what is left. */
const DRAIN_MS_MAX = 2_500;

/** Everything that runs, put together, without a socket. */
export interface Assembly {
  fetch: Fetch;
  /** To be asked before `fetch`: intake, where every microsecond counts. */
  direct: Direct;
  store: Store;
  sites: SiteDirectory;
  collector: Collector;
  api: Api;
  /** Names the site that the demo storefront's visits count for. */
  feedStorefront(site: string): void;
  /** Drains the collector, then closes the engine. */
  close(): Promise<void>;
}

export interface AssemblyOptions {
  config: Config;
  admin_token: string;
  instance: string;
  effects: Effects;
  log: Log;
  /** Takes events for the sites that the data folder knows while the ClickHouse server is away. */
  patient?: boolean;
}

/** Opens the store and the spool of the data folder. Throws `PlainError` when another process holds it. */
export async function assemble(options: AssemblyOptions): Promise<Assembly> {
  const { config, log } = options;
  await makeFolder(config.data_dir);
  const sitesKept = await SitesKept.open({ data_dir: config.data_dir, log });
  const store = await openStore({
    data_dir: path.join(config.data_dir, 'clickhouse'),
    ...(config.clickhouse === undefined ? {} : { clickhouse: config.clickhouse }),
    // Whoever has taken events before goes on with it; at the first start the operator is there to mend a setting.
    patient: options.patient === true && !sitesKept.isEmpty,
    log,
  });
  try {
    return await mount({ store, sitesKept }, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function mount(
  { store, sitesKept }: { store: Store; sitesKept: SitesKept },
  { config, admin_token, instance, effects, log }: AssemblyOptions,
): Promise<Assembly> {
  const secret = await identitySecret(config, effects.random);
  const siteSecretOf = ({ site, settings }: Site) => siteSecret(secret, site, settings.identify_secret_round);
  const sites = siteDirectory(store, { kept: sitesKept });
  const collector = await openCollector({
    store,
    data_dir: config.data_dir,
    sites,
    tag: await readTag(),
    siteSecretOf,
    trust_proxy: config.trust_proxy,
    ...(config.rate_limit === undefined ? {} : { rate_limit: rateLimit(config.rate_limit) }),
    ...(config.key_rate_limit === undefined ? {} : { key_rate_limit: rateLimit(config.key_rate_limit) }),
    ...(config.metrics_token === undefined ? {} : { is_operator: tokenCheck(config.metrics_token) }),
    ...(config.country_file === undefined ? {} : { country_file: config.country_file }),
    log,
    ...effects,
  });
  const options: ApiOptions = {
    store,
    known: sites,
    ledger: collector.ledger,
    settled: collector.settled,
    delivery: collector,
    pinned: collector.pinned,
    stitch: collector.stitchNow,
    payDebt: collector.payDebt,
    siteSecretOf,
    is_admin: tokenCheck(admin_token),
    dashboard: await loadDashboard(dashboardFolder()),
    trust_proxy: config.trust_proxy,
    instance,
    log,
    ...effects,
  };
  sitesKept.follow(store);
  const api = createApi(options);
  const stopHealing = healErasures(options);
  const storefront = createStorefront(storefrontFolder());
  const isIntake = firstParts(collector.routes.map(({ path }) => path));
  return {
    store,
    sites,
    collector,
    api,
    feedStorefront: storefront.feed,
    // Three apps side by side rather than merged: the middleware of one never runs for another.
    direct: collector.direct,
    fetch: (request, env) => {
      const part = firstPart(getPath(request));
      if (part === 'demo') return storefront.app.fetch(request, env);
      return (isIntake(part) ? collector.app : api.app).fetch(request, env);
    },
    async close() {
      stopHealing();
      sitesKept.close();
      await collector.close({ drain_ms_max: DRAIN_MS_MAX });
      await store.close();
    },
  };
}

/** `v1` of `/v1/track`. */
function firstPart(path: string): string {
  const end = path.indexOf('/', 1);
  return path.slice(1, end === -1 ? undefined : end);
}

/** Tells whether one of these paths of Hono's begins with a part; `/:name{pattern}` does with every part that matches. */
function firstParts(paths: readonly string[]): (part: string) => boolean {
  const parts = new Set(paths.map(firstPart));
  const patterns = [...parts].flatMap((part) => {
    const pattern = /^:\w+\{(.+)\}$/.exec(part)?.[1];
    return pattern === undefined ? [] : [new RegExp(`^(?:${pattern})$`)];
  });
  return (part) => parts.has(part) || patterns.some((pattern) => pattern.test(part));
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new PlainError(
      `The data folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}); set DATA_DIR to one that can.`,
      { cause: error },
    );
  }
}

/** What keeps the spool from opening (held by another process, not writable) is the operator's to mend. */
async function openCollector(options: CollectorOptions): Promise<Collector> {
  try {
    return await createCollector(options);
  } catch (error) {
    if (error instanceof StoreError || !(error instanceof Error)) throw error;
    throw new PlainError(error.message, { cause: error });
  }
}

async function readTag(): Promise<{ core: Uint8Array; complete: Uint8Array }> {
  try {
    return { core: await readFile(tagFile('core')), complete: await readFile(tagFile('complete')) };
  } catch (error) {
    throw new PlainError('The tag is not built; run `npm run build`.', { cause: error });
  }
}
