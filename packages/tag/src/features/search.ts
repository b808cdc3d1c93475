import type { Feature } from '../sighting.ts';
import { watch } from './watch.ts';

/** Sees what people look for in the shop, in the address of the page with what was found. */
export const search: Feature = (see) =>
  watch(({ name, url }) => {
    const words = new URL(url).searchParams;
    const query = words.get('q') || words.get('s') || words.get('query') || words.get('search');
    if (query && name === 'page_viewed') see('page', 'search', { query });
  });
