import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Identifier } from '@throughline/contract';
import { rulesOf } from '@throughline/identity';
import type { Store } from '@throughline/store';
import type { Hono } from 'hono';
import { nanoid } from 'nanoid';
import { answeringOf } from './answering.ts';
import { createApp } from './app.ts';
import { type Direct, directly } from './direct.ts';
import { gaugesOf } from './gauges.ts';
import { Intake } from './intake.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import type { Touched } from './loader/load.ts';
import { Loader } from './loader/loader.ts';
import { loopUtilization, Pace } from './loader/pace.ts';
import { faultOf, type Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { Mutex } from './mutex.ts';
import { RATE_LIMIT, type RateLimit, RateLimiter } from './rate-limit.ts';
import { Refusals } from './refusals.ts';
import { eventsRoute } from './routes/e.ts';
import { pixelRoute } from './routes/pixel.ts';
import { withRenewal } from './routes/renewal.ts';
import type { RouteInfo } from './routes/route.ts';
import { segmentRoutes } from './routes/segment.ts';
import type { Services } from './routes/services.ts';
import { settingsRoute } from './routes/settings.ts';
import { statusRoutes } from './routes/status.ts';
import { type TagBuilds, tagRoutes } from './routes/tag.ts';
import type { SiteDirectory } from './sites.ts';
import { nodeFiles, type SpoolFiles } from './spool/files.ts';
import { SPOOL_LIMITS, type SpoolLimits } from './spool/limits.ts';
import { lockFolder } from './spool/lock.ts';
import { Spool } from './spool/spool.ts';
import { countryReader } from './steps/country.ts';
import { stitch } from './stitch.ts';

export interface CollectorOptions {
  /** May be away for a while: intake goes on. */
  store: Store;
  /** The spool lives in `<data_dir>/spool`. */
  data_dir: string;
  sites: SiteDirectory;
  /** What `/t.js` answers. */
  tag: TagBuilds;
  /** Whether X-Forwarded-For comes from a proxy of ours. */
  trust_proxy: boolean;
  clock: () => Date;
  random: (bytes: number) => Uint8Array;
  log: Log;
  /** Of browsers, by address. Default: RATE_LIMIT. */
  rate_limit?: RateLimit | 'off';
  /** An owner's own MaxMind DB file instead of the bundled one. */
  country_file?: string;
  limits?: Partial<SpoolLimits>;
  /** The disk, for tests. */
  files?: SpoolFiles;
}

export interface Collector {
  /** Answers every route. */
  app: Hono;
  /** To be asked before `app` by a server on Node: the same routes for less work. */
  direct: Direct;
  /** Every route and who may call it. */
  routes: RouteInfo[];
  /** Accepted events that are not in ClickHouse yet. */
  waiting(site?: string): number;
  /** Resolves when everything received so far is stored and stitched, or the collector was closed. */
  settled(): Promise<void>;
  /** Resolves again who these visitors and identifiers belong to. */
  stitchNow(site: string, touched: { visitors: string[]; identifiers: Identifier[] }): Promise<void>;
  ledger: Ledger;
  /** Takes nothing more, makes everything durable, and loads what can be loaded within `drain_ms_max` (5,000). */
  close(options?: { drain_ms_max?: number }): Promise<void>;
}

const DRAIN_MS_MAX = 5_000;
const STOP_MS_MAX = 2_000;
const PING_MS_MAX = 2_000;

/** Opens the spool and begins to load what is in it. Throws one clear sentence when another process holds it. */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  const { store, sites, log, trust_proxy, clock, random, files = nodeFiles } = options;
  const now = () => clock().getTime();
  const chance = () => (random(1)[0] ?? 0) / 256;
  const folder = path.join(options.data_dir, 'spool');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const countryOf = await countryReader(options.country_file);
  const lock = await lockFolder(folder);
  const limits = { ...SPOOL_LIMITS, ...options.limits };
  const spool = await Spool.open({ folder, files, limits, clock: now, log });
  const metrics = new Metrics();
  const refusals = new Refusals({
    append: (batch, committed) => spool.append(batch, committed),
    now,
    onFailure: (error) => log.warn('Refusals could not be written to the spool yet.', faultOf(error)),
  });
  const newId = () => nanoid();
  const intake = new Intake({ spool, refusals, metrics, tools: { countryOf, newId } });

  const ledgerLock = new Mutex();
  const stitching = new Mutex();
  let version = 0;
  const stitchNow: Collector['stitchNow'] = (site, { visitors, identifiers }) =>
    stitching.run(async () => {
      const found = await sites.find(site);
      if (!found) return;
      version = Math.max(version + 1, now() * 1000);
      const request = { site, rules: rulesOf(found.settings), visitors, identifiers, version };
      const { complete } = await stitch(store, request);
      if (!complete) log.warn('A person hangs together with more links than are read at once.', { site });
    });
  const loader = new Loader({
    store,
    files,
    folder,
    log,
    now,
    spool,
    ledgerLock,
    pace: new Pace({ utilization: loopUtilization(), now }),
    chance,
    stitch: (touched) => stitchTouched(touched, { stitchNow, metrics, log }),
  });
  spool.onSealed = () => loader.wake();
  loader.wake();

  const services: Services = {
    intake,
    sites,
    limiter: new RateLimiter(options.rate_limit ?? RATE_LIMIT),
    trust_proxy,
    now,
    newId,
    onLost: (events) => {
      metrics.lost_in_browsers += events;
    },
  };
  const routes = [
    eventsRoute(services),
    pixelRoute(services),
    ...segmentRoutes(services),
    settingsRoute(services),
    ...tagRoutes(options.tag, sites),
    ...statusRoutes({
      storeAnswers: () => within(store.ping(), PING_MS_MAX),
      spoolHasRoom: () => spool.hasRoom,
      gauges: () => gaugesOf({ metrics, spool, loader, waiting }),
    }),
  ];
  const answering = withRenewal(
    answeringOf({
      intake,
      log,
      onUnavailable: () => {
        metrics.unavailable += 1;
      },
    }),
  );
  const waiting = (site?: string) => spool.tallies().reduce((sum, { tally }) => sum + tally.waiting(site), 0);

  async function settled(): Promise<void> {
    await refusals.flush();
    await spool.seal();
    await loader.idle();
  }

  return {
    app: createApp(routes, answering),
    direct: directly(routes, answering),
    routes: routes.map(({ method, path: at, access }) => ({ method, path: at, access })),
    waiting,
    settled,
    stitchNow,
    ledger: ledgerOf({
      store,
      lock: ledgerLock,
      tallies: () => [...spool.tallies(), ...refusals.tallies().map((tally) => ({ segment: '', tally }))],
      perhapsWritten: () => [...loader.perhapsWritten],
    }),
    async close({ drain_ms_max = DRAIN_MS_MAX } = {}) {
      try {
        await refusals.flush();
        await spool.close();
        await within(
          loader.idle().then(() => true),
          drain_ms_max,
        );
        // The segment at hand may hang on a store that hangs; the spool keeps it either way.
        await within(
          loader.stop().then(() => true),
          STOP_MS_MAX,
        );
      } finally {
        await lock.release();
      }
    },
  };
}

/** A store that fails is tried again by the loader; a resolver that fails must not stop the events behind it. */
async function stitchTouched(
  { site, visitors, identifiers }: Touched,
  { stitchNow, metrics, log }: Pick<Collector, 'stitchNow'> & { metrics: Metrics; log: Log },
): Promise<void> {
  try {
    await stitchNow(site, { visitors: [...visitors], identifiers: [...identifiers.values()] });
  } catch (error) {
    if (error instanceof Error && error.name === 'StoreError') throw error;
    metrics.stitch_failures += 1;
    log.error('Who is who could not be resolved; the facts are stored.', { site, ...faultOf(error) });
  }
}

/** The answer, or false when it takes longer. */
function within(answer: Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
