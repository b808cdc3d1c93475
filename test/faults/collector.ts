import { type Collector, type CollectorOptions, createCollector, type Log } from '@throughline/collector';
import type { Site } from '@throughline/contract';

export const SHOP: Site = {
  site: 'shop1',
  name: 'Shop',
  hosts: [],
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  settings: {},
};

/** A directory with one shop and one key in it, whatever the store says. */
export const oneShop: CollectorOptions['sites'] = {
  find: async (site) => (site === SHOP.site ? SHOP : undefined),
  findByWriteKey: async (key) => (key === WRITE_KEY ? SHOP : undefined),
  findBySecret: async () => undefined,
  forget: () => {},
};
export const WRITE_KEY = 'tlw_battery';
export const AS_SERVER = { authorization: `Basic ${Buffer.from(`${WRITE_KEY}:`).toString('base64')}` };

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export type Made = Pick<CollectorOptions, 'store' | 'data_dir'> & Partial<CollectorOptions>;

/** A collector for the shop, quiet unless told otherwise. */
export const collectorOf = (options: Made): Promise<Collector> =>
  createCollector({
    sites: oneShop,
    tag: new Uint8Array(),
    trust_proxy: false,
    clock: () => new Date(),
    random: (bytes) => new Uint8Array(bytes),
    log: silent,
    rate_limit: 'off',
    ...options,
  });

/** A log that keeps what was said at warn and above. */
export function listeningLog(): Log & { said: string[] } {
  const said: string[] = [];
  const keep = (message: string) => void said.push(message);
  return { debug() {}, info() {}, warn: keep, error: keep, said };
}

/** What the tag would send of these ids. */
export const tagBatch = (ids: readonly string[], more: object = {}): string =>
  JSON.stringify({
    site: SHOP.site,
    visitor: 'v1',
    sent_at: Date.now(),
    events: ids.map((id, seq) => ({ id, name: 'page_viewed', at: Date.now(), seq, session: '' })),
    ...more,
  });

/** Posts to a collector without a socket and gives the answer's status. */
export async function post(
  collector: Collector,
  body: string,
  { path = '/e', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return collector.app.request(path, { method: 'POST', body, headers });
}
