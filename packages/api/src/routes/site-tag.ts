import { ProblemError, type Site, type TagView } from '@throughline/contract';
import { putSite } from '@throughline/store';
import { jsonBody } from '../body.ts';
import type { Call } from '../route.ts';

/** The build that the site has chosen, and how pages pin this version's builds. */
export const tag = ({ context, options, site }: Call): Response =>
  context.json({ build: site.settings.tag ?? 'complete', pinned: options.pinned } satisfies TagView);

/**
 * Chooses which build `/t.js?site=` serves to the site's pages. Collectors follow within seconds, browsers within the script's cache
 * time, five minutes; one that has a copy of the last day runs that for one page more.
 */
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
