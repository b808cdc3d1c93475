import { ProblemError, type Site } from '@throughline/contract';
import { putSite } from '@throughline/store';
import { jsonBody } from '../body.ts';
import type { Call } from '../route.ts';

/** Chooses which build `/t.js?site=` serves to the site's pages; collectors and browsers follow within the script's cache time, an hour. */
export async function chooseTag({ context, options, site }: Call): Promise<Response> {
  const { tag } = await jsonBody(context);
  if (tag !== 'core' && tag !== 'complete')
    throw new ProblemError(400, {
      code: 'bad_tag',
      message: '`tag` must be "complete" (everything) or "core" (pages, visits and your own calls).',
      at: 'tag',
    });
  const changed: Site = { ...site, settings: { ...site.settings, tag } };
  await putSite(options.store, changed, { now: () => options.clock().getTime() });
  return context.json(changed);
}
