import type { Site } from '@throughline/contract';
import { putSite } from '@throughline/store';
import type { Call } from '../route.ts';

/** The secret with which the shop's own server signs the user id that its pages tell the tag. It is derived, and stored nowhere. */
export const identifySecret = ({ context, options, site }: Call): Response =>
  context.json({ secret: options.siteSecretOf(site) });

/** Makes a new one; what was signed with the old one is unproven from then on. */
export async function renewIdentifySecret({ context, options, site }: Call): Promise<Response> {
  const round = (site.settings.identify_secret_round ?? 0) + 1;
  const changed: Site = { ...site, settings: { ...site.settings, identify_secret_round: round } };
  await putSite(options.store, changed, { now: () => options.clock().getTime() });
  return context.json({ secret: options.siteSecretOf(changed) }, 201);
}
