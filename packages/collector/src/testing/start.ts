import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Site } from '@throughline/contract';
import { createKey, putSite, type Store } from '@throughline/store';
import { type Collector, type CollectorOptions, createCollector } from '../collector.ts';
import { silentLog } from '../log.ts';
import { siteDirectory } from '../sites.ts';

export const SHOP: Site = {
  site: 'shop1',
  name: 'Shop',
  hosts: [],
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  settings: {},
};

/** What stands for the tag. */
export const TAG = new TextEncoder().encode('/* tag */');

export interface Started {
  collector: Collector;
  data_dir: string;
  /** Posts JSON, or a body as it is, to a path of the collector. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Closes the collector and removes its folder. */
  end(): Promise<void>;
}

/** A collector on a fresh folder, for tests. */
export async function startCollector(
  store: Store,
  options: Partial<CollectorOptions> = {},
): Promise<Started> {
  const data_dir = options.data_dir ?? (await mkdtemp(path.join(tmpdir(), 'throughline-collector-')));
  const collector = await createCollector({
    store,
    data_dir,
    sites: siteDirectory(store),
    tag: TAG,
    trust_proxy: false,
    clock: () => new Date(),
    random: (bytes) => new Uint8Array(bytes),
    log: silentLog,
    ...options,
  });
  return {
    collector,
    data_dir,
    post: async (at, body, headers = {}) =>
      collector.app.request(at, {
        method: 'POST',
        headers,
        body:
          typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      }),
    async end() {
      await collector.close();
      await rm(data_dir, { recursive: true, force: true });
    },
  };
}

/** Puts the site into the store and gives the headers that carry a write key of it. */
export async function addSite(
  store: Store,
  site: Site = SHOP,
): Promise<{ write_key: string; headers: Record<string, string> }> {
  await putSite(store, site);
  const write_key = await createKey(store, { kind: 'write', site: site.site });
  return {
    write_key,
    headers: { authorization: `Basic ${Buffer.from(`${write_key}:`).toString('base64')}` },
  };
}
