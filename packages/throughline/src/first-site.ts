import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SiteDirectory } from '@throughline/collector';
import type { Site, SiteKeys } from '@throughline/contract';
import { type AdminApi, isStoreAway } from './admin-api.ts';

export interface NewSite {
  name: string;
  timezone: string;
  currency: string;
}

/** What the demo storefront is: in another currency than its prices, the site would report no revenue. */
const DEMO_SHOP: NewSite = { name: 'Demo shop', timezone: 'Asia/Ho_Chi_Minh', currency: 'VND' };

export interface FirstSite {
  site: string;
  tag?: 'core';
  /** Only at the start that made the site. */
  keys?: SiteKeys;
}

export interface FirstSiteOptions {
  api: AdminApi;
  data_dir: string;
  /** Asked while the store is away. */
  sites: SiteDirectory;
  wanted?: NewSite;
}

/**
 * The site whose snippet a start prints and which the demo storefront feeds. An empty store gets one, open to every
 * host. The data folder remembers which it is, so that a site added later does not take its place.
 */
export async function firstSite(options: FirstSiteOptions): Promise<FirstSite> {
  const { api, data_dir, sites: directory, wanted = DEMO_SHOP } = options;
  const file = path.join(data_dir, 'first-site');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  const listed = await api<{ sites: Site[] }>('GET', '/api/sites').catch((error: unknown) => {
    if (isStoreAway(error) && kept !== '') return undefined;
    throw error;
  });
  if (!listed) return { site: kept, ...tagOf(await directory.find(kept)) };
  const known = listed.sites.find(({ site }) => site === kept) ?? listed.sites[0];
  const keys = known === undefined ? await api<SiteKeys>('POST', '/api/sites', wanted) : undefined;
  const site = known?.site ?? keys!.site;
  if (site !== kept) await writeFile(file, `${site}\n`);
  return { site, ...tagOf(known), ...(keys === undefined ? {} : { keys }) };
}

const tagOf = (site: Site | undefined) => (site?.settings.tag === 'core' ? { tag: 'core' as const } : {});
