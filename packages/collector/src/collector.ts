import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  type Identifier,
  LIMITS,
  type MessageView,
  type Site,
  type SpoolView,
  type TagView,
} from '@throughline/contract';
import {
  type Debt,
  identifierMark,
  markErased,
  noteErasure,
  type Store,
  visitorMark,
} from '@throughline/store';
import type { Hono } from 'hono';
import { nanoid } from 'nanoid';
import { answeringOf } from './answering.ts';
import { createApp } from './app.ts';
import { DeadLetters } from './dead-letters.ts';
import { type Direct, directly } from './direct.ts';
import { gaugesOf } from './gauges.ts';
import { HeldBytes } from './held-bytes.ts';
import { Intake } from './intake.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import type { Touched } from './loader/load.ts';
import { Loader } from './loader/loader.ts';
import { loopUtilization, Pace } from './loader/pace.ts';
import { SeenIds } from './loader/seen-ids.ts';
import { faultOf, type Log } from './log.ts';
import { LoopDelay } from './loop-delay.ts';
import { Lost } from './lost.ts';
import { Metrics } from './metrics.ts';
import { Mutex } from './mutex.ts';
import {
  isLocal,
  KEY_RATE_LIMIT,
  RATE_LIMIT,
  type RateLimit,
  RateLimiter,
  REFUSED_LIMIT,
} from './rate-limit.ts';
import { Refusals } from './refusals.ts';
import type { Call } from './routes/call.ts';
import { withCredentials } from './routes/credentials.ts';
import { eventsRoute } from './routes/e.ts';
import { pixelRoute } from './routes/pixel.ts';
import { addressOf } from './routes/request.ts';
import type { RouteInfo } from './routes/route.ts';
import { segmentRoutes } from './routes/segment.ts';
import type { Services } from './routes/services.ts';
import { settingsRoute } from './routes/settings.ts';
import { statusRoutes } from './routes/status.ts';
import { pinnedOf, scriptsOf, type TagBuilds, tagRoutes } from './routes/tag.ts';
import { webhookRoute } from './routes/webhook.ts';
import type { SiteDirectory } from './sites.ts';
import { fenced } from './spool/fenced.ts';
import { nodeFiles, type SpoolFiles } from './spool/files.ts';
import { SPOOL_LIMITS, type SpoolLimits } from './spool/limits.ts';
import { lockFolder } from './spool/lock.ts';
import { spoolReport } from './spool/report.ts';
import { Spool } from './spool/spool.ts';
import { openCountries } from './steps/country.ts';
import { Stitching } from './stitching.ts';
import { KeptBuilds } from './tag/kept-builds.ts';
import { Trace } from './trace.ts';
import { SecretBook, secretsFile } from './webhooks/secrets.ts';

export interface CollectorOptions {
  /** May be away for a while: intake goes on. */
  store: Store;
  /** The spool lives in `<data_dir>/spool`, every build of the tag that was served in `<data_dir>/tags`. */
  data_dir: string;
  sites: SiteDirectory;
  /** What `/t.js` answers. */
  tag: TagBuilds;
  /** By which the site's own server signs who is logged in. Absent: a browser can prove nothing. */
  siteSecretOf?: (site: Site) => string;
  /** Whether X-Forwarded-For comes from a proxy of ours. */
  trust_proxy: boolean;
  clock: () => Date;
  random: (bytes: number) => Uint8Array;
  log: Log;
  /** Of browsers, by address. Default: RATE_LIMIT. */
  rate_limit?: RateLimit | 'off';
  /** Of one write key, or of all browsers of one site together. Default: KEY_RATE_LIMIT. */
  key_rate_limit?: RateLimit | 'off';
  /** Whether a bearer token may read `/metrics` from anywhere. Default: this machine and its private networks may read. */
  is_operator?: (token: string) => boolean;
  /** Milliseconds that the event loop is late. Default: measured. */
  loop_delay_ms?: () => number;
  /** An owner's own MaxMind DB file instead of the bundled one; read again when it changes. */
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
  /** Does what is owed, and puts on record that it is done. */
  payDebt(debt: Debt): Promise<void>;
  ledger: Ledger;
  /** The tag's builds as pages pin them. */
  pinned: TagView['pinned'];
  /** What became of one event. */
  messageOf(site: string, event_id: string): Promise<MessageView>;
  /** Events that a site's browsers gave up because they could not be sent, as they told this collector in the last days. */
  lostIn(site: string): { events: number; since: string };
  deadLetters: Pick<DeadLetters, 'list' | 'replay'>;
  /** The spool's state. */
  report(): Promise<SpoolView>;
  /**
   * Lets go of everything kept here that may tell of these visitors: loaded segments, dead letters. What other
   * collectors have received of them, or of these identifiers, up to now does not outlive its loading.
   */
  forget(site: string, visitors: readonly string[], identifiers?: readonly Identifier[]): Promise<void>;
  /** Takes nothing more, makes everything durable, and loads what can be loaded within `drain_ms_max` (5,000). */
  close(options?: { drain_ms_max?: number }): Promise<void>;
}

const DRAIN_MS_MAX = 5_000;
const STOP_MS_MAX = 2_000;
const PING_MS_MAX = 2_000;

/** Opens the spool and begins to load what is in it. Throws one clear sentence when another process holds it. */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  const { store, sites, log, trust_proxy, clock, random } = options;
  const now = () => clock().getTime();
  const chance = () => (random(1)[0] ?? 0) / 256;
  const folder = path.join(options.data_dir, 'spool');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const countries = await openCountries({ file: options.country_file, log });
  /** There is nothing to stop while the spool is recovered. */
  let stopLoading = () => {};
  const lock = await lockFolder(folder, {
    onLost() {
      log.error('Another process took the spool over while this one stood still; stop this one.');
      stopLoading();
    },
  });
  const files = fenced(options.files ?? nodeFiles, lock);
  const limits = { ...SPOOL_LIMITS, ...options.limits };
  const spool = await Spool.open({ folder, files, limits, clock: now, log }).catch(async (error) => {
    await lock.release();
    throw error;
  });
  const metrics = new Metrics();
  const refusals = new Refusals({
    append: (batch, committed) => spool.append(batch, committed),
    now,
    onFailure: (error) => log.warn('Refusals could not be written to the spool yet.', faultOf(error)),
  });
  const newId = () => nanoid();
  const ledgerLock = new Mutex();
  const stitching = new Stitching({ store, log });
  // Nobody else can claim ids in an engine of our own.
  const seen = store.kind === 'embedded' ? new SeenIds(store) : undefined;
  const stitchLater = (touched: Touched) => stitchTouched(touched, { stitching, metrics, log });
  const deadLetters = new DeadLetters({
    store,
    files,
    folder,
    seen,
    ledgerLock,
    stitch: stitchLater,
    alone: (work) => loader.alone(work),
  });
  const trace = new Trace({ store, spool, files, refusals, deadLetters, now });
  const { siteSecretOf } = options;
  const tools = { countryOf: countries.of, newId, ...(siteSecretOf ? { siteSecretOf } : {}) };
  const intake = new Intake({ spool, refusals, metrics, tools });
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
    makers: [],
    seen,
    stitch: stitchLater,
    onLoaded: (rows) => {
      for (const row of rows) metrics.load(row);
    },
  });
  spool.onSealed = () => loader.wake();
  stopLoading = () => void loader.stop();
  loader.wake();
  void stitching.heal();

  const lost = await Lost.open({ data_dir: options.data_dir, now, log });
  const services: Services = {
    intake,
    sites,
    limiter: new RateLimiter(options.rate_limit ?? RATE_LIMIT),
    keyLimiter: new RateLimiter(options.key_rate_limit ?? KEY_RATE_LIMIT),
    trust_proxy,
    now,
    newId,
    siteSecretOf,
    onLost(site, events, ids) {
      metrics.lost_in_browsers += lost.add(site, events, ids);
    },
    onHiddenProxy: once(() =>
      log.warn(
        'Browsers come through a proxy on this machine: set TRUST_PROXY=1, or no address is limited and no country known.',
      ),
    ),
  };
  /** '' for this machine, of which nothing is limited. */
  const senderOf = (call: Pick<Call, 'header' | 'peer'>): string => {
    const address = addressOf(call, trust_proxy);
    return isLocal(address) ? '' : address;
  };
  const held = new HeldBytes(
    { all: LIMITS.held_body_bytes_max, of_sender: LIMITS.held_body_bytes_of_address_max },
    senderOf,
  );
  const refusedLimiter = new RateLimiter(options.rate_limit === 'off' ? 'off' : REFUSED_LIMIT);
  const loopDelay = new LoopDelay();
  const { loop_delay_ms = () => loopDelay.ms } = options;
  const scripts = scriptsOf(options.tag);
  const builds = await KeptBuilds.open({
    folder: path.join(options.data_dir, 'tags'),
    current: [scripts.core, scripts.complete],
    now,
    log,
  });
  const routes = [
    eventsRoute(services),
    pixelRoute(services),
    ...segmentRoutes(services),
    settingsRoute(services),
    webhookRoute(services, new SecretBook(secretsFile(options.data_dir), now)),
    ...tagRoutes(scripts, sites, builds),
    ...statusRoutes({
      storeAnswers: () => within(store.ping(), PING_MS_MAX),
      spoolHasRoom: () => spool.hasRoom && lock.isSure,
      gauges: async () =>
        gaugesOf({
          metrics,
          spool,
          loader,
          waiting,
          report: await report(),
          held_bytes: () => held.bytes,
          loop_delay_ms,
        }),
      trust_proxy,
      is_operator: options.is_operator,
    }),
  ];
  const answering = withCredentials(
    answeringOf({
      intake,
      log,
      busy: () => loop_delay_ms() > LIMITS.loop_delay_ms_max,
      refusedBy: {
        count(call) {
          const sender = senderOf(call);
          if (sender !== '') refusedLimiter.wait_s(sender, 1, now());
        },
        wait_s(call) {
          if (refusedLimiter.isIdle) return 0;
          return refusedLimiter.empty_s(senderOf(call), now());
        },
      },
      onUnavailable: () => {
        metrics.unavailable += 1;
      },
    }),
  );
  const waiting = (site?: string) => spool.tallies().reduce((sum, { tally }) => sum + tally.waiting(site), 0);

  async function report(): Promise<SpoolView> {
    const found = await spoolReport(spool, { files, folder, missing: loader.missing });
    return { ...found, dead_letters: (await deadLetters.list()).length };
  }

  async function settled(): Promise<void> {
    await refusals.flush();
    await spool.seal();
    await loader.idle();
  }

  return {
    app: createApp(routes, answering, held),
    direct: directly(routes, answering, held),
    routes: routes.map(({ method, path: at, access }) => ({ method, path: at, access })),
    waiting,
    settled,
    stitchNow: (site, touched) => stitching.now(site, touched),
    payDebt: (debt) => stitching.pay(debt),
    ledger: ledgerOf({
      store,
      lock: ledgerLock,
      tallies: () => [...spool.tallies(), ...refusals.tallies().map((tally) => ({ segment: '', tally }))],
      perhapsWritten: () => [...loader.perhapsWritten],
    }),
    pinned: pinnedOf(scripts),
    messageOf: (site, event_id) => trace.of(site, event_id),
    lostIn: (site) => lost.of(site),
    deadLetters,
    report,
    async forget(site, visitors, identifiers = []) {
      const at = now();
      const marks = [...visitors.map(visitorMark), ...identifiers.map(identifierMark)];
      await markErased(store, { site, marks, at });
      // First, so that no other collector loads again what it has kept of them.
      await noteErasure(store, site, at);
      await spool.kept.clear();
      await deadLetters.forget(site, visitors);
    },
    async close({ drain_ms_max = DRAIN_MS_MAX } = {}) {
      try {
        loopDelay.stop();
        countries.close();
        await lost.close();
        await refusals.flush();
        await within(
          stitching.close().then(() => true),
          STOP_MS_MAX,
        );
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
  { stitching, metrics, log }: { stitching: Stitching; metrics: Metrics; log: Log },
): Promise<void> {
  const touched = { visitors: [...visitors], identifiers: [...identifiers.values()] };
  try {
    await stitching.now(site, touched);
  } catch (error) {
    if (error instanceof Error && error.name === 'StoreError') throw error;
    metrics.stitch_failures += 1;
    log.error('Who is who could not be resolved; the facts are stored, and the next start tries again.', {
      site,
      ...faultOf(error),
    });
    await stitching.owe(site, touched);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

/** The answer, or false when it takes longer. */
function within(answer: Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
