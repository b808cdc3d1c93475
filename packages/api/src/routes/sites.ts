import type { SiteKeys } from '@throughline/contract';
import { createKey, putSite } from '@throughline/store';
import { jsonBody } from '../body.ts';
import { keyEffects } from '../key-effects.ts';
import { newSite } from '../new-site.ts';
import type { Call } from '../route.ts';
import { visibleSites } from '../visible-sites.ts';

export async function listSites({ context, caller, options }: Call): Promise<Response> {
  return context.json({ sites: await visibleSites(options.store, caller.site) });
}

/** Makes a site with a write key and a secret key; the keys are told this once and kept as hashes. */
export async function addSite({ context, options }: Call): Promise<Response> {
  const site = newSite(await jsonBody(context), options.random);
  const effects = keyEffects(options);
  await putSite(options.store, site, effects);
  const key = (kind: 'write' | 'secret') => createKey(options.store, { kind, site: site.site }, effects);
  const keys: SiteKeys = {
    site: site.site,
    write_key: await key('write'),
    secret_key: await key('secret'),
  };
  return context.json(keys, 201);
}
