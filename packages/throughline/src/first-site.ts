import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Site, SiteKeys } from '@throughline/contract';
import type { AdminApi } from './admin-api.ts';

export interface NewSite {
  name: string;
  timezone: string;
  currency: string;
}

/** What the demo storefront is: in another currency than its prices, the site would report no revenue. */
const DEMO_SHOP: NewSite = { name: 'Demo shop', timezone: 'Asia/Ho_Chi_Minh', currency: 'VND' };

/**
 * The site whose snippet a start prints and which the demo storefront feeds. An empty store gets one, open to every
 * host. The data folder remembers which it is, so that a site added later does not take its place.
 */
export async function firstSite(
  api: AdminApi,
  dataDir: string,
  wanted: NewSite = DEMO_SHOP,
): Promise<{ site: string; tag?: 'core'; keys?: SiteKeys }> {
  const file = path.join(dataDir, 'first-site');
  const { sites } = await api<{ sites: Site[] }>('GET', '/api/sites');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  const known = sites.find(({ site }) => site === kept) ?? sites[0];
  const keys = known === undefined ? await api<SiteKeys>('POST', '/api/sites', wanted) : undefined;
  const site = known?.site ?? keys!.site;
  if (site !== kept) await writeFile(file, `${site}\n`);
  return {
    site,
    ...(known?.settings.tag === 'core' ? { tag: 'core' as const } : {}),
    ...(keys === undefined ? {} : { keys }),
  };
}
