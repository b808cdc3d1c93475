import { runSeen } from '@throughline/journeys';
import type { Call } from '../route.ts';
import { boundedReader } from './reports.ts';

/** What was recorded lately and which reader saw it, and what browsers say that they could not send. */
export async function seen({ context, options, site }: Call): Promise<Response> {
  const recorded = await runSeen(boundedReader(options.store), { site, now: options.clock() });
  return context.json({ ...recorded, lost: options.delivery.lostIn(site.site) });
}
