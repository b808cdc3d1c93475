import { rulesOf } from '@throughline/identity';
import { runSharedDevices } from '@throughline/journeys';
import type { Call } from '../route.ts';
import { boundedReader } from './reports.ts';

/** The browsers that several customers were identified on, and what the rules made of them. */
export async function sharedDevices({ context, options, site }: Call): Promise<Response> {
  const { visitor_customers_max } = rulesOf(site.settings);
  const asked = { site, now: options.clock() };
  return context.json(await runSharedDevices(boundedReader(options.store), asked, visitor_customers_max));
}
