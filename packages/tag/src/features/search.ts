import { cleanUrl } from '../clean-url.ts';
import { watch } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

/** Sees what people look for in the shop, in the address of the page with what was found. */
export const search: Feature = (see) =>
  watch(({ name }) => {
    const words = new URLSearchParams(cleanUrl(location.search));
    const query = words.get('q') || words.get('s') || words.get('query') || words.get('search');
    if (query && name === 'page_viewed') see('page', 'search', { query });
  });
