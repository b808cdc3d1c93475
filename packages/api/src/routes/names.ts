import { runNames } from '@throughline/journeys';
import type { Call } from '../route.ts';
import { boundedReader } from './reports.ts';

/** Event, property and trait names seen on the site, for menus. */
export async function names({ context, options, site }: Call): Promise<Response> {
  return context.json(await runNames(boundedReader(options.store), { site, now: options.clock() }));
}
