// A shop of fixture pages with the built tag in them, behind which stand the real collector and the real store: what is
// asserted is what was recorded. One origin, one port.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Collector, createCollector, siteDirectory } from '@throughline/collector';
import type { EventRow, Site, SiteSettings } from '@throughline/contract';
import { siteSecret } from '@throughline/identity';
import { openStore, putSite, type Store } from '@throughline/store';

const require = createRequire(import.meta.url);
const JQUERY = readFileSync(require.resolve('jquery/dist/jquery.min.js'));
const build = (name: string) => readFileSync(`packages/tag/dist/${name}.js`);
const example = (name: string) => readFileSync(`examples/platforms/${name}.html`, 'utf8');
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** An answer of the shop's own server. */
export interface ShopAnswer {
  status?: number;
  body?: unknown;
  location?: string;
  /** How long the shop takes to answer. */
  after_ms?: number;
}

export interface RecordedShop {
  origin: string;
  /** Pages by path, as HTML; `SITE_KEY` stands for the site's key. A path that is missing shows an empty page. */
  pages: Record<string, string>;
  /** What the shop's server answers to a POST, by path without parameters. */
  answers: Record<string, ShopAnswer>;
  /** Headers of all pages. */
  headers: Record<string, string>;
  /** While it says so, batches get a 503 in place of the collector's answer, or none at all. */
  outage: 'none' | 'unavailable' | 'unreachable';
  /** Batches turned away by an outage. */
  turned_away: number;
  /** Events of this name recorded since the shop last forgot; waits until there are `count`, and no more. */
  recorded(name: string, count?: number): Promise<EventRow[]>;
  /** Every event recorded since, in order. */
  all(): Promise<EventRow[]>;
  /** From here on it is a site of its own, with these settings: what pages of before still send is not looked at. */
  forget(settings?: SiteSettings): Promise<void>;
  /** Its key by now. */
  site: string;
  /** How far the collector's clock is ahead of the browser's. */
  clock: { ahead_ms: number };
  store: Store;
  /** The collector's. */
  data_dir: string;
  close(): Promise<void>;
}

const SITE: Site = {
  site: 'shop',
  name: 'Shop',
  hosts: [],
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  settings: {},
};

/** Of a test that waits for what will be recorded. */
const PATIENCE_MS = 12_000;

/** Opens the shop; the engine takes a second or two. */
export async function openRecordedShop({ hosts = [] }: { hosts?: string[] } = {}): Promise<RecordedShop> {
  const clock = { ahead_ms: 0 };
  const data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-tag-'));
  const store = await openStore({ data_dir: path.join(data_dir, 'engine'), log: silent });
  const open = (site: string, settings: SiteSettings = {}) =>
    putSite(store, { ...SITE, site, hosts, settings });
  let sites = 1;
  await open(SITE.site);
  const collector: Collector = await createCollector({
    store,
    data_dir,
    sites: siteDirectory(store),
    tag: build('complete'),
    trust_proxy: false,
    siteSecretOf: ({ site }) => siteSecret('of-the-instance', site),
    clock: () => new Date(Date.now() + clock.ahead_ms),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    rate_limit: 'off',
    log: silent,
  });

  /** Answered by the collector. */
  let batches = 0;

  const server = createServer((request, response) => {
    // A browser that takes the shop for its proxy names the whole address.
    request.url = request.url!.replace(/^http:\/\/[^/]+/, '');
    if (request.url === '/e' && shop.outage !== 'none') {
      shop.turned_away += 1;
      if (shop.outage === 'unreachable') request.socket.destroy();
      else response.writeHead(503, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    if (request.url === '/e') response.once('finish', () => (batches += 1));
    if (collector.direct(request, response)) return;
    void serve(request, response);
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url!, 'http://shop');
    if (/^\/t\.\w+\.js$/.test(pathname)) {
      const pinned = await collector.app.request(pathname);
      response.writeHead(pinned.status, Object.fromEntries(pinned.headers));
      return response.end(Buffer.from(await pinned.arrayBuffer()));
    }
    if (pathname === '/t.js' || pathname === '/core.js')
      return response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(build(pathname === '/core.js' ? 'core' : 'complete'));
    if (pathname === '/jquery.js')
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(JQUERY);
    request.resume();
    const answer = shop.answers[pathname];
    if (request.method === 'POST' && answer) {
      const { status = 200, body = {}, location, after_ms } = answer;
      if (after_ms) await new Promise((resolve) => setTimeout(resolve, after_ms));
      if (location) return response.writeHead(303, { location }).end();
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }
    const page =
      shop.pages[pathname] ??
      shop.pages['*'] ??
      '<!doctype html><title>Shop</title><script defer src="/t.js" data-site="SITE_KEY"></script>';
    response
      .writeHead(pathname === '/missing' ? 404 : 200, { 'content-type': 'text/html', ...shop.headers })
      .end(page.replaceAll('SITE_KEY', shop.site));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const read = async () => {
    await collector.settled();
    return store.query<EventRow>({
      sql: 'SELECT * FROM events WHERE site = {site:String} ORDER BY time, seq',
      params: { site: shop.site },
    });
  };
  const shop: RecordedShop = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages: {},
    answers: {},
    headers: {},
    outage: 'none',
    turned_away: 0,
    clock,
    store,
    data_dir,
    all: read,
    async recorded(name, count = 1) {
      for (const end = Date.now() + PATIENCE_MS; ; ) {
        const known = batches;
        const all = await read();
        const found = all.filter((event) => event.name === name);
        if (found.length === count) return found;
        if (found.length > count || Date.now() > end) {
          const names = all.map(
            ({ name: what, reader, url }) => `${what} by ${reader} on ${url.replace(shop.origin, '')}`,
          );
          throw new Error(`${found.length} of ${name} instead of ${count}; recorded: ${names.join(', ')}`);
        }
        // Reading takes longer than looking whether there is anything to read.
        while (batches === known && Date.now() <= end)
          await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async forget(settings) {
      sites += 1;
      shop.site = `${SITE.site}${sites}`;
      await open(shop.site, settings);
    },
    site: SITE.site,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await collector.close();
      await store.close();
      await rm(data_dir, { recursive: true, force: true });
    },
  };
  return shop;
}

/** The page of `examples/platforms/<name>.html`. */
export { example };
