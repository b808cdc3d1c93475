import { watch } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

/** Sees that people look for something, in the address of the page with what was found; the collector reads there what it is. */
export const search: Feature = (see) =>
  watch(({ name, url }) => {
    if (name === 'page_viewed' && /[?&](q|s|query|search)=[^&]/.test(url)) see('page', 'search');
  });
