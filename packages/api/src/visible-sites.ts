import type { Site } from '@throughline/contract';
import { listSites, type Store } from '@throughline/store';

/** All sites, or the only one that a caller's key or session opens. */
export async function visibleSites(store: Store, only: string): Promise<Site[]> {
  const sites = await listSites(store);
  return only === '' ? sites : sites.filter(({ site }) => site === only);
}
