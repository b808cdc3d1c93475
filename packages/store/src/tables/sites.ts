import type { Site, SiteSettings } from '@throughline/contract';
import type { Store } from '../store.ts';

interface SiteRow extends Omit<Site, 'settings'> {
  settings: string;
}

const COLUMNS = 'site, name, hosts, timezone, currency, settings';

/** All sites that were not removed, by name. */
export async function listSites(store: Store): Promise<Site[]> {
  const sql = `SELECT ${COLUMNS} FROM sites FINAL WHERE removed = 0 ORDER BY name, site`;
  return (await store.query<SiteRow>({ sql })).map(siteOf);
}

/** The site of a public key; undefined when there is none or it was removed. */
export async function findSite(store: Store, site: string): Promise<Site | undefined> {
  const sql = `SELECT ${COLUMNS} FROM sites FINAL WHERE site = {site:String} AND removed = 0`;
  const [row] = await store.query<SiteRow>({ sql, params: { site } });
  return row && siteOf(row);
}

/** Adds a site or replaces it as a whole. */
export async function putSite(store: Store, site: Site, { now = Date.now }: { now?: () => number } = {}) {
  await store.insert('sites', [
    { ...site, settings: JSON.stringify(site.settings), removed: 0, version: now() },
  ]);
}

/** Takes a site out of use; what it recorded stays. Gives false when there is no such site. */
export async function removeSite(
  store: Store,
  site: string,
  { now = Date.now }: { now?: () => number } = {},
): Promise<boolean> {
  const found = await findSite(store, site);
  if (!found) return false;
  const settings = JSON.stringify(found.settings);
  await store.insert('sites', [{ ...found, settings, removed: 1, version: now() }]);
  return true;
}

const siteOf = (row: SiteRow): Site => ({ ...row, settings: JSON.parse(row.settings) as SiteSettings });
