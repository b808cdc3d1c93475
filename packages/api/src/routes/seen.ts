import { runSeen } from '@throughline/journeys';
import type { Call } from '../route.ts';
import { boundedReader } from './reports.ts';

/** What was recorded lately and which reader saw it. */
export async function seen({ context, options, site }: Call): Promise<Response> {
  return context.json(await runSeen(boundedReader(options.store), { site, now: options.clock() }));
}
